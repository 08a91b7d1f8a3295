package io.lanewise.kernels.scalar;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.HIGH;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.LOW;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.TanhConstants.ONE;
import static io.lanewise.kernels.micro.TanhConstants.P11;
import static io.lanewise.kernels.micro.TanhConstants.P13;
import static io.lanewise.kernels.micro.TanhConstants.P3;
import static io.lanewise.kernels.micro.TanhConstants.P5;
import static io.lanewise.kernels.micro.TanhConstants.P7;
import static io.lanewise.kernels.micro.TanhConstants.P9;
import static io.lanewise.kernels.micro.TanhConstants.SMALL;

import io.lanewise.kernels.micro.ExpConstants;

/** Transcendental functions, each step as {@code VectorMath} takes it. */
final class ScalarMath {
  private final boolean fma;

  ScalarMath(boolean fma) {
    this.fma = fma;
  }

  float exp(float x) {
    float y = expFinite(Math.max(Math.min(x, HIGH), LOW));
    return x < LOW ? 0f : y;
  }

  /** e^x for x in [LOW, HIGH]. */
  private float expFinite(float x) {
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

  float tanh(float x) {
    float a = Math.abs(x);
    if (a < SMALL) {
      float q = x * x;
      float p = fma(q, P13, P11);
      p = fma(p, q, P9);
      p = fma(p, q, P7);
      p = fma(p, q, P5);
      p = fma(p, q, P3);
      return Math.copySign(fma(x * q, p, x), x); // the sum of zeros of both signs is +0
    }
    float c = Math.min(a, ONE);
    float large = 1f - 2f / (expFinite(c + c) + 1f);
    return Float.floatToRawIntBits(x) < 0 ? -large : large; // of a NaN, too
  }

  /**
   * {@code clamp(x, least, most) / (1 + e^-x)}, 0 below {@link ExpConstants#LOW}: the sigmoid for
   * limits of 1, SiLU for none.
   */
  float logistic(float x, float least, float most) {
    float e = expFinite(Math.max(Math.min(-x, -LOW), LOW));
    float y = Math.max(Math.min(x, most), least) / (e + 1f);
    return x < LOW ? 0f : y;
  }

  /** {@code s · (1 + x · (1 - s))} with s = 1 / (1 + e^-x), so that 1 - s = e^-x · s. */
  float siluSlope(float x) {
    float z = Math.max(Math.min(x, -LOW), LOW);
    float e = expFinite(-z);
    float s = 1f / (e + 1f);
    float slope = s * fma(z, e * s, 1f);
    return x < LOW ? 0f : slope;
  }

  float fma(float a, float b, float c) {
    return fma ? Math.fma(a, b, c) : a * b + c;
  }
}
