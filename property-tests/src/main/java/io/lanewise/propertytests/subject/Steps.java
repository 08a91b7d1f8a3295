package io.lanewise.propertytests.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How numbers are made simpler when a failing case is shrunk. */
final class Steps {
  private Steps() {}

  /** The least value, the half way to it, one less; without repetition, all below {@code from}. */
  static int[] down(int from, int least) {
    return IntStream.of(least, least + (from - least) / 2, from - 1)
        .filter(v -> v >= least && v < from)
        .distinct()
        .toArray();
  }

  /** Copies of {@code sizes} with one of them lowered, in their order. */
  static Stream<int[]> simpler(int[] sizes, int[] least) {
    List<int[]> simpler = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      for (int value : down(sizes[i], least[i])) {
        int[] changed = sizes.clone();
        changed[i] = value;
        simpler.add(changed);
      }
    }
    return simpler.stream();
  }
}
