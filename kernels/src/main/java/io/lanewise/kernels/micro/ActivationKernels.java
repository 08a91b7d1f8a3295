package io.lanewise.kernels.micro;

/**
 * {@link Curve}s and their slopes over contiguous elements. Every implementation gives the same
 * bits. What is written may be the same window as what is read, but may not overlap it otherwise.
 * Parameters that a curve does not have are not read.
 */
public interface ActivationKernels {
  /** {@code dst = f(src)}. */
  void forward(
      Curve f, float p, float q, float r, float[] src, int srcOff, float[] dst, int dstOff, int n);

  /**
   * {@code dx = dy · f'}.
   *
   * @param src f's input or output, as {@link Curve#slope()} says
   * @throws UnsupportedOperationException if the curve is computed forward only
   */
  void backward(
      Curve f,
      float p,
      float q,
      float r,
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n);
}
