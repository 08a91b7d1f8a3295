package io.lanewise.propertytests;

import io.lanewise.kernels.Backend;
import java.util.Objects;

/**
 * A statement about one kind of operation that holds for every shape and all data.
 *
 * @param <S> what a case is made of besides its data, such as a convolution's shape
 * @param name {@code subject.law}, such as {@code "conv.linearity"}
 * @param subject what it is about, and where shapes come from
 * @param formula the statement in one line of mathematics
 * @param source where it stands: a paper with its section, or the definition it follows from
 * @param statement checks one case
 */
public record Law<S>(
    String name, Subject<S> subject, String formula, String source, Statement<S> statement) {

  /** Checks one case of a law. */
  @FunctionalInterface
  public interface Statement<S> {
    /**
     * Checks a backend on one shape, with data from the trial.
     *
     * @throws LawViolation if the law does not hold, through the checks of {@link Trial}
     * @throws UnsupportedOperationException if the backend does not offer the operation, or not for
     *     this shape
     */
    void check(Backend backend, S shape, Trial trial);
  }

  /** Refuses what is missing, and a name that does not start with its subject's. */
  public Law {
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(statement, "statement");
    if (!name.startsWith(subject.name() + ".")) {
      throw new IllegalArgumentException(
          "a law about " + subject.name() + " is named " + subject.name() + ".…, got " + name);
    }
  }
}
