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

  /**
   * Tiles of {@link #gemm}'s panels that write the first {@code columns} columns of each row only,
   * 0 < columns < nr, and may read as many of S and C as a panel has; the same bits. Not there for
   * every number.
   */
  default List<MicroKernel> gemmTail(int columns) {
    return List.of();
  }

  /** A tile of {@link #gemm}'s width that packs B as it goes. */
  PackingMicroKernel gemmPacking();

  /** A tile of {@link #gemmWide}'s width that packs B as it goes. */
  default PackingMicroKernel gemmPackingWide() {
    return gemmPacking();
  }

  /**
   * The direct convolution's tiles: for each width that there is, widest first, tiles of that
   * width, those with the most outputs first. The last of each has one output.
   */
  List<List<TapKernel>> direct();

  /**
   * The grouped convolution's loop.
   *
   * @param n lanes of a group: 1, 2, 4 or 8
   */
  GroupKernel grouped(int n);

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

  /** The loop of weight gradients that stay in their lanes. */
  LaneGradientKernel laneGradient();

  /** The loops of windows over single planes. */
  PlaneKernel planes();

  /** The transforms of F(m x m, 3 x 3), m being 2 or 4. */
  WinogradKernels winograd(int m);

  /**
   * The transforms of F(2 x 2, 3 x 3) on integers: products are multiples of 1/4 up to 2^24 that
   * float32 holds, outputs integers up to 2^24, without bias, and nothing is rounded on the way.
   */
  WinogradKernels exactWinograd();

  /** The elementwise loops. */
  ElementwiseKernels elementwise();

  /** Arithmetic's loops. */
  ArithmeticKernels arithmetic();

  /** The activations' loops. */
  ActivationKernels activations();

  /** What losses and other functions of two elements are made of. */
  PairKernels pairs();

  /** Random words, and dropout by them. */
  RandomKernels random();

  /** The loops of resampling. */
  ResampleKernels resample();

  /** Products by matrices kept in 8 or 16 bits. */
  NarrowKernels narrow();

  /** The loops on 8-bit codes. */
  QuantisedKernels quantised();

  /** The loops of local response normalisation. */
  LrnKernels lrn();

  /** Normalisation once its coefficients are known. */
  NormLines normLines();

  /** The sums behind normalisation's coefficients. */
  NormSums normSums();

  /** The pooling loops for windows whose taps lie {@code steps} apart. */
  PoolKernels pool(PoolSteps steps);
}
