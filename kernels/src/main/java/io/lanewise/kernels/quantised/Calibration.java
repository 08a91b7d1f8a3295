package io.lanewise.kernels.quantised;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Chooses scales and zero points: first a {@link Range} of values, then the {@link Quantisation}
 * that reaches it. Pure functions, for use before anything runs; NaN and infinities are refused.
 */
public final class Calibration {
  private static final int SHRINK_STEPS = 100;

  private Calibration() {}

  /**
   * Affine: both ends of the range, which is first widened to hold 0, become the last codes; 0 has
   * a code of its own. {@code scale = (max - min) / 255}, {@code zeroPoint = rint(qmin - min /
   * scale)}; of no range at all, scale 1.
   */
  public static Quantisation affine(QuantisedType type, Range range) {
    double min = Math.min(range.min(), 0);
    double max = Math.max(range.max(), 0);
    float scale = scale(max - min, type.max() - type.min());
    int zero = (int) Math.rint(type.min() - min / scale);
    return Quantisation.perTensor(type, scale, Math.clamp(zero, type.min(), type.max()));
  }

  /**
   * Symmetric around 0, whose code is 0, or 128 without a sign: {@code scale = max|x| / 127}; of no
   * range at all, scale 1.
   */
  public static Quantisation symmetric(QuantisedType type, Range range) {
    int zero = type.signed() ? 0 : type.max() / 2 + 1;
    return Quantisation.perTensor(type, scale(range.reach(), type.max() - zero), zero);
  }

  /** A positive normal float, whatever the range. */
  private static float scale(double range, int codes) {
    return range == 0 ? 1f : Math.max((float) (range / codes), Float.MIN_NORMAL);
  }

  /**
   * From the least to the greatest value; [0, 0] of none.
   *
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Range minMax(float... values) {
    float min = 0;
    float max = 0;
    for (int i = 0; i < values.length; i++) {
      requireFinite(values[i], i);
      min = i == 0 ? values[i] : Math.min(min, values[i]);
      max = i == 0 ? values[i] : Math.max(max, values[i]);
    }
    return new Range(min, max);
  }

  private static void requireFinite(float value, int at) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("values must be finite, got " + value + " at " + at);
    }
  }

  /**
   * Without outliers: {@code fraction} of the values lie in it, as many are left out below as
   * above. Its ends are values: those of rank {@code floor((1 - fraction) / 2 · n)} from either
   * end; [0, 0] of none.
   *
   * @param fraction in (0, 1]
   * @throws IllegalArgumentException if a value is not finite, or the fraction out of bounds
   */
  public static Range percentile(double fraction, float... values) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a fraction lies in (0, 1], got " + fraction);
    }
    minMax(values);
    if (values.length == 0) {
      return new Range(0, 0);
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int out = Math.min((int) ((1 - fraction) / 2 * sorted.length), (sorted.length - 1) / 2);
    return new Range(sorted[out], sorted[sorted.length - 1 - out]);
  }

  /**
   * The range, of the values' own and that shrunk by 1, 2, ... 99 hundredths, whose codes are
   * nearest to the values: least sum of squared differences after quantising and dequantising, in
   * float64; the wider of equals.
   *
   * @param quantisation such as {@code r -> Calibration.symmetric(INT8, r)}
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Range leastSquares(Function<Range, Quantisation> quantisation, float... values) {
    Range whole = minMax(values);
    Range best = whole;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step < SHRINK_STEPS; step++) {
      float share = 1 - step / (float) SHRINK_STEPS;
      Range range = new Range(whole.min() * share, whole.max() * share);
      double error = squaredError(quantisation.apply(range), values);
      if (error < least) {
        least = error;
        best = range;
      }
    }
    return best;
  }

  /** Sum of squared differences that quantising makes, in float64. */
  public static double squaredError(Quantisation q, float... values) {
    q.requirePerTensor("values");
    double sum = 0;
    for (float v : values) {
      double difference = v - (double) q.value(q.code(v, 0), 0);
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * Each entry of an axis by itself.
   *
   * @param x channels first
   * @param axis from 0
   * @param calibration of an entry's values; always of the same type
   */
  public static Quantisation perChannel(
      Tensor x, int axis, Function<float[], Quantisation> calibration) {
    if (x.layout() != Layout.CHANNELS_FIRST || axis < 0 || axis >= x.shape().rank()) {
      throw new IllegalArgumentException(
          "calibration needs channels first and one of the axes, got axis %d, %s of shape %s"
              .formatted(axis, x.layout(), x.shape()));
    }
    int channels = x.shape().dim(axis);
    float[] scales = new float[channels];
    int[] zeroPoints = new int[channels];
    QuantisedType type = null;
    for (int c = 0; c < channels; c++) {
      Quantisation q = calibration.apply(values(x, axis, c));
      q.requirePerTensor("an entry");
      type = q.type();
      scales[c] = q.scale(0);
      zeroPoints[c] = q.zeroPoint(0);
    }
    if (type == null) {
      throw new IllegalArgumentException("axis " + axis + " of " + x.shape() + " has no entries");
    }
    return Quantisation.perChannel(type, axis, scales, zeroPoints);
  }

  /** {@link #symmetric} of each entry of an axis, from its least to its greatest value. */
  public static Quantisation symmetricPerChannel(Tensor x, int axis, QuantisedType type) {
    return perChannel(x, axis, v -> symmetric(type, minMax(v)));
  }

  private static float[] values(Tensor x, int axis, int channel) {
    Shape shape = x.shape();
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dim(i);
    }
    int channels = shape.dim(axis);
    float[] values = new float[x.size() / channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.array()[x.offset() + (i / inner * channels + channel) * inner + i % inner];
    }
    return values;
  }
}
