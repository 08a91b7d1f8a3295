package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.stream.Stream;

/** Makes one law of each pass from a statement about any of them. */
final class PassLaws {
  private PassLaws() {}

  /** A statement about one pass. */
  @FunctionalInterface
  interface Statement {
    void check(ConvPass pass, Backend backend, ConvShape shape, Trial trial);
  }

  /** A law of each of the three passes. */
  static List<Law<ConvShape>> of(
      String name, ConvSubject subject, String formula, String source, Statement statement) {
    return of(name, subject, formula, source, statement, ConvPass.values());
  }

  /** A law of each of some passes. */
  static List<Law<ConvShape>> of(
      String name,
      ConvSubject subject,
      String formula,
      String source,
      Statement statement,
      ConvPass... passes) {
    return Stream.of(passes)
        .map(
            pass ->
                new Law<>(
                    "conv." + name + "-" + pass.title(),
                    subject,
                    formula + ", f = " + pass.function(),
                    source,
                    (backend, s, trial) -> statement.check(pass, backend, s, trial)))
        .toList();
  }
}
