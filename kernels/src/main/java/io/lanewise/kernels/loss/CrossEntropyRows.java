package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;

/**
 * {@link Losses#crossEntropy} and {@link Losses#softCrossEntropy} of a row. Exponentials and their
 * sum are float32, what follows float64: beside a large maximum the logarithm would vanish.
 */
final class CrossEntropyRows implements RowFormula {
  private final ElementwiseKernels kernels;
  private final LabelOptions options;
  private final int classes;
  private final double even; // every class' share of smoothing
  private final double evenWeights; // Σ w_c · even

  CrossEntropyRows(KernelSet set, LabelOptions options, int classes) {
    this.kernels = set.elementwise();
    this.options = options;
    this.classes = classes;
    this.even = options.smoothing() / Math.max(1, classes);
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += options.weight(c) * even;
    }
    this.evenWeights = sum;
  }

  /** Of class c, if the target's share of it is {@code t}. */
  private double share(int c, double t) {
    return options.weight(c) * ((1 - options.smoothing()) * t + even);
  }

  private static double times(double q, double log) {
    return q == 0 ? 0 : q * log; // a class of no weight may be -Infinity
  }

  @Override
  public double loss(float[] x, int xOff, int label, float[] t, int tOff, float[] e, int eOff) {
    float max = kernels.max(x, xOff, classes);
    // StrictMath: the library's log may differ in its last bit from machine to machine.
    double log = StrictMath.log(kernels.exponentials(x, xOff, max, e, eOff, classes));
    if (t == null && even == 0) {
      return times(options.weight(label), (double) max - x[xOff + label] + log);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double q = share(c, t == null ? (c == label ? 1 : 0) : t[tOff + c]);
      sum += times(q, (double) max - x[xOff + c] + log);
    }
    return sum;
  }

  @Override
  public void slope(
      float[] x,
      int xOff,
      int label,
      float[] t,
      int tOff,
      double factor,
      float[] e,
      int eOff,
      float[] dx,
      int dxOff) {
    float max = kernels.max(x, xOff, classes);
    double sum = kernels.exponentials(x, xOff, max, e, eOff, classes);
    double total = evenWeights;
    if (t == null) {
      total += options.weight(label) * (1 - options.smoothing());
    } else {
      for (int c = 0; c < classes; c++) {
        total += options.weight(c) * (1 - options.smoothing()) * t[tOff + c];
      }
    }
    if (t == null && even == 0) {
      kernels.scale(e, eOff, classes, (float) (factor * total / sum));
      e[eOff + label] -= (float) (factor * total);
      System.arraycopy(e, eOff, dx, dxOff, classes);
      return;
    }
    double by = total / sum;
    for (int c = 0; c < classes; c++) {
      double q = share(c, t == null ? (c == label ? 1 : 0) : t[tOff + c]);
      dx[dxOff + c] = (float) (factor * (e[eOff + c] * by - q));
    }
  }
}
