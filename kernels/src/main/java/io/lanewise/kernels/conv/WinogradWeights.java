package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** 3x3 kernels in the order in which {@code WinogradKernels.weights} reads them. */
final class WinogradWeights {
  /** Taps of a kernel. */
  static final int TAPS = 9;

  private WinogradWeights() {}

  /** How far apart the taps of a panel lie. */
  static int step(ConvShape s, int nr) {
    return WinogradConv.planes(Math.multiplyExact(s.ic(), nr));
  }

  /** Size of all kernels in panels. */
  static int floats(ConvShape s, int nr) {
    return Math.multiplyExact(Math.ceilDiv(s.oc(), nr) * TAPS, step(s, nr));
  }

  /**
   * Cuts into panels.
   *
   * @param w [oc][ic][3][3], read
   * @param packed [ceil(oc / nr)][3][3][ic][nr] with taps {@link #step} apart, written; lanes past
   *     oc become 0
   */
  static void pack(ConvShape s, Tensor w, int nr, float[] packed) {
    Arrays.fill(packed, 0f);
    int step = step(s, nr);
    int kernels = s.ic() * TAPS;
    for (int o = 0; o < s.oc(); o++) {
      int lane = o / nr * TAPS * step + o % nr;
      int from = w.offset() + o * kernels;
      for (int c = 0; c < s.ic(); c++) {
        for (int t = 0; t < TAPS; t++) {
          packed[lane + t * step + c * nr] = w.array()[from + c * TAPS + t];
        }
      }
    }
  }
}
