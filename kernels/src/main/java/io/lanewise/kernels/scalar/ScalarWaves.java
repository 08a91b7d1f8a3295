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
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.ExpConstants.TOP;
import static io.lanewise.kernels.micro.PowerConstants.ROOT_SLOPE;
import static io.lanewise.kernels.micro.SineConstants.K10;
import static io.lanewise.kernels.micro.SineConstants.K4;
import static io.lanewise.kernels.micro.SineConstants.K6;
import static io.lanewise.kernels.micro.SineConstants.K8;
import static io.lanewise.kernels.micro.SineConstants.MINUS_HALF_PI_HIGH;
import static io.lanewise.kernels.micro.SineConstants.MINUS_HALF_PI_LOW;
import static io.lanewise.kernels.micro.SineConstants.MINUS_HALF_PI_MIDDLE;
import static io.lanewise.kernels.micro.SineConstants.S3;
import static io.lanewise.kernels.micro.SineConstants.S5;
import static io.lanewise.kernels.micro.SineConstants.S7;
import static io.lanewise.kernels.micro.SineConstants.S9;
import static io.lanewise.kernels.micro.SineConstants.TWO_OVER_PI;
import static io.lanewise.kernels.micro.SineConstants.WAVE_FAR;

/**
 * Loops over elements, each step as the class of vectors takes it: exp, log, erf, sin, cos, and
 * their slopes. Written by tools/kernel-templates/write_arithmetic.py.
 */
final class ScalarWaves {
  private final ScalarMath math;

  ScalarWaves(ScalarMath math) {
    this.math = math;
  }

