package io.lanewise.kernels.platform;

/**
 * Tells by timing whether {@code Math.fma} is an instruction: without one it computes on
 * BigDecimal, some 1000 times slower.
 */
final class FmaProbe {
  private static final int CALLS = 400;
  private static final long LIMIT_NANOS =
      150L * CALLS; // an interpreted call takes below 100 ns, a BigDecimal one above 1000

  private FmaProbe() {}

  static boolean isFast() {
    long best = Long.MAX_VALUE;
    float sum = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        sum = Math.fma(sum, 0.999f, 1.001f);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best < LIMIT_NANOS && !Float.isNaN(sum);
  }
}
