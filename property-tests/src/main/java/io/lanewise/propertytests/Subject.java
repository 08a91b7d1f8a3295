package io.lanewise.propertytests;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/**
 * What laws are about: a kind of operation, with the shapes that put it to the test.
 *
 * @param <S> a shape; its {@code toString} is what {@link #parse} reads
 */
public interface Subject<S> {
  /** Short and lower case, such as {@code "conv"}. */
  String name();

  /** Shapes, biased to where tiles, vectors and borders begin and end. */
  Arbitrary<S> shapes();

  /**
   * Every shape there is, where they are few: each is then checked once, for any number of cases.
   */
  default Optional<List<S>> all() {
    return Optional.empty();
  }

  /** Shapes that once failed; they run before any other. */
  default List<S> regressions() {
    return List.of();
  }

  /**
   * Reads a shape that a failure printed.
   *
   * @throws IllegalArgumentException if it is not one
   */
  S parse(String text);

  /** Shapes a step simpler than {@code shape}, the simplest first; none if it is the simplest. */
  Stream<S> simpler(S shape);
}
