package io.lanewise.kernels.quantised;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * Which float an 8-bit code stands for: {@code x = (q - zeroPoint) · scale}, with one scale and
 * zero point for a tensor or for each entry of an axis. <em>Symmetric</em>: all zero points are 0;
 * otherwise <em>affine</em>. As QuantizeLinear and DequantizeLinear of ONNX. Immutable.
 */
public final class Quantisation {
  private static final int PER_TENSOR = -1;

  private final QuantisedType type;
  private final int axis;
  private final float[] scales;
  private final int[] zeroPoints;

  private Quantisation(QuantisedType type, int axis, float[] scales, int[] zeroPoints) {
    this.type = Objects.requireNonNull(type, "type");
    this.axis = axis;
    this.scales = scales.clone();
    this.zeroPoints = zeroPoints.clone();
    if (scales.length == 0 || scales.length != zeroPoints.length) {
      throw new IllegalArgumentException(
          "as many zero points as scales, one at least, are needed, got %d scales and %d zero points"
              .formatted(scales.length, zeroPoints.length));
    }
    for (int c = 0; c < scales.length; c++) {
      if (!(scales[c] >= Float.MIN_NORMAL && scales[c] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "a scale must be positive, finite and not subnormal, got " + scales[c] + " at " + c);
      }
      if (zeroPoints[c] < type.min() || zeroPoints[c] > type.max()) {
        throw new IllegalArgumentException(
            "a zero point of %s lies in [%d, %d], got %d at %d"
                .formatted(type, type.min(), type.max(), zeroPoints[c], c));
      }
    }
  }

  /**
   * One scale and zero point for a tensor.
   *
   * @throws IllegalArgumentException if the scale is not a positive normal float or the zero point
   *     is no code of {@code type}
   */
  public static Quantisation perTensor(QuantisedType type, float scale, int zeroPoint) {
    return new Quantisation(type, PER_TENSOR, new float[] {scale}, new int[] {zeroPoint});
  }

  /**
   * A scale and zero point for each entry of an axis.
   *
   * @param axis from 0
   * @param scales copied
   * @param zeroPoints copied; as many as scales
   * @throws IllegalArgumentException as {@link #perTensor}, or if the axis is negative
   */
  public static Quantisation perChannel(
      QuantisedType type, int axis, float[] scales, int[] zeroPoints) {
    if (axis < 0) {
      throw new IllegalArgumentException("an axis counts from 0, got " + axis);
    }
    return new Quantisation(type, axis, scales, zeroPoints);
  }

  /** Symmetric, a scale for each entry of an axis. */
  public static Quantisation perChannel(QuantisedType type, int axis, float[] scales) {
    return perChannel(type, axis, scales, new int[scales.length]);
  }

  /** How codes are read. */
  public QuantisedType type() {
    return type;
  }

  /** True if there is a scale for each entry of {@link #axis}. */
  public boolean isPerChannel() {
    return axis != PER_TENSOR;
  }

  /** The axis along which scales differ, or -1. */
  public int axis() {
    return axis;
  }

  /** Number of scales: 1, or the axis' size. */
  public int channels() {
    return scales.length;
  }

  /** The scale of entry {@code c} of the axis; of all, if there is only one. */
  public float scale(int c) {
    return scales[isPerChannel() ? c : 0];
  }

  /** The zero point of entry {@code c} of the axis; of all, if there is only one. */
  public int zeroPoint(int c) {
    return zeroPoints[isPerChannel() ? c : 0];
  }

  /** The code of a float in entry {@code c}: {@link Quantise} of one element. */
  public byte code(float x, int c) {
    float q = x / scale(c);
    if (Float.isNaN(q)) {
      return (byte) zeroPoint(c);
    }
    double rounded = Math.rint(q) + zeroPoint(c);
    return (byte) Math.clamp(rounded, type.min(), type.max());
  }

  /** What a code of entry {@code c} stands for: {@link Dequantise} of one element. */
  public float value(byte code, int c) {
    return (type.code(code) - zeroPoint(c)) * scale(c);
  }

  /** The greatest {@code |q - zeroPoint|} of entry {@code c}. */
  public int reach(int c) {
    return Math.max(type.max() - zeroPoint(c), zeroPoint(c) - type.min());
  }

  /** The greatest {@code |q - zeroPoint|} of all entries. */
  public int reach() {
    int reach = 0;
    for (int c = 0; c < channels(); c++) {
      reach = Math.max(reach, reach(c));
    }
    return reach;
  }

  /** True if all zero points are 0. */
  public boolean isSymmetric() {
    return Arrays.stream(zeroPoints).allMatch(z -> z == 0);
  }

  /**
   * Checks that this fits a tensor.
   *
   * @throws IllegalArgumentException if the shape has no such axis, or one of another size
   */
  public void requireFits(Shape shape) {
    if (isPerChannel() && (axis >= shape.rank() || shape.dim(axis) != channels())) {
      throw new IllegalArgumentException(
          "%d scales along axis %d do not fit shape %s".formatted(channels(), axis, shape));
    }
  }

  /**
   * Checks that this has one scale.
   *
   * @throws IllegalArgumentException naming {@code what}
   */
  public void requirePerTensor(String what) {
    if (isPerChannel()) {
      throw new IllegalArgumentException(
          "%s must be quantised per tensor, got %d scales along axis %d"
              .formatted(what, channels(), axis));
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Quantisation other
        && type == other.type
        && axis == other.axis
        && Arrays.equals(scales, other.scales)
        && Arrays.equals(zeroPoints, other.zeroPoints);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, axis, Arrays.hashCode(scales), Arrays.hashCode(zeroPoints));
  }

  /** Such as {@code "INT8 scale 0.1 zero 3"}, or {@code "INT8, 64 scales along axis 0"}. */
  @Override
  public String toString() {
    return isPerChannel()
        ? type + ", " + channels() + " scales along axis " + axis
        : type + " scale " + scales[0] + " zero " + zeroPoints[0];
  }
}
