package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The transformed weights U = G · g · Gᵀ of F(m x m, 3 x 3), in float64 and rounded once, since
 * they are made rarely. Points and matrices are those of {@code WinogradKernels}.
 */
final class WinogradWeights {
  private static final double[][] G2 = {{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};
  private static final double[][] G4 = {
    {1 / 4., 0, 0},
    {-1 / 6., -1 / 6., -1 / 6.},
    {-1 / 6., 1 / 6., -1 / 6.},
    {1 / 24., 1 / 12., 1 / 6.},
    {1 / 24., -1 / 12., 1 / 6.},
    {0, 0, 1}
  };

  private WinogradWeights() {}

  /**
   * Transforms and packs.
   *
   * @param w [oc][ic][3][3], read
   * @param packed [patch · patch][ceil(oc / nr)][ic][nr] with products {@code step} apart, written;
   *     lanes past oc stay as they are
   */
  static void pack(ConvShape s, int m, Tensor w, int nr, int step, float[] packed) {
    double[][] g = m == 2 ? G2 : G4;
    int n = m + 2;
    double[][] half = new double[n][3];
    for (int o = 0; o < s.oc(); o++) {
      for (int c = 0; c < s.ic(); c++) {
        int from = w.offset() + (o * s.ic() + c) * 9;
        for (int i = 0; i < n; i++) {
          for (int kx = 0; kx < 3; kx++) {
            half[i][kx] =
                g[i][0] * w.array()[from + kx]
                    + g[i][1] * w.array()[from + 3 + kx]
                    + g[i][2] * w.array()[from + 6 + kx];
          }
        }
        int to = o / nr * s.ic() * nr + c * nr + o % nr;
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            double u = half[i][0] * g[j][0] + half[i][1] * g[j][1] + half[i][2] * g[j][2];
            packed[to + (i * n + j) * step] = (float) u;
          }
        }
      }
    }
  }
}
