package io.lanewise.kernels.micro;

/** Copies floats, also in another order; source and destination share none. */
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

  /**
   * {@code dst[i] = src[i XOR turn]}.
   *
   * @param turn from 0 to 7
   * @param src [count] from {@code srcOff}, read
   * @param count a multiple of 16
   * @param dst [count] from {@code dstOff}, written
   */
  void turned(int turn, float[] src, int srcOff, int count, float[] dst, int dstOff);

  /** {@code dst[i][j] = src[i][2 · j]}; arguments as in {@link #run}. */
  void everySecond(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd);
}
