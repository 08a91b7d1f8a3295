package io.lanewise.kernels.micro;

/**
 * Sparse weighted sums, as in resizing and grid sampling. A sum is one chain: its first product,
 * then one fused multiply-add a tap in the order of the taps. Every implementation gives the same
 * bits; source and destination share no element.
 */
public interface ResampleKernels {
  /**
   * {@code dst[o - from][j] = Σ over t in [start[o], start[o + 1]) of weight[t] · src[index[t]][j]}
   * for o in [from, to), j below n; 0 of no taps. A single tap of weight 1 is copied.
   *
   * @param src rows of n from {@code srcOff}, which may be negative where no tap reads there
   * @param dst [to - from][n] from {@code dstOff}, written
   */
  void lines(
      int from,
      int to,
      int[] start,
      int[] index,
      float[] weight,
      float[] src,
      int srcOff,
      int n,
      float[] dst,
      int dstOff);

  /**
   * {@code dst[i] = Σ over t below taps of weight[weightOff + t · ld + i] · src[srcOff +
   * index[indexOff + t · ld + i]]} for i below n. A tap of weight 0 counts as 0 · -0, whatever it
   * points at, so it changes no sum; its index must lie in {@code src} still. Of nothing but such
   * taps the sum is 0 if the first has weight -0, otherwise -0.
   *
   * @param index [taps][ld] from {@code indexOff}
   * @param weight [taps][ld] from {@code weightOff}
   * @param dst [n] from {@code dstOff}, written
   */
  void gather(
      int taps,
      int[] index,
      int indexOff,
      float[] weight,
      int weightOff,
      int ld,
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      int n);

  /** {@code dst[i] = src[srcOff + index[off + i]]} for i below n. */
  void pick(int[] index, int off, float[] src, int srcOff, float[] dst, int dstOff, int n);

  /**
   * The transpose of {@link #gather}: {@code dst[dstOff + index[indexOff + t · ld + i]] +=
   * weight[weightOff + t · ld + i] · src[srcOff + i]}, for t below taps within i below n, each
   * product and each sum rounded; taps of weight 0 are left out.
   */
  void scatter(
      int taps,
      int[] index,
      int indexOff,
      float[] weight,
      int weightOff,
      int ld,
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      int n);

  /** {@code c[i] = fma(a[i], b[i], c[i])} for i below n. */
  void multiplyAdd(float[] a, int aOff, float[] b, int bOff, float[] c, int cOff, int n);
}
