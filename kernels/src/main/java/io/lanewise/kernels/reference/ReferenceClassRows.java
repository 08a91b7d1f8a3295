package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** The rows of classes in [n][classes].., one for each position, in float64. */
record ReferenceClassRows(Shape shape, LabelOptions options) {
  int classes() {
    return shape.dim(1);
  }

  int rows() {
    return shape.size() / Math.max(1, classes());
  }

  private int positions() {
    return rows() / Math.max(1, shape.dim(0));
  }

  private int index(int row, int c) {
    if (options.layout() == Layout.CHANNELS_LAST) {
      return row * classes() + c;
    }
    int img = row / positions();
    return (img * classes() + c) * positions() + row % positions();
  }

  double[] read(Tensor t, int row) {
    double[] values = new double[classes()];
    for (int c = 0; c < values.length; c++) {
      values[c] = t.array()[t.offset() + index(row, c)];
    }
    return values;
  }

  void write(double[] values, int row, Tensor t) {
    for (int c = 0; c < values.length; c++) {
      t.array()[t.offset() + index(row, c)] = (float) values[c];
    }
  }

  /** Logarithms of the softmax. */
  static double[] logSoftmax(double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : x) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (double v : x) {
      sum += StrictMath.exp(v - max);
    }
    double[] y = new double[x.length];
    for (int c = 0; c < y.length; c++) {
      y[c] = x[c] - max - StrictMath.log(sum);
    }
    return y;
  }

  /** {@code Σ q_c · -log softmax(x)_c}. */
  static double crossEntropy(double[] x, double[] q) {
    double[] y = logSoftmax(x);
    double sum = 0;
    for (int c = 0; c < y.length; c++) {
      sum -= q[c] == 0 ? 0 : q[c] * y[c]; // a class of no weight may be -Infinity
    }
    return sum;
  }

  /** Its gradient. */
  static double[] crossEntropySlope(double[] x, double[] q) {
    double[] y = logSoftmax(x);
    double sum = 0;
    for (double each : q) {
      sum += each;
    }
    double[] dx = new double[x.length];
    for (int c = 0; c < y.length; c++) {
      dx[c] = StrictMath.exp(y[c]) * sum - q[c];
    }
    return dx;
  }
}