  void expSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float c = x > TOP ? TOP : x;
      c = c < DEEP ? DEEP : c;
      float t = math.exact(c, LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.exact(j, MINUS_LN2_HIGH, c);
      r = math.exact(j, MINUS_LN2_LOW, r);
      float p = math.exact(r, C7, C6);
      p = math.exact(p, r, C5);
      p = math.exact(p, r, C4);
      p = math.exact(p, r, C3);
      p = math.exact(p, r, C2);
      p = math.exact(r * r, p, r) + 1f;
      boolean deep = c < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(deep ? t + 64f : t) << 23));
      float s = deep ? SCALE : 1f;
      y = y * s;
      y = x > TOP ? Float.POSITIVE_INFINITY : y;
      dx[dxOff + i] = (Float.isNaN(x) ? x : y) * g;
    }
  }

  void logSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = g / x;
    }
  }

  void erfSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float w = x * x;
      float c = w > 112f ? 112f : w;
      float x2 = -c;
      float t = math.exact(x2, LOG2E, ROUND);
      float j = t - ROUND;
      float r = math.exact(j, MINUS_LN2_HIGH, x2);
      r = math.exact(j, MINUS_LN2_LOW, r);
      float p = math.exact(r, C7, C6);
      p = math.exact(p, r, C5);
      p = math.exact(p, r, C4);
      p = math.exact(p, r, C3);
      p = math.exact(p, r, C2);
      p = math.exact(r * r, p, r) + 1f;
      boolean deep = x2 < SCALED;
      float y =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(deep ? t + 64f : t) << 23));
      float s = deep ? SCALE : 1f;
      y = math.exact(y, -math.exact(x, x, -w), y) * s * ROOT_SLOPE;
      dx[dxOff + i] = (w > 112f ? 0f : y) * g;
    }
  }

  void sin(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      if (!(Math.abs(x) <= WAVE_FAR)) {
        dst[dstOff + i] = ScalarCare.sin(x);
        continue;
      }
      float t = math.exact(x, TWO_OVER_PI, ROUND);
      float j = t - ROUND;
      float r = math.exact(j, MINUS_HALF_PI_HIGH, x);
      r = math.exact(j, MINUS_HALF_PI_MIDDLE, r);
      r = math.exact(j, MINUS_HALF_PI_LOW, r);
      float z = r * r;
      float s = math.exact(z, S9, S7);
      s = math.exact(s, z, S5);
      s = math.exact(s, z, S3);
      s = math.exact(r * z, s, r);
      float c = math.exact(z, K10, K8);
      c = math.exact(c, z, K6);
      c = math.exact(c, z, K4);
      c = math.exact(z * z, c, math.exact(z, -0.5f, 1f));
      float y = Float.floatToRawIntBits(t) << 31 < 0 ? c : s;
      dst[dstOff + i] = x == 0f ? x : (Float.floatToRawIntBits(t) << 30 < 0 ? -y : y);
    }
  }

  void sinSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      if (!(Math.abs(x) <= WAVE_FAR)) {
        dx[dxOff + i] = ScalarCare.sinSlope(x, g);
        continue;
      }
      float t = math.exact(x, TWO_OVER_PI, ROUND);
      float j = t - ROUND;
      float r = math.exact(j, MINUS_HALF_PI_HIGH, x);
      r = math.exact(j, MINUS_HALF_PI_MIDDLE, r);
      r = math.exact(j, MINUS_HALF_PI_LOW, r);
      float t2 = t + 1f;
      float z = r * r;
      float s = math.exact(z, S9, S7);
      s = math.exact(s, z, S5);
      s = math.exact(s, z, S3);
      s = math.exact(r * z, s, r);
      float c = math.exact(z, K10, K8);
      c = math.exact(c, z, K6);
      c = math.exact(c, z, K4);
      c = math.exact(z * z, c, math.exact(z, -0.5f, 1f));
      float y = Float.floatToRawIntBits(t2) << 31 < 0 ? c : s;
      dx[dxOff + i] = (Float.floatToRawIntBits(t2) << 30 < 0 ? -y : y) * g;
    }
  }

  void cos(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      if (!(Math.abs(x) <= WAVE_FAR)) {
        dst[dstOff + i] = ScalarCare.cos(x);
        continue;
      }
      float t = math.exact(x, TWO_OVER_PI, ROUND);
      float j = t - ROUND;
      float r = math.exact(j, MINUS_HALF_PI_HIGH, x);
      r = math.exact(j, MINUS_HALF_PI_MIDDLE, r);
      r = math.exact(j, MINUS_HALF_PI_LOW, r);
      float t2 = t + 1f;
      float z = r * r;
      float s = math.exact(z, S9, S7);
      s = math.exact(s, z, S5);
      s = math.exact(s, z, S3);
      s = math.exact(r * z, s, r);
      float c = math.exact(z, K10, K8);
      c = math.exact(c, z, K6);
      c = math.exact(c, z, K4);
      c = math.exact(z * z, c, math.exact(z, -0.5f, 1f));
      float y = Float.floatToRawIntBits(t2) << 31 < 0 ? c : s;
      dst[dstOff + i] = Float.floatToRawIntBits(t2) << 30 < 0 ? -y : y;
    }
  }

  void cosSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      if (!(Math.abs(x) <= WAVE_FAR)) {
        dx[dxOff + i] = ScalarCare.cosSlope(x, g);
        continue;
      }
      float t = math.exact(x, TWO_OVER_PI, ROUND);
      float j = t - ROUND;
      float r = math.exact(j, MINUS_HALF_PI_HIGH, x);
      r = math.exact(j, MINUS_HALF_PI_MIDDLE, r);
      r = math.exact(j, MINUS_HALF_PI_LOW, r);
      float z = r * r;
      float s = math.exact(z, S9, S7);
      s = math.exact(s, z, S5);
      s = math.exact(s, z, S3);
      s = math.exact(r * z, s, r);
      float c = math.exact(z, K10, K8);
      c = math.exact(c, z, K6);
      c = math.exact(c, z, K4);
      c = math.exact(z * z, c, math.exact(z, -0.5f, 1f));
      float y = Float.floatToRawIntBits(t) << 31 < 0 ? c : s;
      dx[dxOff + i] = (Float.floatToRawIntBits(t) << 30 < 0 ? -y : y) * -g;
    }
  }
}
