package io.lanewise.kernels.micro;

import java.util.List;

/** All micro-kernels of one kind: SIMD or scalar. */
public interface KernelSet {
  /** For people: {@code "SIMD 512 bit"} or {@code "scalar"}. */
  String name();

  /** The matrix product's register tiles, all of one width, that with the most rows first. */
  List<MicroKernel> gemm();

  /** Tiles of the same sizes for a B that does not fit in L2; they give the same bits. */
  default List<MicroKernel> gemmFromAfar() {
    return gemm();
  }

  /** A tile of the same width that packs B as it goes. */
  PackingMicroKernel gemmPacking();

  /** Multiplies matrices whose rows lie {@code ld} apart by vectors. */
  MatrixVectorKernel matrixVector(int ld);

  /** Copies rows. */
  CopyKernel copy();

  /** Cuts matrices into panels. */
  PanelKernel panels();

  /** Transposes matrices whose rows lie {@code lds} apart. */
  TransposeKernel transpose(int lds);

  /** The depthwise convolution's loop. */
  DepthwiseKernel depthwise();

  /** The transforms of F(m x m, 3 x 3), m being 2 or 4. */
  WinogradKernels winograd(int m);

  /** The elementwise loops. */
  ElementwiseKernels elementwise();

  /** The activations' loops. */
  ActivationKernels activations();

  /** What losses and other functions of two elements are made of. */
  PairKernels pairs();

  /** Products by matrices kept in 8 or 16 bits. */
  NarrowKernels narrow();

  /** The loops on 8-bit codes. */
  QuantisedKernels quantised();

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
