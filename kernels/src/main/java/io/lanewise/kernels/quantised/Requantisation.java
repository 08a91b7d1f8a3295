package io.lanewise.kernels.quantised;

import java.util.Arrays;
import java.util.Objects;

/**
 * How 32-bit sums become codes of an output: {@code y = clamp(round(sum · factor) + zeroPoint, lo,
 * hi)}, with a factor for each output. Immutable.
 *
 * <ul>
 *   <li><em>By scale</em>, as ONNX: {@code factor = xScale · wScale / yScale}, rounded once to
 *       float32; the sum is rounded to float32, the product again; halves go to even.
 *   <li><em>Fixed point</em>, without floats when it runs: {@code (sum · multiplier + 2^(shift -
 *       1)) >> shift} in 64 bits, halves go up. The multiplier has 31 bits: {@code multiplier =
 *       rint(factor · 2^shift)} in [2^30, 2^31). Jacob et al., Quantization and training of neural
 *       networks for efficient integer-arithmetic-only inference, 2018, §2.2, with one rounding in
 *       place of two.
 * </ul>
 */
public final class Requantisation {
  private static final int MULTIPLIER_BITS = 31;
  private static final int MOST_SHIFT = 62;

  private final float[] scales;
  private final int[] multipliers; // null if by scale
  private final int[] shifts;
  private final QuantisedType type;
  private final int zeroPoint;
  private final int lo;
  private final int hi;

  private Requantisation(
      float[] scales,
      int[] multipliers,
      int[] shifts,
      QuantisedType type,
      int zeroPoint,
      int lo,
      int hi) {
    this.scales = scales;
    this.multipliers = multipliers;
    this.shifts = shifts;
    this.type = type;
    this.zeroPoint = zeroPoint;
    this.lo = lo;
    this.hi = hi;
  }

  /**
   * By scale.
   *
   * @param x of the left operand, per tensor
   * @param w of the weights
   * @param y of the output, per tensor
   * @param outputs channels or columns of the output
   * @throws IllegalArgumentException if w has neither 1 nor so many scales, x or y not one, or a
   *     factor is no positive normal float32
   */
  public static Requantisation byScale(
      Quantisation x, Quantisation w, Quantisation y, int outputs) {
    requireScales(w, outputs);
    float[] scales = new float[outputs];
    for (int c = 0; c < scales.length; c++) {
      scales[c] = (float) factor(x, w, y, c);
      if (!(scales[c] >= Float.MIN_NORMAL && scales[c] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "x scale · w scale / y scale must be a positive normal float, got "
                + scales[c]
                + " for output "
                + c);
      }
    }
    return new Requantisation(
        scales, null, null, y.type(), y.zeroPoint(0), y.type().min(), y.type().max());
  }

  /**
   * In fixed point.
   *
   * @param x of the left operand, per tensor
   * @param w of the weights
   * @param y of the output, per tensor
   * @param outputs channels or columns of the output
   * @throws IllegalArgumentException if w has neither 1 nor so many scales, x or y not one, or a
   *     factor is not in [2^-32, 2^30)
   */
  public static Requantisation fixedPoint(
      Quantisation x, Quantisation w, Quantisation y, int outputs) {
    requireScales(w, outputs);
    int[] multipliers = new int[outputs];
    int[] shifts = new int[outputs];
    for (int c = 0; c < multipliers.length; c++) {
      double factor = factor(x, w, y, c);
      int shift = MULTIPLIER_BITS - 1 - Math.getExponent(factor);
      double rounded = Math.rint(Math.scalb(factor, shift));
      if (rounded == 0x1p31) { // up to the next power of two
        rounded = 0x1p30;
        shift--;
      }
      if (shift < 1 || shift > MOST_SHIFT) {
        throw new IllegalArgumentException(
            "x scale · w scale / y scale must be in [2^-32, 2^30) for fixed point, got "
                + factor
                + " for output "
                + c);
      }
      multipliers[c] = (int) rounded;
      shifts[c] = shift;
    }
    return new Requantisation(
        null, multipliers, shifts, y.type(), y.zeroPoint(0), y.type().min(), y.type().max());
  }

  private static void requireScales(Quantisation w, int outputs) {
    if (w.isPerChannel() && w.channels() != outputs) {
      throw new IllegalArgumentException(
          "%d outputs need 1 or %d scales of weights, got %d"
              .formatted(outputs, outputs, w.channels()));
    }
  }

  private static double factor(Quantisation x, Quantisation w, Quantisation y, int c) {
    x.requirePerTensor("x");
    y.requirePerTensor("y");
    return (double) x.scale(0) * w.scale(c) / y.scale(0);
  }

  /**
   * This, with codes limited further: a clamp of the floats that they stand for.
   *
   * @throws IllegalArgumentException unless {@code lo <= zeroPoint <= hi}, or if the limits are
   *     none of the type's codes
   */
  public Requantisation clamp(int lo, int hi) {
    if (lo < type.min() || hi > type.max() || lo > zeroPoint || hi < zeroPoint) {
      throw new IllegalArgumentException(
          "limits must be codes of %s around the zero point %d, got [%d, %d]"
              .formatted(type, zeroPoint, lo, hi));
    }
    return new Requantisation(scales, multipliers, shifts, type, zeroPoint, lo, hi);
  }

  /** This, followed by ReLU: no code below the zero point. */
  public Requantisation relu() {
    return clamp(zeroPoint, hi);
  }

  /** True if in fixed point. */
  public boolean isFixedPoint() {
    return multipliers != null;
  }

  /** Number of outputs. */
  public int channels() {
    return isFixedPoint() ? multipliers.length : scales.length;
  }

  /** Output {@code c}'s factor, if by scale. */
  public float scale(int c) {
    return scales[c];
  }

  /** Output {@code c}'s multiplier, if in fixed point. */
  public int multiplier(int c) {
    return multipliers[c];
  }

  /** Output {@code c}'s shift to the right, if in fixed point. */
  public int shift(int c) {
    return shifts[c];
  }

  /** How the output's codes are read. */
  public QuantisedType type() {
    return type;
  }

  /** The output's zero point. */
  public int zeroPoint() {
    return zeroPoint;
  }

  /** The least code. */
  public int lo() {
    return lo;
  }

  /** The greatest code. */
  public int hi() {
    return hi;
  }

  /**
   * Checks that there is a factor for each of so many outputs.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void requireFits(int outputs) {
    if (channels() != outputs) {
      throw new IllegalArgumentException(
          "a requantisation of %d outputs needs as many factors, got %d"
              .formatted(outputs, channels()));
    }
  }

  /** The factors as they lie in memory, for kernels: not to be written. */
  float[] scales() {
    return scales;
  }

  int[] multipliers() {
    return multipliers;
  }

  int[] shifts() {
    return shifts;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Requantisation r
        && type == r.type
        && zeroPoint == r.zeroPoint
        && lo == r.lo
        && hi == r.hi
        && Arrays.equals(scales, r.scales)
        && Arrays.equals(multipliers, r.multipliers)
        && Arrays.equals(shifts, r.shifts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        type,
        zeroPoint,
        lo,
        hi,
        Arrays.hashCode(scales),
        Arrays.hashCode(multipliers),
        Arrays.hashCode(shifts));
  }

  /** Such as {@code "64 factors to INT8 [-128, 127], zero 3"}. */
  @Override
  public String toString() {
    return "%d %s to %s [%d, %d], zero %d"
        .formatted(channels(), isFixedPoint() ? "multipliers" : "factors", type, lo, hi, zeroPoint);
  }
}
