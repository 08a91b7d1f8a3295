package io.lanewise.cli;

import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.bits.BitsLaws;
import io.lanewise.propertytests.law.Laws;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Which laws to check. */
final class LawChoice {
  private LawChoice() {}

  /** Every law there is, those about JVMs for the backend of this name last. */
  static List<Law<?>> all(BackendName backend) {
    return Stream.<List<? extends Law<?>>>of(Laws.ALL, BitsLaws.of(backend))
        .<Law<?>>flatMap(List::stream)
        .toList();
  }

  /** The operations that {@code laws} are about. */
  static List<String> ops(List<Law<?>> laws) {
    return laws.stream().map(l -> l.subject().name()).distinct().toList();
  }

  /**
   * The laws about these operations and of these names.
   *
   * @param ops empty for all
   * @param names empty for all
   * @throws IllegalArgumentException naming what is not known, what there is and what is near
   */
  static List<Law<?>> of(List<Law<?>> all, Collection<String> ops, Collection<String> names) {
    List<String> knownOps = ops(all);
    for (String op : ops) {
      if (!knownOps.contains(op)) {
        throw new IllegalArgumentException(
            "--op: '"
                + op
                + "' is none of "
                + String.join(", ", knownOps)
                + Nearest.question(op, knownOps));
      }
    }
    List<String> knownNames = all.stream().<String>map(Law::name).toList();
    for (String name : names) {
      if (!knownNames.contains(name)) {
        throw new IllegalArgumentException(
            "--law: no law is named '"
                + name
                + "'"
                + Nearest.question(name, knownNames)
                + " (verify --list shows all "
                + knownNames.size()
                + ")");
      }
    }
    List<Law<?>> chosen =
        all.stream()
            .filter(l -> ops.isEmpty() || ops.contains(l.subject().name()))
            .filter(l -> names.isEmpty() || names.contains(l.name()))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "--op and --law leave nothing: no law of "
              + String.join(", ", ops)
              + " is named "
              + String.join(", ", names));
    }
    return chosen;
  }

  /** Prints each law with its formula and its source. */
  static void list(List<Law<?>> laws, PrintWriter out) {
    for (Law<?> law : laws) {
      out.println(law.name());
      out.println("    " + law.formula());
      out.println("    source: " + law.source());
    }
    out.flush();
  }
}
