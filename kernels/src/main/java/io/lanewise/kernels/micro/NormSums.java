package io.lanewise.kernels.micro;

/**
 * The sums behind means, variances and their gradients, in float64 and in an order that no width
 * changes; each adds to what {@code s} holds. A product of two floats is exact in float64, so fused
 * or not, the bits are the same.
 *
 * <p>Over contiguous elements the whole sixteens go first: element i to partial sum i mod 16, each
 * partial sum j below 8 is joined by the one of j + 8, these are added in order, and then what is
 * left, element by element. Over columns each column's elements are added in order.
 */
public interface NormSums {
  /** {@code s[sOff] += Σ x}, {@code s[sOff + 1] += Σ x²}. */
  void moments(float[] x, int xOff, int n, double[] s, int sOff);

  /** {@code s[sOff] += Σ g}, {@code s[sOff + 1] += Σ g · x}. */
  void slopes(float[] x, int xOff, float[] g, int gOff, int n, double[] s, int sOff);

  /** As {@link #slopes}, g being {@code dy · w}, rounded to float. */
  void weightedSlopes(
      float[] x, int xOff, float[] dy, int dyOff, float[] w, int wOff, int n, double[] s, int sOff);

  /**
   * Of each column, {@code s[sOff + c] += Σ x}, {@code s[sOff + stride + c] += Σ x²}.
   *
   * @param x [rows][columns], rows {@code stride} apart
   */
  void columnMoments(float[] x, int xOff, int rows, int stride, int columns, double[] s, int sOff);

  /** Of each column, {@code s[sOff + c] += Σ g}, {@code s[sOff + stride + c] += Σ g · x}. */
  void columnSlopes(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      int rows,
      int stride,
      int columns,
      double[] s,
      int sOff);

  /**
   * Element by element, {@code s[sOff + i] += dy}, {@code s[s2Off + i] += dy · t}, t being {@code
   * (x - mean) · r} in floats.
   */
  void elementSlopes(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      int n,
      float mean,
      float r,
      double[] s,
      int sOff,
      int s2Off);
}
