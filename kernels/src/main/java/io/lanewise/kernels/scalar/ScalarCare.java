package io.lanewise.kernels.scalar;

/** Arguments that the steps of sin, cos, remainders and powers cannot take, in float64. */
final class ScalarCare {
  private ScalarCare() {}

  static float sin(float x) {
    return (float) StrictMath.sin(x);
  }

  static float cos(float x) {
    return (float) StrictMath.cos(x);
  }

  static float sinSlope(float x, float dy) {
    return cos(x) * dy;
  }

  static float cosSlope(float x, float dy) {
    return sin(x) * -dy;
  }

  static float fmod(float a, float b) {
    return a % b;
  }

  static float mod(float a, float b) {
    float r = a % b;
    if (r == 0) {
      return Math.copySign(0f, b);
    }
    return r < 0 == b < 0 ? r : r + b;
  }

  static float fmodSlopeB(float a, float b, float dy) {
    double q = (double) a / b;
    return (float) (dy * -(q < 0 ? Math.ceil(q) : Math.floor(q)));
  }

  static float modSlopeB(float a, float b, float dy) {
    return (float) (dy * -Math.floor((double) a / b));
  }

  /** As C's pow: 1 to any power is 1, even to NaN, and so is -1 to an infinite one. */
  static float pow(float a, float b) {
    return (float) power(a, b);
  }

  private static double power(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
  }

  static float powSlopeA(float a, float b, float dy) {
    return b == 0 ? 0 : (float) (dy * (b * power(a, (double) b - 1)));
  }

  static float powSlopeB(float a, float b, float dy) {
    return a == 0 && b >= 0 ? 0 : (float) (dy * (power(a, b) * StrictMath.log(a)));
  }
}
