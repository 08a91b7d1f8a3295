package io.lanewise.kernels.reference;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/**
 * What normalisation means, in float64. Elements are numbered as they lie channels first; group and
 * parameter say of each number which mean it shares and which gamma and beta are its own. Gradients
 * are those of x alone: statistics are computed anew. Never optimised.
 *
 * @param group which group an element is in
 * @param groups how many there are
 * @param parameter which gamma and beta belong to it
 */
record ReferenceNorm(
    Shape shape,
    Layout layout,
    IntUnaryOperator group,
    int groups,
    IntUnaryOperator parameter,
    Scale scale,
    double epsilon) {
  /** The formulas of r. */
  enum Scale {
    VARIANCE,
    DEVIATION,
    MEAN_SQUARE,
    LENGTH
  }

  boolean isCentred() {
    return scale == Scale.VARIANCE || scale == Scale.DEVIATION;
  }

  /** Where an element lies. */
  private int position(int element) {
    return position(shape, layout, element);
  }

  /** Where an element lies. */
  static int position(Shape shape, Layout layout, int element) {
    if (layout == Layout.CHANNELS_FIRST) {
      return element;
    }
    int c = shape.dim(1);
    int pixels = shape.size() / shape.dim(0) / c;
    int img = element / pixels / c;
    int ch = element / pixels % c;
    return (img * pixels + element % pixels) * c + ch;
  }

  double get(Tensor t, int element) {
    return t.array()[t.offset() + position(element)];
  }

  void set(Tensor t, int element, double value) {
    t.array()[t.offset() + position(element)] = (float) value;
  }

  /** The elements of each group. */
  int[] counts() {
    int[] counts = new int[groups];
    for (int e = 0; e < shape.size(); e++) {
      counts[group.applyAsInt(e)]++;
    }
    return counts;
  }

  double[] means(Tensor x) {
    double[] means = new double[groups];
    if (isCentred()) {
      int[] counts = counts();
      for (int e = 0; e < shape.size(); e++) {
        means[group.applyAsInt(e)] += get(x, e);
      }
      for (int g = 0; g < groups; g++) {
        means[g] /= counts[g];
      }
    }
    return means;
  }

  /** Sums of squares of distances from the means. */
  double[] squares(Tensor x) {
    double[] means = means(x);
    double[] squares = new double[groups];
    for (int e = 0; e < shape.size(); e++) {
      double d = get(x, e) - means[group.applyAsInt(e)];
      squares[group.applyAsInt(e)] += d * d;
    }
    return squares;
  }

  double[] scales(Tensor x) {
    double[] r = squares(x);
    int[] m = counts();
    for (int g = 0; g < groups; g++) {
      r[g] =
          switch (scale) {
            case VARIANCE, MEAN_SQUARE -> 1 / Math.sqrt(r[g] / m[g] + epsilon);
            case DEVIATION -> 1 / (Math.sqrt(r[g] / m[g]) + epsilon);
            case LENGTH -> 1 / Math.max(Math.sqrt(r[g]), epsilon);
          };
    }
    return r;
  }

  /** Outputs before any activation, by element. */
  double[] forward(Tensor x, Tensor gamma, Tensor beta) {
    double[] means = means(x);
    double[] r = scales(x);
    double[] y = new double[shape.size()];
    for (int e = 0; e < y.length; e++) {
      int g = group.applyAsInt(e);
      int p = parameter.applyAsInt(e);
      y[e] = (get(x, e) - means[g]) * r[g] * at(gamma, p, 1) + at(beta, p, 0);
    }
    return y;
  }

  /**
   * By the chain rule through the mean and r.
   *
   * @param dy slopes before any activation, by element
   */
  void backward(Tensor x, Tensor gamma, double[] dy, Tensor dx, Tensor dgamma, Tensor dbeta) {
    double[] means = means(x);
    double[] squares = squares(x);
    double[] r = scales(x);
    int[] m = counts();
    double[] sums = new double[groups];
    double[] dots = new double[groups];
    double[] weights = new double[dgamma == null ? 0 : dgamma.size()];
    double[] shifts = new double[dbeta == null ? 0 : dbeta.size()];
    for (int e = 0; e < dy.length; e++) {
      int g = group.applyAsInt(e);
      int p = parameter.applyAsInt(e);
      double slope = dy[e] * at(gamma, p, 1);
      sums[g] += slope;
      dots[g] += slope * (get(x, e) - means[g]);
      if (dgamma != null) {
        weights[p] += dy[e] * (get(x, e) - means[g]) * r[g];
      }
      if (dbeta != null) {
        shifts[p] += dy[e];
      }
    }
    double[] out = new double[dy.length];
    for (int e = 0; e < dy.length; e++) {
      int g = group.applyAsInt(e);
      double slope = dy[e] * at(gamma, parameter.applyAsInt(e), 1);
      double mean = isCentred() ? sums[g] / m[g] : 0;
      double pull = dots[g] * rSlope(squares[g], r[g], m[g]) * (get(x, e) - means[g]);
      out[e] = r[g] * (slope - mean) + pull;
    }
    for (int e = 0; e < out.length; e++) {
      set(dx, e, out[e]);
    }
    addTo(dgamma, weights);
    addTo(dbeta, shifts);
  }

  /** {@code dr/dx / (x - mean)}: r's slope along an element, without its distance. */
  private double rSlope(double square, double r, int m) {
    return switch (scale) {
      case VARIANCE, MEAN_SQUARE -> -r * r * r / m;
      case DEVIATION -> square == 0 ? 0 : -r * r / (m * Math.sqrt(square / m));
      case LENGTH -> Math.sqrt(square) <= epsilon ? 0 : -r * r * r;
    };
  }

  static double at(Tensor t, int i, double instead) {
    return t == null ? instead : t.array()[t.offset() + i];
  }

  static void copyTo(Tensor t, double[] values) {
    for (int i = 0; t != null && i < values.length; i++) {
      t.array()[t.offset() + i] = (float) values[i];
    }
  }

  static void addTo(Tensor t, double[] values) {
    for (int i = 0; t != null && i < values.length; i++) {
      t.array()[t.offset() + i] += (float) values[i];
    }
  }

  /** What goes into an activation, as a slope. */
  double[] slopes(Tensor x, Tensor gamma, Tensor beta, Tensor dy, Activation f) {
    return slopes(forward(x, gamma, beta), dy, f);
  }

  /**
   * What goes into an activation, as a slope.
   *
   * @param v what does, by element; overwritten and returned
   */
  double[] slopes(double[] v, Tensor dy, Activation f) {
    for (int e = 0; e < v.length; e++) {
      double s = f.needsInput() ? v[e] : ReferenceElementwise.activate(f, v[e]);
      v[e] = ReferenceElementwise.slope(f, s) * get(dy, e);
    }
    return v;
  }
}
