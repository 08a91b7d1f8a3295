package io.lanewise.propertytests.subject;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Sizes of matrices and rows, biased to where vectors, register tiles and blocks begin and end. */
final class Sizes {
  /** Lanes of 128, 256 and 512 bit. */
  static final int[] LANES = {4, 8, 16};

  /** Rows of register tiles. */
  static final int[] TILE_ROWS = {3, 4, 6, 8, 12};

  /** Columns of register tiles. */
  static final int[] TILE_COLUMNS = {8, 16, 32, 64};

  /** Lengths of the panels that are summed at a time. */
  static final int[] PANELS = {128, 192, 256};

  private Sizes() {}

  /**
   * Half of the sizes are a border, one less or one more; the rest is any, a prime, 0 or 1.
   *
   * @param most the greatest of those that are any size
   */
  static Arbitrary<Integer> around(int least, int most, int... borders) {
    return Arbitraries.frequencyOf(
        Tuple.of(
            5, oneOf(least, IntStream.of(borders).flatMap(b -> IntStream.of(b - 1, b, b + 1)))),
        Tuple.of(2, Arbitraries.integers().between(least, most)),
        Tuple.of(2, oneOf(least, IntStream.rangeClosed(2, most).filter(Sizes::isPrime))),
        Tuple.of(1, oneOf(least, IntStream.of(0, 1))));
  }

  private static Arbitrary<Integer> oneOf(int least, IntStream sizes) {
    return Arbitraries.of(sizes.filter(s -> s >= least).distinct().boxed().toList());
  }

  private static boolean isPrime(int n) {
    return IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0);
  }
}
