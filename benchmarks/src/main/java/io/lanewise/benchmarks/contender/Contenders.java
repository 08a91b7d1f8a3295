package io.lanewise.benchmarks.contender;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The contenders on this JVM's class path.
 *
 * @param found each name once, in the order of the class path
 * @param problems one for each that could not be loaded, in words
 */
public record Contenders(List<Contender> found, List<String> problems) {
  /** Keeps its own copies. */
  public Contenders {
    found = List.copyOf(found);
    problems = List.copyOf(problems);
  }

  /** Looks for them; one that cannot be loaded does not keep the others away. */
  public static Contenders load() {
    Map<String, Contender> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    Iterator<Contender> providers = ServiceLoader.load(Contender.class).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return new Contenders(new ArrayList<>(found.values()), problems);
        }
        Contender contender = providers.next();
        found.putIfAbsent(contender.name(), contender);
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
      }
    }
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none, naming those that are there
   */
  public Contender named(String name) {
    return found.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no contender '"
                        + name
                        + "' on the class path, which has "
                        + found.stream().map(Contender::name).toList()
                        + (problems.isEmpty() ? "" : " and problems: " + problems)));
  }
}
