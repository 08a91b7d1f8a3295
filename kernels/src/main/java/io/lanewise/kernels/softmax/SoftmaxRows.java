package io.lanewise.kernels.softmax;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;

/** Softmax and its logarithm over one contiguous row. Outputs may be inputs themselves. */
final class SoftmaxRows {
  private static final int SHORT = 64; // classes, or up to a quarter are left beside vectors

  private final ElementwiseKernels kernels;
  private final ActivationKernels curves;

  SoftmaxRows(KernelSet set) {
    this.kernels = set.elementwise();
    this.curves = set.activations();
  }

  float max(float[] x, int xOff, int n) {
    return kernels.max(x, xOff, n);
  }

  /** The softmax; returns the log of the sum of exponentials of {@code x - max}, in float64. */
  double softmax(float[] x, int xOff, float max, float[] y, int yOff, int n) {
    float sum = kernels.exponentials(x, xOff, max, y, yOff, n);
    kernels.scale(y, yOff, n, 1f / sum);
    // StrictMath: the library's log may differ in its last bit from machine to machine.
    return StrictMath.log(sum);
  }

  /** The softmax of each of some rows that lie one behind the other. */
  void softmax(float[] x, int xOff, float[] y, int yOff, int rows, int n) {
    if (n < SHORT) {
      softmaxOfShort(x, xOff, y, yOff, rows, n);
      return;
    }
    for (int i = 0; i < rows * n; i += n) {
      float max = max(x, xOff + i, n);
      float sum = kernels.exponentials(x, xOff + i, max, y, yOff + i, n);
      kernels.scale(y, yOff + i, n, 1f / sum);
    }
  }

  /** Exponentials of all rows at once: what is left of a row beside whole vectors costs most. */
  private void softmaxOfShort(float[] x, int xOff, float[] y, int yOff, int rows, int n) {
    for (int i = 0; i < rows * n; i += n) {
      float max = max(x, xOff + i, n);
      for (int c = 0; c < n; c++) {
        y[yOff + i + c] = x[xOff + i + c] - max;
      }
    }
    kernels.exponentials(y, yOff, 0, y, yOff, rows * n);
    for (int i = 0; i < rows * n; i += n) {
      kernels.scale(y, yOff + i, n, 1f / kernels.sum(y, yOff + i, n));
    }
  }

  static void softmaxBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    double dot = 0;
    for (int c = 0; c < n; c++) {
      dot += (double) dy[dyOff + c] * y[yOff + c];
    }
    for (int c = 0; c < n; c++) {
      dx[dxOff + c] = (float) (y[yOff + c] * (dy[dyOff + c] - dot));
    }
  }

  /**
   * The softmax's logarithm, {@code (x - max) - log Σ}: two steps in float64, since in one the
   * logarithm would vanish beside a large maximum.
   *
   * @param e n floats of scratch memory
   */
  void logSoftmax(float[] x, int xOff, float[] y, int yOff, float[] e, int eOff, int n) {
    float max = kernels.max(x, xOff, n);
    double log = StrictMath.log(kernels.exponentials(x, xOff, max, e, eOff, n));
    for (int c = 0; c < n; c++) {
      y[yOff + c] = (float) ((double) x[xOff + c] - max - log);
    }
  }

  /**
   * {@code dx = dy - e^y · Σ dy}, the sum in float64.
   *
   * @param e n floats of scratch memory
   */
  void logSoftmaxBackward(
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      float[] e,
      int eOff,
      int n) {
    curves.forward(Curve.EXP, 0, 0, 0, y, yOff, e, eOff, n);
    double sum = 0;
    for (int c = 0; c < n; c++) {
      sum += dy[dyOff + c];
    }
    for (int c = 0; c < n; c++) {
      dx[dxOff + c] = (float) (dy[dyOff + c] - e[eOff + c] * sum);
    }
  }
}
