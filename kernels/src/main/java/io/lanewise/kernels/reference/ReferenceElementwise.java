package io.lanewise.kernels.reference;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Tensor;

/** What activations and softmax mean, in float64. Never optimised. */
public final class ReferenceElementwise {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private ReferenceElementwise() {}

  /** One element of an activation. */
  public static double activate(Activation f, double x) {
    return switch (f.kind()) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case CLAMP -> Math.max(f.first(), Math.min(x, f.second()));
      case LEAKY_RELU -> x > 0 ? x : f.first() * x;
      case HARD_SIGMOID -> Math.max(0, Math.min(1, f.first() * x + f.second()));
      case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
      case SIGMOID -> sigmoid(x);
      case SILU -> vanishing(x, sigmoid(x));
      case TANH -> StrictMath.tanh(x);
      case STEP -> x > 0 ? 1 : Double.isNaN(x) ? x : 0;
      case THRESHOLD -> x <= f.first() ? f.second() : x;
      case ELU -> x > 0 ? x : f.first() * StrictMath.expm1(x);
      case SELU -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * StrictMath.expm1(x));
      case CELU -> x > 0 ? x : f.first() * StrictMath.expm1(x / f.first());
      case GELU -> vanishing(x, ReferenceNormal.cumulative(x));
      case GELU_TANH -> vanishing(x, sigmoid(2 * cubic(x)));
      case MISH -> vanishing(x, StrictMath.tanh(softplus(x)));
      case SOFTPLUS -> f.first() * x > f.second() ? x : softplus(f.first() * x) / f.first();
      case SOFTSIGN -> Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    };
  }

  /** {@code x · factor}, whose limit on the left is 0. */
  private static double vanishing(double x, double factor) {
    return x == Double.NEGATIVE_INFINITY ? -0. : x * factor;
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** The tanh's argument in GELU's approximation. */
  private static double cubic(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /**
   * The slope of an activation.
   *
   * @param s its input if {@link Activation#needsInput()}, else its output
   */
  public static double slope(Activation f, double s) {
    return switch (f.kind()) {
      case IDENTITY -> 1;
      case RELU -> s > 0 ? 1 : 0;
      case CLAMP -> s > f.first() && s < f.second() ? 1 : 0;
      case LEAKY_RELU -> s > 0 ? 1 : f.first();
      case HARD_SIGMOID -> s > 0 && s < 1 ? f.first() : 0;
      case HARD_SWISH -> s <= -3 ? 0 : s >= 3 ? 1 : (2 * s + 3) / 6;
      case SIGMOID -> s * (1 - s);
      case SILU -> Double.isInfinite(s) ? step(s) : siluSlope(s);
      case TANH -> 1 - s * s;
      case STEP -> 0;
      case THRESHOLD -> s > f.first() ? 1 : 0;
      case ELU -> s > 0 ? 1 : s + f.first();
      case SELU -> s > 0 ? SELU_SCALE : s + SELU_SCALE * SELU_ALPHA;
      case CELU -> s > 0 ? 1 : s / f.first() + 1;
      case GELU -> Double.isInfinite(s) ? step(s) : geluSlope(s);
      case GELU_TANH -> Double.isInfinite(s) ? step(s) : geluTanhSlope(s);
      case MISH -> Double.isInfinite(s) ? step(s) : mishSlope(s);
      case SOFTPLUS -> f.first() * s > f.second() ? 1 : sigmoid(f.first() * s);
      case SOFTSIGN -> 1 / ((1 + Math.abs(s)) * (1 + Math.abs(s)));
    };
  }

  private static double step(double x) {
    return x > 0 ? 1 : 0;
  }

  private static double geluSlope(double x) {
    return ReferenceNormal.cumulative(x) + x * ReferenceNormal.density(x);
  }

  private static double geluTanhSlope(double x) {
    double s = sigmoid(2 * cubic(x));
    double inner = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    return s + x * s * sigmoid(-2 * cubic(x)) * 2 * inner;
  }

  private static double mishSlope(double x) {
    double t = StrictMath.tanh(softplus(x));
    return t + x * (1 - t * t) * sigmoid(x);
  }

  private static double siluSlope(double x) {
    double s = sigmoid(x);
    return s * (1 + x * sigmoid(-x));
  }

  /**
   * {@code y[i][j] = exp(x[i][j]) / Σ over c of exp(x[i][c])}.
   *
   * @param x [n][classes], read
   * @param y [n][classes], written
   */
  public static void softmax(Tensor x, Tensor y) {
    for (int i = 0; i < x.shape().dim(0); i++) {
      double max = max(x, i);
      double sum = sum(x, i, max);
      for (int c = 0; c < x.shape().dim(1); c++) {
        y.set((float) (StrictMath.exp(x.get(i, c) - max) / sum), i, c);
      }
    }
  }

  /**
   * {@code log Σ over c of exp(x[row][c]) - x[row][label]}, shifted by the row's maximum so that
   * nothing overflows, and that before the logarithm is added, so that nothing cancels.
   */
  public static double crossEntropy(Tensor x, int row, int label) {
    double max = max(x, row);
    return max - x.get(row, label) + StrictMath.log(sum(x, row, max));
  }

  /**
   * {@code log Σ over c of exp(x[row][c])}, shifted by the row's maximum so that nothing overflows.
   */
  public static double logSumExp(Tensor x, int row) {
    double max = max(x, row);
    return max + StrictMath.log(sum(x, row, max));
  }

  private static double max(Tensor x, int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < x.shape().dim(1); c++) {
      max = Math.max(max, x.get(row, c));
    }
    return max;
  }

  /** {@code Σ over c of exp(x[row][c] - shift)}. */
  private static double sum(Tensor x, int row, double shift) {
    double sum = 0;
    for (int c = 0; c < x.shape().dim(1); c++) {
      sum += StrictMath.exp(x.get(row, c) - shift);
    }
    return sum;
  }

  /**
   * {@code dx[i][j] = y[i][j] · (dy[i][j] - Σ over c of dy[i][c] · y[i][c])}.
   *
   * @param y from {@link #softmax}, read
   * @param dy [n][classes], read
   * @param dx [n][classes], written
   */
  public static void softmaxBackward(Tensor y, Tensor dy, Tensor dx) {
    int classes = y.shape().dim(1);
    for (int i = 0; i < y.shape().dim(0); i++) {
      double dot = 0;
      for (int c = 0; c < classes; c++) {
        dot += (double) dy.get(i, c) * y.get(i, c);
      }
      for (int c = 0; c < classes; c++) {
        dx.set((float) (y.get(i, c) * (dy.get(i, c) - dot)), i, c);
      }
    }
  }
}
