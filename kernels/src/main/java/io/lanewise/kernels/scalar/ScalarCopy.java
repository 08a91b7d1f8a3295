package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.CopyKernel;

/** {@link CopyKernel} as a loop: for short rows a call of arraycopy costs more than it saves. */
final class ScalarCopy implements CopyKernel {
  private static final int RGB = 3;

  @Override
  public void run(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    if (columns == RGB) {
      pixels(src, srcOff, lds, rows, dst, dstOff, ldd);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      for (int j = 0; j < columns; j++) {
        dst[to + j] = src[from + j];
      }
    }
  }

  @Override
  public void backwards(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      for (int j = 0; j < columns; j++) {
        dst[to + j] = src[from - j];
      }
    }
  }

  @Override
  public void turned(int turn, float[] src, int srcOff, int count, float[] dst, int dstOff) {
    for (int i = 0; i < count; i++) {
      dst[dstOff + i] = src[srcOff + (i ^ turn)];
    }
  }

  @Override
  public void everySecond(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      for (int j = 0; j < columns; j++) {
        dst[to + j] = src[from + 2 * j];
      }
    }
  }

  /** Rows of three, as images have them: without a loop for each they take a third of the time. */
  private static void pixels(
      float[] src, int srcOff, int lds, int rows, float[] dst, int dstOff, int ldd) {
    int from = srcOff;
    int to = dstOff;
    for (int i = 0; i < rows; i++) {
      dst[to] = src[from];
      dst[to + 1] = src[from + 1];
      dst[to + 2] = src[from + 2];
      from += lds;
      to += ldd;
    }
  }
}
