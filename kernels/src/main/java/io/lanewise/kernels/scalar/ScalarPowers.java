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
import static io.lanewise.kernels.micro.PowerConstants.ABOVE;
import static io.lanewise.kernels.micro.PowerConstants.NEAR_TOP;
import static io.lanewise.kernels.micro.PowerConstants.W11;
import static io.lanewise.kernels.micro.PowerConstants.W3;
import static io.lanewise.kernels.micro.PowerConstants.W3_LOW;
import static io.lanewise.kernels.micro.PowerConstants.W5;
import static io.lanewise.kernels.micro.PowerConstants.W7;
import static io.lanewise.kernels.micro.PowerConstants.W9;

/**
 * Loops over elements, each step as the class of vectors takes it: fmod, mod, pow, and their
 * slopes. Written by tools/kernel-templates/write_arithmetic.py.
 */
final class ScalarPowers {
  private final ScalarMath math;

  ScalarPowers(ScalarMath math) {
    this.math = math;
  }

  void fmod(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dst[dstOff + i] = ScalarCare.fmod(a, b);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      dst[dstOff + i] = Float.floatToRawIntBits(a) < 0 ? -r : r;
    }
  }

  void fmodA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dst[dstOff + i] = ScalarCare.fmod(a, b);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      dst[dstOff + i] = Float.floatToRawIntBits(a) < 0 ? -r : r;
    }
  }

  void fmodB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dst[dstOff + i] = ScalarCare.fmod(a, b);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      dst[dstOff + i] = Float.floatToRawIntBits(a) < 0 ? -r : r;
    }
  }

  void fmodSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dx[dxOff + i] = ScalarCare.fmodSlopeB(a, b, g);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      dx[dxOff + i] = (Float.floatToRawIntBits(a / b) < 0 ? q : -q) * g;
    }
  }

  void mod(float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dst[dstOff + i] = ScalarCare.mod(a, b);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      float s = a / b;
      float d2 = r == 0f ? 0f : Math.abs(b) - r;
      float y = Float.floatToRawIntBits(s) < 0 ? d2 : r;
      dst[dstOff + i] = Float.floatToRawIntBits(b) < 0 ? -y : y;
    }
  }

  void modA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dst[dstOff + i] = ScalarCare.mod(a, b);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      float s = a / b;
      float d2 = r == 0f ? 0f : Math.abs(b) - r;
      float y = Float.floatToRawIntBits(s) < 0 ? d2 : r;
      dst[dstOff + i] = Float.floatToRawIntBits(b) < 0 ? -y : y;
    }
  }

  void modB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dst[dstOff + i] = ScalarCare.mod(a, b);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      float s = a / b;
      float d2 = r == 0f ? 0f : Math.abs(b) - r;
      float y = Float.floatToRawIntBits(s) < 0 ? d2 : r;
      dst[dstOff + i] = Float.floatToRawIntBits(b) < 0 ? -y : y;
    }
  }

  void modSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      if (!(Math.abs(a / b) + Math.abs(b) * 0f < 4194304f)) {
        dx[dxOff + i] = ScalarCare.modSlopeB(a, b, g);
        continue;
      }
      float m = Math.abs(a);
      float d = Math.abs(b);
      float v = m / d;
      float q = v + 8388608f - 8388608f;
      q = q > v ? q - 1f : q;
      float r = math.exact(-q, d, m);
      boolean over = r < 0f;
      q = over ? q - 1f : q;
      r = over ? r + d : r;
      float up = r == 0f ? q : q + 1f;
      dx[dxOff + i] = (Float.floatToRawIntBits(a / b) < 0 ? up : -q) * g;
    }
  }

  void pow(float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      if (!((Math.abs(a) + Math.abs(b)) * 0f == 0f)) {
        dst[dstOff + i] = ScalarCare.pow(a, b);
        continue;
      }
      float m = Math.abs(a);
      boolean small = m < Float.MIN_NORMAL;
      float u = small ? m * 33554432f : m;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float m2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) & FRACTION) + HALF_ROOT);
      float k = t - (small ? ROUND + 25f : ROUND);
      float f = m2 - 1f;
      float d = m2 + 1f;
      float e = m2 - (d - 1f);
      float s = f / d;
      float c = (math.exact(-s, d, f) - s * e) / d;
      float z = s * s;
      float y = math.exact(s, s, -z) + (s + s) * c;
      float q = math.exact(z, W11, W9);
      q = math.exact(q, z, W7);
      q = math.exact(q, z, W5);
      float w = z * W3;
      float v = math.exact(z, W3, -w) + math.exact(z * z, q, math.exact(z, W3_LOW, y * W3));
      float g = w + 2f;
      float b2 = 2f - g + w + v;
      float p = s * g;
      float r = math.exact(s, g, -p) + math.exact(s, b2, c * g);
      float a2 = k * -MINUS_LN2_HIGH;
      float h = a2 + p;
      float l = a2 - h + p + math.exact(k, -MINUS_LN2_LOW, r);
      float e2 = h * b;
      float rest = math.exact(h, b, -e2) + l * b;
      float c2 = e2 > ABOVE ? ABOVE : e2;
      c2 = c2 < DEEP ? DEEP : c2;
      float t2 = math.exact(c2, LOG2E, ROUND);
      float j = t2 - ROUND;
      float r2 = math.exact(j, MINUS_LN2_HIGH, c2);
      r2 = math.exact(j, MINUS_LN2_LOW, r2);
      r2 = c2 == e2 ? r2 + rest : r2;
      float p2 = math.exact(r2, C7, C6);
      p2 = math.exact(p2, r2, C5);
      p2 = math.exact(p2, r2, C4);
      p2 = math.exact(p2, r2, C3);
      p2 = math.exact(p2, r2, C2);
      p2 = math.exact(r2 * r2, p2, r2) + 1f;
      boolean deep = c2 < SCALED;
      boolean high = c2 > NEAR_TOP;
      float y2 =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2)
                  + (Float.floatToRawIntBits(deep ? t2 + 64f : (high ? t2 - 1f : t2)) << 23));
      float y3 = y2 * (deep ? SCALE : (high ? 2f : 1f));
      y3 = m == 0f ? (b > 0f ? 0f : Float.POSITIVE_INFINITY) : y3;
      float a3 = Math.abs(b);
      float r3 = a3 + 8388608f - 8388608f;
      r3 = a3 < 8388608f ? r3 : a3;
      float n2 = Float.floatToRawIntBits(b) < 0 ? -r3 : r3;
      boolean integer = n2 == b;
      float half = b * 0.5f;
      float a4 = Math.abs(half);
      float r4 = a4 + 8388608f - 8388608f;
      r4 = a4 < 8388608f ? r4 : a4;
      n2 = Float.floatToRawIntBits(half) < 0 ? -r4 : r4;
      y3 = a < 0f ? (integer ? y3 : Float.NaN) : y3;
      float odd = n2 == half ? y3 : -y3;
      y3 = Float.floatToRawIntBits(a) < 0 ? (integer ? odd : y3) : y3;
      y3 = b == 2f ? a * a : y3;
      y3 = b == 1f ? a : y3;
      dst[dstOff + i] = b == 0f ? 1f : y3;
    }
  }

  void powA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      if (!((Math.abs(a) + Math.abs(b)) * 0f == 0f)) {
        dst[dstOff + i] = ScalarCare.pow(a, b);
        continue;
      }
      float m = Math.abs(a);
      boolean small = m < Float.MIN_NORMAL;
      float u = small ? m * 33554432f : m;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float m2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) & FRACTION) + HALF_ROOT);
      float k = t - (small ? ROUND + 25f : ROUND);
      float f = m2 - 1f;
      float d = m2 + 1f;
      float e = m2 - (d - 1f);
      float s = f / d;
      float c = (math.exact(-s, d, f) - s * e) / d;
      float z = s * s;
      float y = math.exact(s, s, -z) + (s + s) * c;
      float q = math.exact(z, W11, W9);
      q = math.exact(q, z, W7);
      q = math.exact(q, z, W5);
      float w = z * W3;
      float v = math.exact(z, W3, -w) + math.exact(z * z, q, math.exact(z, W3_LOW, y * W3));
      float g = w + 2f;
      float b2 = 2f - g + w + v;
      float p = s * g;
      float r = math.exact(s, g, -p) + math.exact(s, b2, c * g);
      float a2 = k * -MINUS_LN2_HIGH;
      float h = a2 + p;
      float l = a2 - h + p + math.exact(k, -MINUS_LN2_LOW, r);
      float e2 = h * b;
      float rest = math.exact(h, b, -e2) + l * b;
      float c2 = e2 > ABOVE ? ABOVE : e2;
      c2 = c2 < DEEP ? DEEP : c2;
      float t2 = math.exact(c2, LOG2E, ROUND);
      float j = t2 - ROUND;
      float r2 = math.exact(j, MINUS_LN2_HIGH, c2);
      r2 = math.exact(j, MINUS_LN2_LOW, r2);
      r2 = c2 == e2 ? r2 + rest : r2;
      float p2 = math.exact(r2, C7, C6);
      p2 = math.exact(p2, r2, C5);
      p2 = math.exact(p2, r2, C4);
      p2 = math.exact(p2, r2, C3);
      p2 = math.exact(p2, r2, C2);
      p2 = math.exact(r2 * r2, p2, r2) + 1f;
      boolean deep = c2 < SCALED;
      boolean high = c2 > NEAR_TOP;
      float y2 =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2)
                  + (Float.floatToRawIntBits(deep ? t2 + 64f : (high ? t2 - 1f : t2)) << 23));
      float y3 = y2 * (deep ? SCALE : (high ? 2f : 1f));
      y3 = m == 0f ? (b > 0f ? 0f : Float.POSITIVE_INFINITY) : y3;
      float a3 = Math.abs(b);
      float r3 = a3 + 8388608f - 8388608f;
      r3 = a3 < 8388608f ? r3 : a3;
      float n2 = Float.floatToRawIntBits(b) < 0 ? -r3 : r3;
      boolean integer = n2 == b;
      float half = b * 0.5f;
      float a4 = Math.abs(half);
      float r4 = a4 + 8388608f - 8388608f;
      r4 = a4 < 8388608f ? r4 : a4;
      n2 = Float.floatToRawIntBits(half) < 0 ? -r4 : r4;
      y3 = a < 0f ? (integer ? y3 : Float.NaN) : y3;
      float odd = n2 == half ? y3 : -y3;
      y3 = Float.floatToRawIntBits(a) < 0 ? (integer ? odd : y3) : y3;
      y3 = b == 2f ? a * a : y3;
      y3 = b == 1f ? a : y3;
      dst[dstOff + i] = b == 0f ? 1f : y3;
    }
  }

  void powB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      if (!((Math.abs(a) + Math.abs(b)) * 0f == 0f)) {
        dst[dstOff + i] = ScalarCare.pow(a, b);
        continue;
      }
      float m = Math.abs(a);
      boolean small = m < Float.MIN_NORMAL;
      float u = small ? m * 33554432f : m;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float m2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) & FRACTION) + HALF_ROOT);
      float k = t - (small ? ROUND + 25f : ROUND);
      float f = m2 - 1f;
      float d = m2 + 1f;
      float e = m2 - (d - 1f);
      float s = f / d;
      float c = (math.exact(-s, d, f) - s * e) / d;
      float z = s * s;
      float y = math.exact(s, s, -z) + (s + s) * c;
      float q = math.exact(z, W11, W9);
      q = math.exact(q, z, W7);
      q = math.exact(q, z, W5);
      float w = z * W3;
      float v = math.exact(z, W3, -w) + math.exact(z * z, q, math.exact(z, W3_LOW, y * W3));
      float g = w + 2f;
      float b2 = 2f - g + w + v;
      float p = s * g;
      float r = math.exact(s, g, -p) + math.exact(s, b2, c * g);
      float a2 = k * -MINUS_LN2_HIGH;
      float h = a2 + p;
      float l = a2 - h + p + math.exact(k, -MINUS_LN2_LOW, r);
      float e2 = h * b;
      float rest = math.exact(h, b, -e2) + l * b;
      float c2 = e2 > ABOVE ? ABOVE : e2;
      c2 = c2 < DEEP ? DEEP : c2;
      float t2 = math.exact(c2, LOG2E, ROUND);
      float j = t2 - ROUND;
      float r2 = math.exact(j, MINUS_LN2_HIGH, c2);
      r2 = math.exact(j, MINUS_LN2_LOW, r2);
      r2 = c2 == e2 ? r2 + rest : r2;
      float p2 = math.exact(r2, C7, C6);
      p2 = math.exact(p2, r2, C5);
      p2 = math.exact(p2, r2, C4);
      p2 = math.exact(p2, r2, C3);
      p2 = math.exact(p2, r2, C2);
      p2 = math.exact(r2 * r2, p2, r2) + 1f;
      boolean deep = c2 < SCALED;
      boolean high = c2 > NEAR_TOP;
      float y2 =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2)
                  + (Float.floatToRawIntBits(deep ? t2 + 64f : (high ? t2 - 1f : t2)) << 23));
      float y3 = y2 * (deep ? SCALE : (high ? 2f : 1f));
      y3 = m == 0f ? (b > 0f ? 0f : Float.POSITIVE_INFINITY) : y3;
      float a3 = Math.abs(b);
      float r3 = a3 + 8388608f - 8388608f;
      r3 = a3 < 8388608f ? r3 : a3;
      float n2 = Float.floatToRawIntBits(b) < 0 ? -r3 : r3;
      boolean integer = n2 == b;
      float half = b * 0.5f;
      float a4 = Math.abs(half);
      float r4 = a4 + 8388608f - 8388608f;
      r4 = a4 < 8388608f ? r4 : a4;
      n2 = Float.floatToRawIntBits(half) < 0 ? -r4 : r4;
      y3 = a < 0f ? (integer ? y3 : Float.NaN) : y3;
      float odd = n2 == half ? y3 : -y3;
      y3 = Float.floatToRawIntBits(a) < 0 ? (integer ? odd : y3) : y3;
      y3 = b == 2f ? a * a : y3;
      y3 = b == 1f ? a : y3;
      dst[dstOff + i] = b == 0f ? 1f : y3;
    }
  }

  void powSlopeA(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      if (!((Math.abs(a) + Math.abs(b)) * 0f == 0f)) {
        dx[dxOff + i] = ScalarCare.powSlopeA(a, b, g);
        continue;
      }
      float c = b - 1f;
      float m = Math.abs(a);
      boolean small = m < Float.MIN_NORMAL;
      float u = small ? m * 33554432f : m;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float m2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) & FRACTION) + HALF_ROOT);
      float k = t - (small ? ROUND + 25f : ROUND);
      float f = m2 - 1f;
      float d = m2 + 1f;
      float e = m2 - (d - 1f);
      float s = f / d;
      float c2 = (math.exact(-s, d, f) - s * e) / d;
      float z = s * s;
      float y = math.exact(s, s, -z) + (s + s) * c2;
      float q = math.exact(z, W11, W9);
      q = math.exact(q, z, W7);
      q = math.exact(q, z, W5);
      float w = z * W3;
      float v = math.exact(z, W3, -w) + math.exact(z * z, q, math.exact(z, W3_LOW, y * W3));
      float g2 = w + 2f;
      float b2 = 2f - g2 + w + v;
      float p = s * g2;
      float r = math.exact(s, g2, -p) + math.exact(s, b2, c2 * g2);
      float a2 = k * -MINUS_LN2_HIGH;
      float h = a2 + p;
      float l = a2 - h + p + math.exact(k, -MINUS_LN2_LOW, r);
      float e2 = h * c;
      float rest = math.exact(h, c, -e2) + l * c;
      float c3 = e2 > ABOVE ? ABOVE : e2;
      c3 = c3 < DEEP ? DEEP : c3;
      float t2 = math.exact(c3, LOG2E, ROUND);
      float j = t2 - ROUND;
      float r2 = math.exact(j, MINUS_LN2_HIGH, c3);
      r2 = math.exact(j, MINUS_LN2_LOW, r2);
      r2 = c3 == e2 ? r2 + rest : r2;
      float p2 = math.exact(r2, C7, C6);
      p2 = math.exact(p2, r2, C5);
      p2 = math.exact(p2, r2, C4);
      p2 = math.exact(p2, r2, C3);
      p2 = math.exact(p2, r2, C2);
      p2 = math.exact(r2 * r2, p2, r2) + 1f;
      boolean deep = c3 < SCALED;
      boolean high = c3 > NEAR_TOP;
      float y2 =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2)
                  + (Float.floatToRawIntBits(deep ? t2 + 64f : (high ? t2 - 1f : t2)) << 23));
      float y3 = y2 * (deep ? SCALE : (high ? 2f : 1f));
      y3 = m == 0f ? (c > 0f ? 0f : Float.POSITIVE_INFINITY) : y3;
      float a3 = Math.abs(c);
      float r3 = a3 + 8388608f - 8388608f;
      r3 = a3 < 8388608f ? r3 : a3;
      float n2 = Float.floatToRawIntBits(c) < 0 ? -r3 : r3;
      boolean integer = n2 == c;
      float half = c * 0.5f;
      float a4 = Math.abs(half);
      float r4 = a4 + 8388608f - 8388608f;
      r4 = a4 < 8388608f ? r4 : a4;
      n2 = Float.floatToRawIntBits(half) < 0 ? -r4 : r4;
      y3 = a < 0f ? (integer ? y3 : Float.NaN) : y3;
      float odd = n2 == half ? y3 : -y3;
      y3 = Float.floatToRawIntBits(a) < 0 ? (integer ? odd : y3) : y3;
      y3 = c == 2f ? a * a : y3;
      y3 = c == 1f ? a : y3;
      float y4 = c == 0f ? 1f : y3;
      dx[dxOff + i] = b == 0f ? 0f : g * (b * y4);
    }
  }

  void powSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      if (!((Math.abs(a) + Math.abs(b)) * 0f == 0f)) {
        dx[dxOff + i] = ScalarCare.powSlopeB(a, b, g);
        continue;
      }
      float m = Math.abs(a);
      boolean small = m < Float.MIN_NORMAL;
      float u = small ? m * 33554432f : m;
      float t = Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) >> 23) + ROUND_BITS);
      float m2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u) - HALF_ROOT) & FRACTION) + HALF_ROOT);
      float k = t - (small ? ROUND + 25f : ROUND);
      float f = m2 - 1f;
      float d = m2 + 1f;
      float e = m2 - (d - 1f);
      float s = f / d;
      float c = (math.exact(-s, d, f) - s * e) / d;
      float z = s * s;
      float y = math.exact(s, s, -z) + (s + s) * c;
      float q = math.exact(z, W11, W9);
      q = math.exact(q, z, W7);
      q = math.exact(q, z, W5);
      float w = z * W3;
      float v = math.exact(z, W3, -w) + math.exact(z * z, q, math.exact(z, W3_LOW, y * W3));
      float g2 = w + 2f;
      float b2 = 2f - g2 + w + v;
      float p = s * g2;
      float r = math.exact(s, g2, -p) + math.exact(s, b2, c * g2);
      float a2 = k * -MINUS_LN2_HIGH;
      float h = a2 + p;
      float l = a2 - h + p + math.exact(k, -MINUS_LN2_LOW, r);
      float e2 = h * b;
      float rest = math.exact(h, b, -e2) + l * b;
      float c2 = e2 > ABOVE ? ABOVE : e2;
      c2 = c2 < DEEP ? DEEP : c2;
      float t2 = math.exact(c2, LOG2E, ROUND);
      float j = t2 - ROUND;
      float r2 = math.exact(j, MINUS_LN2_HIGH, c2);
      r2 = math.exact(j, MINUS_LN2_LOW, r2);
      r2 = c2 == e2 ? r2 + rest : r2;
      float p2 = math.exact(r2, C7, C6);
      p2 = math.exact(p2, r2, C5);
      p2 = math.exact(p2, r2, C4);
      p2 = math.exact(p2, r2, C3);
      p2 = math.exact(p2, r2, C2);
      p2 = math.exact(r2 * r2, p2, r2) + 1f;
      boolean deep = c2 < SCALED;
      boolean high = c2 > NEAR_TOP;
      float y2 =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(p2)
                  + (Float.floatToRawIntBits(deep ? t2 + 64f : (high ? t2 - 1f : t2)) << 23));
      float y3 = y2 * (deep ? SCALE : (high ? 2f : 1f));
      y3 = m == 0f ? (b > 0f ? 0f : Float.POSITIVE_INFINITY) : y3;
      float a3 = Math.abs(b);
      float r3 = a3 + 8388608f - 8388608f;
      r3 = a3 < 8388608f ? r3 : a3;
      float n2 = Float.floatToRawIntBits(b) < 0 ? -r3 : r3;
      boolean integer = n2 == b;
      float half = b * 0.5f;
      float a4 = Math.abs(half);
      float r4 = a4 + 8388608f - 8388608f;
      r4 = a4 < 8388608f ? r4 : a4;
      n2 = Float.floatToRawIntBits(half) < 0 ? -r4 : r4;
      y3 = a < 0f ? (integer ? y3 : Float.NaN) : y3;
      float odd = n2 == half ? y3 : -y3;
      y3 = Float.floatToRawIntBits(a) < 0 ? (integer ? odd : y3) : y3;
      y3 = b == 2f ? a * a : y3;
      y3 = b == 1f ? a : y3;
      float y4 = b == 0f ? 1f : y3;
      boolean small2 = a < Float.MIN_NORMAL;
      float u2 = small2 ? a * 33554432f : a;
      float t3 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u2) - HALF_ROOT) >> 23) + ROUND_BITS);
      float f2 =
          Float.intBitsToFloat(((Float.floatToRawIntBits(u2) - HALF_ROOT) & FRACTION) + HALF_ROOT)
              - 1f;
      float k2 = t3 - (small2 ? ROUND + 25f : ROUND);
      float q2 = math.exact(f2, G10, G9);
      q2 = math.exact(q2, f2, G8);
      q2 = math.exact(q2, f2, G7);
      q2 = math.exact(q2, f2, G6);
      q2 = math.exact(q2, f2, G5);
      q2 = math.exact(q2, f2, G4);
      q2 = math.exact(q2, f2, G3);
      q2 = math.exact(q2, f2, G2);
      float r5 = math.exact(f2 * f2, q2, f2);
      float y5 = math.exact(k2, LN2, r5);
      y5 = a == Float.POSITIVE_INFINITY ? a : y5;
      y5 = a == 0f ? -Float.POSITIVE_INFINITY : y5;
      float l2 = a >= 0f ? y5 : Float.NaN;
      float g3 = g * (y4 * l2);
      dx[dxOff + i] = a == 0f ? (b >= 0f ? 0f : g3) : g3;
    }
  }
}
