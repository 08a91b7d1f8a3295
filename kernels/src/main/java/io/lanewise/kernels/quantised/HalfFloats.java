package io.lanewise.kernels.quantised;

/**
 * Floats in 16 bits, and back. To 16 bits rounds to the nearest, halves to even; beyond the range
 * lies an infinity; infinities, signs of zeros and subnormals are kept, a NaN stays one. Back is
 * exact.
 */
public final class HalfFloats {
  private static final int QUIET = 0x40; // bfloat16's first bit of fraction

  private HalfFloats() {}

  /** As binary16 of IEEE 754: up to 65504, down to 2^-24. */
  public static short toFloat16(float value) {
    return Float.floatToFloat16(value);
  }

  /** What binary16 stands for. */
  public static float fromFloat16(short bits) {
    return Float.float16ToFloat(bits);
  }

  /** As bfloat16: a float32 without the last 16 bits of its fraction. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> Short.SIZE) | QUIET);
    }
    int even = (bits >>> Short.SIZE) & 1;
    return (short) ((bits + 0x7fff + even) >>> Short.SIZE);
  }

  /** What bfloat16 stands for. */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << Short.SIZE);
  }

  /** In a format of 16 bits. */
  static short narrow(float value, WeightFormat format) {
    return format == WeightFormat.FLOAT16 ? toFloat16(value) : toBfloat16(value);
  }

  /** What it stands for in a format of 16 bits. */
  static float widen(short bits, WeightFormat format) {
    return format == WeightFormat.FLOAT16 ? fromFloat16(bits) : fromBfloat16(bits);
  }
}
