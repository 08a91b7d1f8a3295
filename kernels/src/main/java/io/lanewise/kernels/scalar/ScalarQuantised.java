package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.QuantisedKernels;
import java.util.Arrays;

/** {@link QuantisedKernels} in plain loops, several of which C2 turns into vectors by itself. */
final class ScalarQuantised implements QuantisedKernels {
  /** Adding and subtracting it rounds a float below 2^22 to an integer, halves to even. */
  private static final float ROUND = 0x1.8p23f;

  private static final int CODES = 255;
  private static final int RADIX = 4096;
  private static final float PER_RADIX = 1f / RADIX;

  private final boolean fma;

  ScalarQuantised(boolean fma) {
    this.fma = fma;
  }

  @Override
  public void quantise(
      int n,
      float[] x,
      int xOff,
      float[] scales,
      float[] zeros,
      int table,
      int step,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i++) {
      float zero = zeros[table + i * step];
      float q = x[xOff + i] / scales[table + i * step];
      float code = zero;
      if (!Float.isNaN(q)) {
        code += rint(Math.max(lo - zero, Math.min(hi - zero, q)));
      }
      y[yOff + i] = (byte) (int) code;
    }
  }

  private static float rint(float small) {
    return small + ROUND - ROUND;
  }

  @Override
  public void dequantise(
      int n,
      byte[] x,
      int xOff,
      boolean signed,
      float[] scales,
      float[] zeros,
      int table,
      int step,
      float[] y,
      int yOff) {
    int mask = signed ? -1 : 0xff;
    for (int i = 0; i < n; i++) {
      int t = table + i * step;
      y[yOff + i] = ((x[xOff + i] & mask) - zeros[t]) * scales[t];
    }
  }

  @Override
  public void widen(int n, byte[] x, int xOff, boolean signed, int zero, float[] y, int yOff) {
    int mask = signed ? -1 : 0xff;
    for (int i = 0; i < n; i++) {
      y[yOff + i] = (x[xOff + i] & mask) - zero;
    }
  }

  @Override
  public void fold(int n, float[] part, int partOff, float[] sums, int high, int low) {
    for (int i = 0; i < n; i++) {
      float p = part[partOff + i];
      float h = rint(p * PER_RADIX);
      sums[high + i] += h;
      sums[low + i] += p - h * RADIX;
    }
  }

  @Override
  public void accumulate(
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      int step,
      int[] y,
      int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = sum(sums, high, low, i) + bias[biasOff + i * step];
    }
  }

  private static int sum(float[] sums, int high, int low, int i) {
    int sum = (int) sums[low + i];
    return high < 0 ? sum : sum + RADIX * (int) sums[high + i];
  }

  @Override
  public void requantise(
      int rows,
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      float[] scales,
      int at,
      int step,
      int zero,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    for (int row = 0; row < rows * n; row += n) {
      for (int i = 0; i < n; i++) {
        int sum = sum(sums, high, low, row + i) + bias[biasOff + i * step];
        float q = (float) sum * scales[at + i * step];
        float small = Math.max(lo - zero, Math.min(hi - zero, q));
        y[yOff + row + i] = (byte) ((int) rint(small) + zero);
      }
    }
  }

  @Override
  public void requantiseFixed(
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      int[] multipliers,
      int[] shifts,
      int at,
      int step,
      int zero,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i++) {
      int sum = sum(sums, high, low, i) + bias[biasOff + i * step];
      int shift = shifts[at + i * step];
      long q = ((long) sum * multipliers[at + i * step] + (1L << (shift - 1))) >> shift;
      y[yOff + i] = (byte) Math.clamp(q + zero, lo, hi);
    }
  }

  @Override
  public void scale(
      int n,
      float[] sums,
      int high,
      int low,
      float factor,
      float[] scales,
      int at,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff) {
    for (int i = 0; i < n; i++) {
      float s = factor * scales[at + i];
      float sum = sum(sums, high, low, i);
      float b = bias[biasOff + i];
      y[yOff + i] = fma ? Math.fma(sum, s, b) : sum * s + b;
    }
  }

  @Override
  public float dynamicCodes(int n, float[] x, int xOff, float[] y, int yOff) {
    float min = 0;
    float max = 0;
    for (int i = 0; i < n; i++) { // NaN stays in both
      min = Math.min(min, x[xOff + i]);
      max = Math.max(max, x[xOff + i]);
    }
    float scale = (max - min) / CODES;
    if (!Float.isFinite(scale) || scale < Float.MIN_NORMAL) {
      Arrays.fill(y, yOff, yOff + n, 0f);
      return Float.isFinite(scale) ? 1f : Float.NaN;
    }
    float zero = Math.min(rint(-min / scale), CODES);
    float least = -zero;
    float most = CODES - zero;
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Math.max(least, Math.min(most, rint(x[xOff + i] / scale)));
    }
    return scale;
  }
}
