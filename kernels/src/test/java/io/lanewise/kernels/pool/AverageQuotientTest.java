package io.lanewise.kernels.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;
import io.lanewise.kernels.micro.Target;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An average is its sum over the number of taps, rounded as a quotient is, for floats of any size.
 */
final class AverageQuotientTest {
  private static final int N = 1 << 16;

  @ParameterizedTest
  @ValueSource(floats = {1, 2, 3, 4, 6, 7, 9, 10, 49, 121, 4096, 999_999, 16_777_213, 1e30f})
  void quotientsHaveTheirBits(float divisor) {
    Random random = new Random(5);
    float[] x = new float[N];
    for (int i = 0; i < N; i++) {
      // Runs of one size, so that whole vectors are tiny, middling or huge.
      int exponent = (i >> 6) % 255;
      x[i] = Float.intBitsToFloat(exponent << 23 | random.nextInt(1 << 23) | (i & 1) << 31);
    }
    x[77] = 0;
    x[1000] = Float.NaN;
    x[20_000] = Float.NEGATIVE_INFINITY;
    int[][] windows = {{1, 1}, {2, 2}, {3, 3}, {2, 3}, {3, 2}};
    for (int[] window : windows) { // whose taps are one and the same
      int rows = window[0];
      int taps = window[1];
      float[] expected = new float[N];
      for (int i = 0; i < N; i++) {
        float sum = 0;
        for (int tap = 0; tap < rows * taps; tap++) {
          sum += x[i];
        }
        expected[i] = sum / divisor;
      }
      for (Target t : Targets.all()) {
        PoolKernels kernels = t.kernels().pool(new PoolSteps(0, 0, 0, 1));
        float[] y = new float[N];
        kernels.average(N, N, 1, 1, rows, taps, divisor, x, 0, 0, y, 0);
        assertArrayEquals(expected, y, 0f, t.kernels().name() + ", " + rows + " x " + taps);
      }
    }
  }
}
