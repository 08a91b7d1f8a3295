package io.lanewise.benchmarks.check;

import java.util.stream.IntStream;

/** Which of many equal parts are compared. */
final class Spread {
  private static final long FULL_FLOPS = 4_000_000;

  private Spread() {}

  /** All of {@code count} if the whole task is small, else the first, the middle and the last. */
  static int[] three(int count, long flops) {
    return over(count, flops, 3);
  }

  /** All of {@code count} if the whole task is small, else {@code most} at equal distances. */
  static int[] over(int count, long flops, int most) {
    if (flops <= FULL_FLOPS || count <= most) {
      return IntStream.range(0, count).toArray();
    }
    return IntStream.range(0, most)
        .map(i -> (int) ((long) i * (count - 1) / (most - 1)))
        .distinct()
        .toArray();
  }
}
