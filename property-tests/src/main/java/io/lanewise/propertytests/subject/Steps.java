package io.lanewise.propertytests.subject;

import java.util.stream.IntStream;

/** How a number is made simpler when a failing case is shrunk. */
final class Steps {
  private Steps() {}

  /** The least value, the half way to it, one less; without repetition, all below {@code from}. */
  static int[] down(int from, int least) {
    return IntStream.of(least, least + (from - least) / 2, from - 1)
        .filter(v -> v >= least && v < from)
        .distinct()
        .toArray();
  }
}
