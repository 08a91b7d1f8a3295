package io.lanewise.kernels.scalar;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.DEEP;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.ExpConstants.ROUND_BITS;
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.ExpConstants.TINY;
import static io.lanewise.kernels.micro.LogConstants.FRACTION;
import static io.lanewise.kernels.micro.LogConstants.G10;
import static io.lanewise.kernels.micro.LogConstants.G2;
import static io.lanewise.kernels.micro.LogConstants.G3;
import static io.lanewise.kernels.micro.LogConstants.G4;
import static io.lanewise.kernels.micro.LogConstants.G5;
import static io.lanewise.kernels.micro.LogConstants.G6;
import static io.lanewise.kernels.micro.LogConstants.G7;
import static io.lanewise.kernels.micro.LogConstants.G8;
import static io.lanewise.kernels.micro.LogConstants.G9;
import static io.lanewise.kernels.micro.LogConstants.HALF_ROOT;
import static io.lanewise.kernels.micro.LogConstants.LN2;

/**
 * Loops over elements, each step as the class of vectors takes it: log, log1p, softplus, mish, and
 * their slopes. Written by tools/kernel-templates/write_curves.py.
 */
final class ScalarLogarithms {
  private final ScalarMath math;

  ScalarLogarithms(ScalarMath math) {
    this.math = math;
  }

  void log(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      boolean small = x < Float.MIN_NORMAL;
      float u = small ? x * 33554432f : x;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float f =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) & FRACTION) + HALF_ROOT)
              - 1f;
      float k = t - (small ? ROUND + 25f : ROUND);
      float q = math.fma(f, G10, G9);
      q = math.fma(q, f, G8);
      q = math.fma(q, f, G7);
      q = math.fma(q, f, G6);
      q = math.fma(q, f, G5);
      q = math.fma(q, f, G4);
      q = math.fma(q, f, G3);
      q = math.fma(q, f, G2);
      float r = math.fma(f * f, q, f);
      float y = math.fma(k, LN2, r);
      y = x == Float.POSITIVE_INFINITY ? x : y;
      y = x == 0f ? -Float.POSITIVE_INFINITY : y;
      dst[dstOff + i] = x >= 0f ? y : Float.NaN;
    }
  }

  void log1p(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float u = x + 1f;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float s =
          Float.intBitsToFloat(Float.floatToRawIntBits(4f) - (Float.floatToRawIntBits(t) << 23));
      float f = math.fma(s, x * 0.25f, math.fma(s, 0.25f, -1f));
      float k = t - ROUND;
      float q = math.fma(f, G10, G9);
      q = math.fma(q, f, G8);
      q = math.fma(q, f, G7);
      q = math.fma(q, f, G6);
      q = math.fma(q, f, G5);
      q = math.fma(q, f, G4);
      q = math.fma(q, f, G3);
      q = math.fma(q, f, G2);
      float r = math.fma(f * f, q, f);
      float r2 = math.fma(k, LN2, r);
      float y = Math.abs(x) < TINY ? x : r2;
      y = x == Float.POSITIVE_INFINITY ? x : y;
      y = x == -1f ? -Float.POSITIVE_INFINITY : y;
      dst[dstOff + i] = x >= -1f ? y : Float.NaN;
    }
  }

  void softplus(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q, float r) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float v = x * p;
      float a = Math.abs(v);
      float x2 = -(a > -DEEP ? -DEEP : a);
      float t = math.fma(x2, LOG2E, ROUND);
      float j = t - ROUND;
      float r2 = math.fma(j, MINUS_LN2_HIGH, x2);
      r2 = math.fma(j, MINUS_LN2_LOW, r2);
      float p2 = math.fma(r2, C7, C6);
      p2 = math.fma(p2, r2, C5);
      p2 = math.fma(p2, r2, C4);
      p2 = math.fma(p2, r2, C3);
      p2 = math.fma(p2, r2, C2);
      p2 = math.fma(r2 * r2, p2, r2) + 1f;
      boolean deep = x2 < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2) + (Float.floatToRawIntBits(deep ? t + 64f : t) << 23));
      float s = deep ? SCALE : 1f;
      float x3 = y * s;
      float u = x3 + 1f;
      float t2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float s2 =
          Float.intBitsToFloat(Float.floatToRawIntBits(4f) - (Float.floatToRawIntBits(t2) << 23));
      float f = math.fma(s2, x3 * 0.25f, math.fma(s2, 0.25f, -1f));
      float k = t2 - ROUND;
      float q2 = math.fma(f, G10, G9);
      q2 = math.fma(q2, f, G8);
      q2 = math.fma(q2, f, G7);
      q2 = math.fma(q2, f, G6);
      q2 = math.fma(q2, f, G5);
      q2 = math.fma(q2, f, G4);
      q2 = math.fma(q2, f, G3);
      q2 = math.fma(q2, f, G2);
      float r3 = math.fma(f * f, q2, f);
      float r4 = math.fma(k, LN2, r3);
      float z = Math.abs(x3) < TINY ? x3 : r4;
      y = ((v > 0f ? v : 0f) + z) * r;
      y = v > q ? x : y;
      dst[dstOff + i] = Float.isNaN(x) ? x : y;
    }
  }

  void softplusSlope(
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
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float v = x * p;
      float a = Math.abs(v);
      float x2 = -(a > -DEEP ? -DEEP : a);
      float t = math.fma(x2, LOG2E, ROUND);
      float j = t - ROUND;
      float r2 = math.fma(j, MINUS_LN2_HIGH, x2);
      r2 = math.fma(j, MINUS_LN2_LOW, r2);
      float p2 = math.fma(r2, C7, C6);
      p2 = math.fma(p2, r2, C5);
      p2 = math.fma(p2, r2, C4);
      p2 = math.fma(p2, r2, C3);
      p2 = math.fma(p2, r2, C2);
      p2 = math.fma(r2 * r2, p2, r2) + 1f;
      boolean deep = x2 < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2) + (Float.floatToRawIntBits(deep ? t + 64f : t) << 23));
      float s = deep ? SCALE : 1f;
      float z = y * s;
      y = (v < 0f ? z : 1f) / (z + 1f);
      y = v > q ? 1f : y;
      dx[dxOff + i] = (Float.isNaN(x) ? x : y) * g;
    }
  }

  void mish(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
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
      boolean below = x < 0f;
      float n2 = math.fma(z, 2f, 1f);
      float d = below ? math.fma(z, z + 2f, 2f) : math.fma(z + z, z, n2);
      n2 = below ? math.fma(y, z, y + y) : n2;
      s = below ? s : 1f;
      float c = x < DEEP ? DEEP : x;
      dst[dstOff + i] = c * (n2 / d) * s;
    }
  }

  void mishSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
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
      boolean below = x < 0f;
      float n2 = below ? math.fma(z, z, z + z) : math.fma(z, 2f, 1f);
      float d = below ? n2 + 2f : math.fma(z + z, z, n2);
      float m = (below ? z : z * z) * 4f * (z + 1f);
      float c = x > -DEEP ? -DEEP : x;
      float c2 = c < DEEP ? DEEP : c;
      dx[dxOff + i] = math.fma(c2, m / d, n2) / d * g;
    }
  }
}
