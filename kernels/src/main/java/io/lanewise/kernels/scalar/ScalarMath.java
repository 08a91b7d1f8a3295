package io.lanewise.kernels.scalar;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.LOW;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;

/** softmax's exponential, each step as {@code VectorMath} takes it, and multiply-add. */
final class ScalarMath {
  private final boolean fma;

  ScalarMath(boolean fma) {
    this.fma = fma;
  }

  /** e^x for x of at most 0. */
  float exp(float x) {
    if (x < LOW) {
      return 0f;
    }
    float t = fma(x, LOG2E, ROUND);
    float j = t - ROUND;
    float r = fma(j, MINUS_LN2_HIGH, x);
    r = fma(j, MINUS_LN2_LOW, r);
    float p = fma(r, C7, C6);
    p = fma(p, r, C5);
    p = fma(p, r, C4);
    p = fma(p, r, C3);
    p = fma(p, r, C2);
    p = fma(r * r, p, r) + 1f;
    float y = Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(t) << 23));
    return Float.isNaN(p) ? p : y; // a NaN's low bits would carry into its exponent
  }

  /** a · b + c where steps need what the product's rounding loses: in float64 if not fused. */
  float exact(float a, float b, float c) {
    return fma ? Math.fma(a, b, c) : (float) ((double) a * b + c);
  }

  float fma(float a, float b, float c) {
    return fma ? Math.fma(a, b, c) : a * b + c;
  }
}
