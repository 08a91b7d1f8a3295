package io.lanewise.kernels.micro;

/** All micro-kernels of one kind: SIMD or scalar. */
public interface KernelSet {
  /** For people: {@code "SIMD 512 bit"} or {@code "scalar"}. */
  String name();

  /** The matrix-product kernel. */
  MicroKernel gemm();

  /** The elementwise loops. */
  ElementwiseKernels elementwise();

  /** The pooling loops. */
  PoolKernels pool();
}
