package io.lanewise.benchmarks.harness;

import java.util.List;
import java.util.Optional;

/**
 * Who can take part.
 *
 * @param entrants in the order of their homes
 * @param problems of homes and contenders that cannot, in words
 */
public record Roster(List<Entrant> entrants, List<String> problems) {
  /** Keeps its own copies. */
  public Roster {
    entrants = List.copyOf(entrants);
    problems = List.copyOf(problems);
  }

  /** The entrant of that name. */
  public Optional<Entrant> named(String name) {
    return entrants.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** All names. */
  public List<String> names() {
    return entrants.stream().map(Entrant::name).toList();
  }
}
