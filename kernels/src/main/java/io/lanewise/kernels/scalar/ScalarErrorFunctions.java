package io.lanewise.kernels.scalar;

import static io.lanewise.kernels.micro.ErfConstants.E1;
import static io.lanewise.kernels.micro.ErfConstants.E11;
import static io.lanewise.kernels.micro.ErfConstants.E13;
import static io.lanewise.kernels.micro.ErfConstants.E3;
import static io.lanewise.kernels.micro.ErfConstants.E5;
import static io.lanewise.kernels.micro.ErfConstants.E7;
import static io.lanewise.kernels.micro.ErfConstants.E9;
import static io.lanewise.kernels.micro.ErfConstants.ERF_ONE;
import static io.lanewise.kernels.micro.ErfConstants.ERF_SMALL;
import static io.lanewise.kernels.micro.ErfConstants.H1;
import static io.lanewise.kernels.micro.ErfConstants.H2;
import static io.lanewise.kernels.micro.ErfConstants.H3;
import static io.lanewise.kernels.micro.ErfConstants.H4;
import static io.lanewise.kernels.micro.ErfConstants.H5;
import static io.lanewise.kernels.micro.ErfConstants.H6;
import static io.lanewise.kernels.micro.ErfConstants.H7;
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
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.NormalConstants.CUBIC;
import static io.lanewise.kernels.micro.NormalConstants.DENSITY;
import static io.lanewise.kernels.micro.NormalConstants.FAR;
import static io.lanewise.kernels.micro.NormalConstants.LINEAR;
import static io.lanewise.kernels.micro.NormalConstants.N1;
import static io.lanewise.kernels.micro.NormalConstants.N10;
import static io.lanewise.kernels.micro.NormalConstants.N2;
import static io.lanewise.kernels.micro.NormalConstants.N3;
import static io.lanewise.kernels.micro.NormalConstants.N4;
import static io.lanewise.kernels.micro.NormalConstants.N5;
import static io.lanewise.kernels.micro.NormalConstants.N6;
import static io.lanewise.kernels.micro.NormalConstants.N7;
import static io.lanewise.kernels.micro.NormalConstants.N8;
import static io.lanewise.kernels.micro.NormalConstants.N9;
import static io.lanewise.kernels.micro.NormalConstants.TANH_FAR;

/**
 * Loops over elements, each step as the class of vectors takes it: erf, gelu, gelu-tanh, and their
 * slopes. Written by tools/kernel-templates/write_curves.py.
 */
final class ScalarErrorFunctions {
  private final ScalarMath math;

  ScalarErrorFunctions(ScalarMath math) {
    this.math = math;
  }

  void erf(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float a = Math.abs(x);
      float q = x * x;
      float p = math.fma(q, E13, E11);
      p = math.fma(p, q, E9);
      p = math.fma(p, q, E7);
      p = math.fma(p, q, E5);
      p = math.fma(p, q, E3);
      p = math.fma(p, q, E1);
      float small = math.fma(x, p, x);
      float c = a > ERF_ONE ? ERF_ONE : a;
      float h = math.fma(c, H7, H6);
      h = math.fma(h, c, H5);
      h = math.fma(h, c, H4);
      h = math.fma(h, c, H3);
      h = math.fma(h, c, H2);
      h = math.fma(h, c, H1);
      float x2 = h * c;
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
          1f
              - Float.intBitsToFloat(
                  Float.floatToRawIntBits(p2) + (Float.floatToRawIntBits(t) << 23));
      y = x < 0f ? -y : y;
      y = a < ERF_SMALL ? small : y;
      dst[dstOff + i] = Float.isNaN(x) ? x : (x == 0f ? x : y);
    }
  }

  void gelu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float a = Math.abs(x);
      float c = a > FAR ? FAR : a;
      float w = c * c;
      float x2 = w * -0.5f;
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
      y = math.fma(y, math.fma(c, c, -w) * -0.5f, y);
      float t2 = 1f / math.fma(c, 0.25f, 1f);
      float p2 = math.fma(t2, N10, N9);
      p2 = math.fma(p2, t2, N8);
      p2 = math.fma(p2, t2, N7);
      p2 = math.fma(p2, t2, N6);
      p2 = math.fma(p2, t2, N5);
      p2 = math.fma(p2, t2, N4);
      p2 = math.fma(p2, t2, N3);
      p2 = math.fma(p2, t2, N2);
      p2 = math.fma(p2, t2, N1);
      float y2 = y * (t2 * p2);
      float c2 = x < -FAR ? -FAR : x;
      y2 = x <= 0f ? c2 * y2 * s : math.fma(-c2, y2 * s, c2);
      dst[dstOff + i] = x == Float.POSITIVE_INFINITY ? x : y2;
    }
  }

  void geluSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float a = Math.abs(x);
      float c = a > FAR ? FAR : a;
      float w = c * c;
      float x2 = w * -0.5f;
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
      y = math.fma(y, math.fma(c, c, -w) * -0.5f, y);
      float t2 = 1f / math.fma(c, 0.25f, 1f);
      float p2 = math.fma(t2, N10, N9);
      p2 = math.fma(p2, t2, N8);
      p2 = math.fma(p2, t2, N7);
      p2 = math.fma(p2, t2, N6);
      p2 = math.fma(p2, t2, N5);
      p2 = math.fma(p2, t2, N4);
      p2 = math.fma(p2, t2, N3);
      p2 = math.fma(p2, t2, N2);
      p2 = math.fma(p2, t2, N1);
      float y2 = y * (t2 * p2);
      y2 = y2 * s;
      float c2 = x > FAR ? FAR : x;
      float c3 = c2 < -FAR ? -FAR : c2;
      dx[dxOff + i] = math.fma(c3, y * s * DENSITY, x < 0f ? y2 : 1f - y2) * g;
    }
  }

  void geluTanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float v = x * math.fma(x * x, CUBIC, LINEAR);
      float a = Math.abs(v);
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
      float d = math.fma(y, s, 1f);
      float c = x < TANH_FAR ? TANH_FAR : x;
      float n2 = x < 0f ? y : 1f;
      s = x < 0f ? s : 1f;
      dst[dstOff + i] = c * n2 / d * s;
    }
  }

  void geluTanhSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float w = x * x;
      float v = x * math.fma(w, CUBIC, LINEAR);
      float a = Math.abs(v);
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
      float c = x > -TANH_FAR ? -TANH_FAR : x;
      float c2 = c < TANH_FAR ? TANH_FAR : c;
      float u = math.fma(c2 * c2, CUBIC * 3f, LINEAR);
      dx[dxOff + i] = p2 * math.fma(c2 * u, m, 1f) * g;
    }
  }
}
