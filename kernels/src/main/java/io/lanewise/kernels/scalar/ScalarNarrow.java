package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.NarrowKernels;

/**
 * {@link NarrowKernels} without the Vector API: a row of w at a time; C2 turns the loops that only
 * widen into vectors by itself.
 */
final class ScalarNarrow implements NarrowKernels {
  private final int columns;
  private final boolean fma;

  ScalarNarrow(int columns, boolean fma) {
    this.columns = columns;
    this.fma = fma;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void int8(int k, float[] x, int xOff, byte[] w, int wOff, int panel, float[] y, int yOff) {
    for (int p = 0; p < k; p++) {
      float v = x[xOff + p];
      int at = wOff + p * columns;
      for (int j = 0; j < columns; j++) {
        y[yOff + j] = add(v, w[at + j], y[yOff + j]);
        int second = yOff + columns + j;
        y[second] = add(v, w[at + panel + j], y[second]);
      }
    }
  }

  @Override
  public void bfloat16(
      int k, float[] x, int xOff, short[] w, int wOff, int panel, float[] y, int yOff) {
    for (int p = 0; p < k; p++) {
      float v = x[xOff + p];
      int at = wOff + p * columns;
      for (int j = 0; j < columns; j++) {
        y[yOff + j] = add(v, upper(w[at + j]), y[yOff + j]);
        int second = yOff + columns + j;
        y[second] = add(v, upper(w[at + panel + j]), y[second]);
      }
    }
  }

  @Override
  public void floats(
      int k, float[] x, int xOff, float[] w, int wOff, int panel, float[] y, int yOff) {
    for (int p = 0; p < k; p++) {
      float v = x[xOff + p];
      int at = wOff + p * columns;
      for (int j = 0; j < columns; j++) {
        y[yOff + j] = add(v, w[at + j], y[yOff + j]);
        int second = yOff + columns + j;
        y[second] = add(v, w[at + panel + j], y[second]);
      }
    }
  }

  @Override
  public void widenInt8(int n, byte[] src, int srcOff, float[] dst, int dstOff) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = src[srcOff + i];
    }
  }

  @Override
  public void widenBfloat16(int n, short[] src, int srcOff, float[] dst, int dstOff) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = upper(src[srcOff + i]);
    }
  }

  @Override
  public void widenFloat16(int n, short[] src, int srcOff, float[] dst, int dstOff) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Float.float16ToFloat(src[srcOff + i]);
    }
  }

  private static float upper(short bits) {
    return Float.intBitsToFloat(bits << Short.SIZE);
  }

  private float add(float a, float b, float sum) {
    return fma ? Math.fma(a, b, sum) : a * b + sum;
  }
}
