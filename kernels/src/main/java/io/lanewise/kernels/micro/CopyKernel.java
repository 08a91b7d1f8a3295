package io.lanewise.kernels.micro;

/** Copies rows, also backwards or every second element; source and destination share none. */
public interface CopyKernel {
  /**
   * {@code dst[i][j] = src[i][j]}.
   *
   * @param src [rows][columns] from {@code srcOff} with rows {@code lds} apart, read
   * @param dst [rows][columns] from {@code dstOff} with rows {@code ldd} apart, written
   */
  void run(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd);

  /**
   * {@code dst[i][j] = src[i][-j]}; arguments as in {@link #run}, but {@code srcOff} is where the
   * first row's last element lies, the first to be copied.
   */
  void backwards(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd);

  /** {@code dst[i][j] = src[i][2 · j]}; arguments as in {@link #run}. */
  void everySecond(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd);
}
