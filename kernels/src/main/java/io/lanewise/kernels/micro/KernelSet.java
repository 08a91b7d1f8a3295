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

  /** Wider and lower tiles, which give the same bits: they start with less ado. */
  default List<MicroKernel> gemmWide() {
    return gemm();
  }

  /** A tile of {@link #gemm}'s width that packs B as it goes. */
  PackingMicroKernel gemmPacking();

  /** A tile of {@link #gemmWide}'s width that packs B as it goes. */
  default PackingMicroKernel gemmPackingWide() {
    return gemmPacking();
  }

  /** Multiplies matrices by vectors. */
  MatrixVectorKernel matrixVector();

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
