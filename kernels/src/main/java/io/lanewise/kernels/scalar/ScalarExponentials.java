package io.lanewise.kernels.scalar;

import static io.lanewise.kernels.micro.DecayConstants.D2;
import static io.lanewise.kernels.micro.DecayConstants.D3;
import static io.lanewise.kernels.micro.DecayConstants.D4;
import static io.lanewise.kernels.micro.DecayConstants.D5;
import static io.lanewise.kernels.micro.DecayConstants.D6;
import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.DEEP;
import static io.lanewise.kernels.micro.ExpConstants.FLAT;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.ExpConstants.TINY;
import static io.lanewise.kernels.micro.ExpConstants.TOP;
import static io.lanewise.kernels.micro.TanhConstants.ONE;
import static io.lanewise.kernels.micro.TanhConstants.P11;
import static io.lanewise.kernels.micro.TanhConstants.P13;
import static io.lanewise.kernels.micro.TanhConstants.P3;
import static io.lanewise.kernels.micro.TanhConstants.P5;
import static io.lanewise.kernels.micro.TanhConstants.P7;
import static io.lanewise.kernels.micro.TanhConstants.P9;
import static io.lanewise.kernels.micro.TanhConstants.SMALL;

/**
 * Loops over elements, each step as the class of vectors takes it: exp, expm1, sigmoid, silu, elu,
 * tanh, and their slopes. Written by tools/kernel-templates/write_curves.py.
 */
final class ScalarExponentials {
  private final ScalarMath math;

  ScalarExponentials(ScalarMath math) {
    this.math = math;
  }

