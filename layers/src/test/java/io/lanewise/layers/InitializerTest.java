package io.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final int COUNT = 100_000;

  private static double[] meanAndVariance(Initializer init) {
    Tensor w = Tensor.zeros(COUNT);
    init.fill(w, 50, 30, new SplittableRandom(3));
    double sum = 0;
    double squares = 0;
    for (float v : w.array()) {
      sum += v;
      squares += (double) v * v;
    }
    return new double[] {sum / COUNT, squares / COUNT};
  }

  private static void assertVariance(double want, Initializer init) {
    double[] got = meanAndVariance(init);
    // Five standard errors of the mean; the variance's own error is below 1 % for both
    // distributions.
    assertEquals(0, got[0], 5 * Math.sqrt(want / COUNT));
    assertEquals(want, got[1], 0.025 * want);
  }

  @Test
  void varianceIsThePapers() {
    assertVariance(2.0 / 80, Initializer.xavierUniform());
    assertVariance(2.0 / 80, Initializer.xavierNormal());
    assertVariance(2.0 / 50, Initializer.heUniform());
    assertVariance(2.0 / 50, Initializer.heNormal());
  }

  @Test
  void uniformStaysWithinItsLimit() {
    Tensor w = Tensor.zeros(COUNT);
    Initializer.heUniform().fill(w, 50, 30, new SplittableRandom(3));
    double limit = Math.sqrt(6.0 / 50);
    for (float v : w.array()) {
      assertTrue(Math.abs(v) <= limit);
    }
  }

  @Test
  void constantIsConstant() {
    Tensor w = Tensor.zeros(3);
    Initializer.constant(2f).fill(w, 1, 1, new SplittableRandom(0));
    assertEquals(2f, w.get(2));
  }
}
