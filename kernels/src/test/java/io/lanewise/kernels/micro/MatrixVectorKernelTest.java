package io.lanewise.kernels.micro;

import static io.lanewise.kernels.micro.MatrixVectorKernel.PANEL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every order of a matrix, has the bits of one chain a result. */
final class MatrixVectorKernelTest {
  private static final int GUARD = 3;

  static List<Target> targets() {
    return Targets.all();
  }

  private static float[] data(int floats, long seed) {
    return TestData.uniform(Shape.of(floats), seed).array();
  }

  /** What chains give that start from {@code y}, of a matrix' element (i, p) at i · di + p · dp. */
  private static float[] chains(
      Target t, int m, int k, float[] a, int aOff, int di, int dp, float[] x, float[] y) {
    float[] expected = y.clone();
    boolean fma =
        t.machine().fma() && !t.kernels().name().equals(Targets.unfused().kernels().name());
    for (int i = 0; i < m; i++) {
      float sum = y[GUARD + i];
      for (int p = 0; p < k; p++) {
        float v = a[aOff + i * di + p * dp];
        sum = fma ? Math.fma(v, x[p], sum) : v * x[p] + sum;
      }
      expected[GUARD + i] = sum;
    }
    return expected;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void rowsAreChains(Target t) {
    MatrixVectorKernel kernel = t.kernels().matrixVector();
    for (int m : new int[] {0, 1, 7, 8, 9, 16, 23, 24, 31, 50}) {
      for (int k : new int[] {0, 1, 8, 15, 16, 24, 67}) {
        for (int lda : new int[] {k, k + 3, 1024}) { // whole pages apart too
          float[] a = data(GUARD + m * lda + k, 1);
          float[] x = data(k, 2);
          float[] y = data(m + 2 * GUARD, 3);
          float[] expected = chains(t, m, k, a, GUARD, lda, 1, x, y);
          kernel.rows(m, k, a, GUARD, lda, x, 0, y, GUARD);
          assertArrayEquals(expected, y, 0f, m + " rows of " + k);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void columnsAreChains(Target t) {
    MatrixVectorKernel kernel = t.kernels().matrixVector();
    for (int n : new int[] {0, 1, 15, 16, 37, 64, 75}) {
      for (int k : new int[] {0, 1, 7, 8, 9, 20}) {
        float[] b = data(GUARD + k * (n + 2), 1);
        float[] x = data(k, 2);
        float[] y = data(n + 2 * GUARD, 3);
        float[] expected = chains(t, n, k, b, GUARD, 1, n + 2, x, y);
        kernel.columns(k, n, x, 0, b, GUARD, n + 2, y, GUARD);
        assertArrayEquals(expected, y, 0f, n + " columns of " + k);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void panelsAreChains(Target t) {
    MatrixVectorKernel kernel = t.kernels().matrixVector();
    for (int panels = 0; panels < 7; panels++) {
      for (int k : new int[] {0, 1, 5, 40}) {
        float[] b = data(GUARD + panels * k * PANEL, 1);
        float[] x = data(k, 2);
        float[] y = data(panels * PANEL + 2 * GUARD, 3);
        float[] expected = y.clone();
        for (int q = 0; q < panels; q++) {
          float[] part = new float[PANEL + 2 * GUARD];
          System.arraycopy(y, q * PANEL, part, 0, part.length);
          float[] sums = chains(t, PANEL, k, b, GUARD + q * k * PANEL, 1, PANEL, x, part);
          System.arraycopy(sums, GUARD, expected, GUARD + q * PANEL, PANEL);
        }
        kernel.panels(panels, k, x, 0, b, GUARD, y, GUARD);
        assertArrayEquals(expected, y, 0f, panels + " panels of " + k);
      }
    }
  }
}