  void exp(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float c = x > TOP ? TOP : x;
      c = c < DEEP ? DEEP : c;
      float t = math.fma(c, LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.fma(j, MINUS_LN2_HIGH, c);
      r = math.fma(j, MINUS_LN2_LOW, r);
      float p = math.fma(r, C7, C6);
      p = math.fma(p, r, C5);
      p = math.fma(p, r, C4);
      p = math.fma(p, r, C3);
      p = math.fma(p, r, C2);
      p = math.fma(r * r, p, r) + 1f;
      boolean deep = c < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(deep ? t + 64f : t) << 23));
      float s = deep ? SCALE : 1f;
      y = y * s;
      y = x > TOP ? Float.POSITIVE_INFINITY : y;
      dst[dstOff + i] = Float.isNaN(x) ? x : y;
    }
  }

  void expm1(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float x2 = x > TOP ? TOP : x;
      float c = x2 < FLAT ? FLAT : x2;
      float t = math.fma(c, LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.fma(j, MINUS_LN2_HIGH, c);
      r = math.fma(j, MINUS_LN2_LOW, r);
      float p = math.fma(r, C7, C6);
      p = math.fma(p, r, C5);
      p = math.fma(p, r, C4);
      p = math.fma(p, r, C3);
      p = math.fma(p, r, C2);
      p = math.fma(r * r, p, r);
      float s =
          Float.intBitsToFloat(Float.floatToRawIntBits(0.5f) + (Float.floatToRawIntBits(t) << 23));
      float y = math.fma(s, p, s - 0.5f);
      y = y + y;
      float y2 = Math.abs(x2) < TINY ? x2 : y;
      dst[dstOff + i] = x > TOP ? Float.POSITIVE_INFINITY : y2;
    }
  }

  void sigmoid(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float c = x < DEEP ? DEEP : x;
      float x2 = c > -SCALED ? -SCALED : c;
      float t = math.fma(x2, -LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.fma(j, -MINUS_LN2_HIGH, x2);
      r = math.fma(j, -MINUS_LN2_LOW, r);
      float p = math.fma(r, D6, D5);
      p = math.fma(p, r, D4);
      p = math.fma(p, r, D3);
      p = math.fma(p, r, D2);
      p = math.fma(p, r, -1f);
      p = math.fma(p, r, 1f);
      boolean deep = c < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(deep ? t - 64f : t) << 23));
      float d = deep ? y : y + 1f;
      float s = deep ? SCALE : 1f;
      float y2 = 1f / d * s;
      dst[dstOff + i] = Float.isNaN(x) ? x : y2;
    }
  }

  void sigmoidSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = math.fma(-y, y, y) * g;
    }
  }

  void silu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float c = x < DEEP ? DEEP : x;
      float x2 = c > -SCALED ? -SCALED : c;
      float t = math.fma(x2, -LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.fma(j, -MINUS_LN2_HIGH, x2);
      r = math.fma(j, -MINUS_LN2_LOW, r);
      float p = math.fma(r, D6, D5);
      p = math.fma(p, r, D4);
      p = math.fma(p, r, D3);
      p = math.fma(p, r, D2);
      p = math.fma(p, r, -1f);
      p = math.fma(p, r, 1f);
      boolean deep = c < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(deep ? t - 64f : t) << 23));
      float d = deep ? y : y + 1f;
      float s = deep ? SCALE : 1f;
      dst[dstOff + i] = c / d * s;
    }
  }

  void siluSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float a = Math.abs(x);
      float x2 = -(a > -DEEP ? -DEEP : a);
      float t = math.fma(x2, LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.fma(j, MINUS_LN2_HIGH, x2);
      r = math.fma(j, MINUS_LN2_LOW, r);
      float p = math.fma(r, C7, C6);
      p = math.fma(p, r, C5);
      p = math.fma(p, r, C4);
      p = math.fma(p, r, C3);
      p = math.fma(p, r, C2);
      p = math.fma(r * r, p, r) + 1f;
      boolean deep = x2 < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(deep ? t + 64f : t) << 23));
      float s = deep ? SCALE : 1f;
      float z = y * s;
      float d = z + 1f;
      float p2 = (x < 0f ? z : 1f) / d;
      float m = (x < 0f ? 1f : z) / d;
      float c = x > -DEEP ? -DEEP : x;
      float c2 = c < DEEP ? DEEP : c;
      dx[dxOff + i] = p2 * math.fma(c2, m, 1f) * g;
    }
  }

  void elu(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q, float r) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float x2 = (x > 0f ? 0f : x) * r;
      float c = x2 < FLAT ? FLAT : x2;
      float t = math.fma(c, LOG2E, ROUND);
      float j = t - ROUND;
      float r2 = math.fma(j, MINUS_LN2_HIGH, c);
      r2 = math.fma(j, MINUS_LN2_LOW, r2);
      float p2 = math.fma(r2, C7, C6);
      p2 = math.fma(p2, r2, C5);
      p2 = math.fma(p2, r2, C4);
      p2 = math.fma(p2, r2, C3);
      p2 = math.fma(p2, r2, C2);
      p2 = math.fma(r2 * r2, p2, r2);
      float s =
          Float.intBitsToFloat(Float.floatToRawIntBits(0.5f) + (Float.floatToRawIntBits(t) << 23));
      float y = math.fma(s, p2, s - 0.5f);
      y = y + y;
      float y2 = Math.abs(x2) < TINY ? x2 : y;
      dst[dstOff + i] = x > 0f ? x * p : y2 * q;
    }
  }

  void eluSlope(
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      float p,
      float q,
      float r) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = (y > 0f ? p : math.fma(y, r, q * r)) * g;
    }
  }

  void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float a = Math.abs(x);
      float q = x * x;
      float p = math.fma(q, P13, P11);
      p = math.fma(p, q, P9);
      p = math.fma(p, q, P7);
      p = math.fma(p, q, P5);
      p = math.fma(p, q, P3);
      float small = math.fma(a * q, p, a);
      float c = a > ONE ? ONE : a;
      float x2 = c + c;
      float t = math.fma(x2, LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.fma(j, MINUS_LN2_HIGH, x2);
      r = math.fma(j, MINUS_LN2_LOW, r);
      float p2 = math.fma(r, C7, C6);
      p2 = math.fma(p2, r, C5);
      p2 = math.fma(p2, r, C4);
      p2 = math.fma(p2, r, C3);
      p2 = math.fma(p2, r, C2);
      p2 = math.fma(r * r, p2, r) + 1f;
      float y =
          Float.intBitsToFloat(Float.floatToRawIntBits(p2) + (Float.floatToRawIntBits(t) << 23));
      y = 1f - 2f / (y + 1f);
      y = a < SMALL ? small : y;
      y = Float.isNaN(x) ? x : y;
      dst[dstOff + i] = Float.floatToRawIntBits(x) < 0 ? -y : y;
    }
  }

  void tanhSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = math.fma(-y, y, 1f) * g;
    }
  }
}
