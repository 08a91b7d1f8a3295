package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Packed weights of a depthwise convolution: [kh][kw][oc + {@link DepthwisePass#WRAP}], the first
 * channels once more after the last ones.
 */
final class DepthwiseWeights {
  private DepthwiseWeights() {}

  /** Distance of neighbouring taps. */
  static int step(int oc) {
    return Math.addExact(oc, DepthwisePass.WRAP);
  }

  static String layout(ConvShape s) {
    return "conv-depthwise w" + s.w();
  }

  static long floats(ConvShape s) {
    return (long) s.kh() * s.kw() * step(s.oc());
  }

  static void pack(ConvShape s, Tensor w, float[] packed) {
    int area = s.kh() * s.kw();
    int step = step(s.oc());
    for (int tap = 0; tap < area; tap++) {
      for (int c = 0; c < step; c++) {
        packed[tap * step + c] = w.array()[w.offset() + c % s.oc() * area + tap];
      }
    }
  }
}
