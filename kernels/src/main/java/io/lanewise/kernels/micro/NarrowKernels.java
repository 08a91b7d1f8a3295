package io.lanewise.kernels.micro;

/**
 * A row times a matrix whose elements take 8 or 16 bits and are widened to floats on the way. The
 * matrix lies in panels of {@link #columns()} columns, [k][columns] each; one call computes two
 * panels. Each result is one chain of multiply-adds in the order of k that starts from y, as in
 * {@link MicroKernel}: the bits are those of the same product of floats.
 */
public interface NarrowKernels {
  /** Columns of a panel: those of the matrix product's register tiles. */
  int columns();

  /**
   * {@code y += x · w}, w of 8-bit integers.
   *
   * @param k length of the sums
   * @param x [k] from {@code xOff}, read
   * @param w two panels, [k][columns] from {@code wOff} and from {@code wOff + panel}, read
   * @param y [2 · columns] from {@code yOff}, added to
   */
  void int8(int k, float[] x, int xOff, byte[] w, int wOff, int panel, float[] y, int yOff);

  /** As {@link #int8}, w the upper halves of floats. */
  void bfloat16(int k, float[] x, int xOff, short[] w, int wOff, int panel, float[] y, int yOff);

  /** As {@link #int8}, w of floats. */
  void floats(int k, float[] x, int xOff, float[] w, int wOff, int panel, float[] y, int yOff);

  /** {@code dst[i] = src[i]}, exactly. */
  void widenInt8(int n, byte[] src, int srcOff, float[] dst, int dstOff);

  /** {@code dst[i] = src[i]}, the upper half of a float's bits. */
  void widenBfloat16(int n, short[] src, int srcOff, float[] dst, int dstOff);

  /** {@code dst[i] = src[i]}, a float of IEEE 754's binary16, exactly. */
  void widenFloat16(int n, short[] src, int srcOff, float[] dst, int dstOff);
}
