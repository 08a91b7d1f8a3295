package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.CopyKernel;

/** {@link CopyKernel} as a loop: for short rows a call of arraycopy costs more than it saves. */
final class ScalarCopy implements CopyKernel {
  @Override
  public void run(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      for (int j = 0; j < columns; j++) {
        dst[to + j] = src[from + j];
      }
    }
  }
}
