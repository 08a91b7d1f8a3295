package io.lanewise.propertytests.faults;

/** Mistakes in the arithmetic of one element. */
enum RoundingMistake implements Mistake {
  BFLOAT16("rounds the result to 8 significant bits"),
  FLOAT16("passes the result through float16: 11 significant bits, at most 65504"),
  LAST_BITS_LOST("rounds the result to 20 significant bits, as by a fast reciprocal"),
  SCALED_UP("keeps the sum times 2^64 on the way: great sums overflow"),
  SUBNORMALS_FLUSHED("takes results below 2^-126 for 0"),
  NAN_LOST("turns NaN into 0");

  private final String what;

  RoundingMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }

  /** The result as the mistake leaves it. */
  static float apply(Mistake mistake, float sum) {
    if (!(mistake instanceof RoundingMistake rounding)) {
      return sum;
    }
    return switch (rounding) {
      case BFLOAT16 -> keepBits(sum, 16);
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(sum));
      case LAST_BITS_LOST -> keepBits(sum, 4);
      case SCALED_UP -> sum * 0x1p64f * 0x1p-64f;
      case SUBNORMALS_FLUSHED -> Math.abs(sum) < Float.MIN_NORMAL ? 0f : sum;
      case NAN_LOST -> Float.isNaN(sum) ? 0f : sum;
    };
  }

  private static float keepBits(float sum, int dropped) {
    int bits = Float.floatToRawIntBits(sum) + (1 << (dropped - 1));
    return Float.intBitsToFloat(bits >> dropped << dropped);
  }
}
