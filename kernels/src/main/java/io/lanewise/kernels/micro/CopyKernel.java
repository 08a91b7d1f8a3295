package io.lanewise.kernels.micro;

/** Copies rows; source and destination share no element. */
public interface CopyKernel {
  /**
   * {@code dst[i][j] = src[i][j]}.
   *
   * @param src [rows][columns] from {@code srcOff} with rows {@code lds} apart, read
   * @param dst [rows][columns] from {@code dstOff} with rows {@code ldd} apart, written
   */
  void run(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd);
}
