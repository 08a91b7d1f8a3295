package io.lanewise.kernels.micro;

/** All micro-kernels of one kind: SIMD or scalar. */
public interface KernelSet {
  /** For people: {@code "SIMD 512 bit"} or {@code "scalar"}. */
  String name();

  /** The matrix-product kernel. */
  MicroKernel gemm();

  /** The elementwise loops. */
  ElementwiseKernels elementwise();

  /**
   * The pooling loops for a window and a row's length.
   *
   * @param kh rows of the window
   * @param kw columns of the window
   * @param dilationW distance between its columns
   * @param strideW distance between the windows of neighbouring outputs
   * @param ow outputs of a row
   */
  PoolKernels pool(int kh, int kw, int dilationW, int strideW, int ow);
}
