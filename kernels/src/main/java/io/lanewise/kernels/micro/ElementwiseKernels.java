package io.lanewise.kernels.micro;

/**
 * Loops over contiguous elements. Every implementation gives the same bits; {@code src} and {@code
 * dst} may be the same window, but may not overlap otherwise. Each method documents one element.
 */
public interface ElementwiseKernels {
  /**
   * {@code dst = exp(src - shift)} by {@link ExpConstants}, where no element is greater than shift;
   * within 2 ulp for arguments of at least -87, 0 below.
   *
   * @return the sum of dst, as {@link #sum}
   */
  float exponentials(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n);

  /** {@code y = y · factor}. */
  void scale(float[] y, int yOff, int n, float factor);

  /** {@code y = y + x}. */
  void add(float[] x, int xOff, float[] y, int yOff, int n);

  /** The greatest element, NaN if one is NaN, -Infinity of none. */
  float max(float[] x, int xOff, int n);

  /** Where the first of the greatest elements is, or the first NaN; n is positive. */
  int placeOfMax(float[] x, int xOff, int n);

  /** Where the first of the least elements is, or the first NaN; n is positive. */
  int placeOfMin(float[] x, int xOff, int n);

  /**
   * The sum in a fixed order: element i goes to partial sum i mod 16; these are added one after the
   * other.
   */
  float sum(float[] x, int xOff, int n);
}
