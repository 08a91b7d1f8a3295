package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.TransposeKernel;

/** {@link TransposeKernel} in blocks whose lines stay in L1 until they are full. */
final class ScalarTranspose implements TransposeKernel {
  private static final int BLOCK = 16;

  private final int lds;

  ScalarTranspose(int lds) {
    this.lds = lds;
  }

  @Override
  public void run(
      float[] src, int srcOff, int rows, int columns, float[] dst, int dstOff, int ldd) {
    for (int i0 = 0; i0 < rows; i0 += BLOCK) {
      int rowEnd = Math.min(rows, i0 + BLOCK);
      for (int j0 = 0; j0 < columns; j0 += BLOCK) {
        int columnEnd = Math.min(columns, j0 + BLOCK);
        for (int i = i0; i < rowEnd; i++) {
          for (int j = j0; j < columnEnd; j++) {
            dst[dstOff + j * ldd + i] = src[srcOff + i * lds + j];
          }
        }
      }
    }
  }
}
