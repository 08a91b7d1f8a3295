package io.lanewise.kernels.resample;

import io.lanewise.kernels.reference.ReferenceResize;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** What bounds a resize's rounding errors. */
final class Weights {
  private Weights() {}

  /** {@code Σ |weight · src|} of each result: axis by axis, the last one first. */
  static Tensor magnitudes(ResizeShape s, Tensor src, boolean forward) {
    double[][][] w = new ReferenceResize(s, Layout.CHANNELS_FIRST).weights();
    Shape dst = forward ? s.y() : s.x();
    double[] now = new double[src.size()];
    for (int i = 0; i < now.length; i++) {
      now[i] = Math.abs(src.array()[src.offset() + i]);
    }
    int inner = 1;
    for (int axis = s.axes() - 1; axis >= 0; axis--) {
      int in = src.shape().dim(axis + 2);
      int out = dst.dim(axis + 2);
      int outer = now.length / in / inner;
      double[] next = new double[outer * out * inner];
      for (int a = 0; a < outer; a++) {
        for (int o = 0; o < out; o++) {
          for (int i = 0; i < in; i++) {
            double weight = Math.abs(forward ? w[axis][o][i] : w[axis][i][o]);
            for (int j = 0; j < inner; j++) {
              next[(a * out + o) * inner + j] += weight * now[(a * in + i) * inner + j];
            }
          }
        }
      }
      now = next;
      inner *= out;
    }
    Tensor t = Tensor.zeros(dst);
    for (int i = 0; i < now.length; i++) {
      t.array()[i] = (float) now[i];
    }
    return t;
  }

  /** Roundings on the way to one result: a weight's, and one a tap, along each axis. */
  static int roundings(ResizeShape s, boolean forward) {
    double[][][] w = new ReferenceResize(s, Layout.CHANNELS_FIRST).weights();
    int sum = 0;
    for (int axis = 0; axis < s.axes(); axis++) {
      int results = forward ? s.out(axis) : s.in(axis);
      int most = 0;
      for (int r = 0; r < results; r++) {
        int taps = 0;
        for (int t = 0; t < (forward ? s.in(axis) : s.out(axis)); t++) {
          taps += (forward ? w[axis][r][t] : w[axis][t][r]) != 0 ? 1 : 0;
        }
        most = Math.max(most, taps);
      }
      sum += most + 2;
    }
    return sum;
  }
}
