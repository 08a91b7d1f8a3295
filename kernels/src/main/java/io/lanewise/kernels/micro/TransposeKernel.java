package io.lanewise.kernels.micro;

/**
 * Transposes, for one distance {@code lds} between the source's rows; source and destination share
 * no element.
 */
public interface TransposeKernel {
  /**
   * {@code dst[j][i] = src[i][j]}.
   *
   * @param src [rows][columns] from {@code srcOff} with rows {@code lds} apart, read
   * @param dst [columns][rows] from {@code dstOff} with rows {@code ldd} apart, written
   */
  void run(float[] src, int srcOff, int rows, int columns, float[] dst, int dstOff, int ldd);
}
