package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.DepthwiseKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.GroupKernel;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.LaneGradientKernel;
import io.lanewise.kernels.micro.LrnKernels;
import io.lanewise.kernels.micro.MatrixVectorKernel;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.NarrowKernels;
import io.lanewise.kernels.micro.NormLines;
import io.lanewise.kernels.micro.NormSums;
import io.lanewise.kernels.micro.PackingMicroKernel;
import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PanelKernel;
import io.lanewise.kernels.micro.PlaneKernel;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.RandomKernels;
import io.lanewise.kernels.micro.ResampleKernels;
import io.lanewise.kernels.micro.TapKernel;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.micro.WinogradKernels;
import java.util.List;

/**
 * The kernels without the Vector API: tuned loops that run wherever SIMD cannot. With a hardware
 * fused multiply-add they give the SIMD kernels' bits; without one, products are rounded before
 * they are added.
 */
public final class ScalarKernels implements KernelSet {
  private final boolean fma;

  /**
   * Makes the set.
   *
   * @param fma true to fuse multiply-adds, which must then be one instruction
   */
  public ScalarKernels(boolean fma) {
    this.fma = fma;
  }

  @Override
  public String name() {
    return fma ? "scalar" : "scalar without fused multiply-add";
  }

  @Override
  public List<MicroKernel> gemm() {
    return List.of(fma ? new ScalarMicroKernel() : new UnfusedMicroKernel());
  }

  @Override
  public List<List<TapKernel>> direct() {
    return List.of(List.of(new ScalarTapKernel(fma)));
  }

  @Override
  public GroupKernel grouped(int n) {
    return new ScalarGroupKernel(n, fma);
  }

  @Override
  public PackingMicroKernel gemmPacking() {
    return new ScalarPackingKernel(gemm().getFirst());
  }

  @Override
  public MatrixVectorKernel matrixVector() {
    return new ScalarMatrixVector(fma);
  }

  @Override
  public CopyKernel copy() {
    return new ScalarCopy();
  }

  @Override
  public PanelKernel panels() {
    return new ScalarPanels();
  }

  @Override
  public TransposeKernel transpose(int lds) {
    return new ScalarTranspose(lds);
  }

  @Override
  public DepthwiseKernel depthwise() {
    return new ScalarDepthwise(fma);
  }

  @Override
  public LaneGradientKernel laneGradient() {
    return new ScalarLaneGradient(fma);
  }

  @Override
  public PlaneKernel planes() {
    return new ScalarPlanes(fma);
  }

  @Override
  public WinogradKernels winograd(int m) {
    return switch (m) {
      case 2 -> new ScalarWinograd2();
      case 4 -> new ScalarWinograd4(fma);
      default -> throw new IllegalArgumentException("m must be 2 or 4, got " + m);
    };
  }

  @Override
  public WinogradKernels exactWinograd() {
    return new ScalarExactWinograd(new ScalarWinograd2());
  }

  @Override
  public ElementwiseKernels elementwise() {
    return new ScalarElementwise(fma);
  }

  @Override
  public ArithmeticKernels arithmetic() {
    return new ScalarArithmetic(fma);
  }

  @Override
  public ActivationKernels activations() {
    return new ScalarActivations(fma);
  }

  @Override
  public PairKernels pairs() {
    return new ScalarPairs();
  }

  @Override
  public RandomKernels random() {
    return new ScalarRandom(fma);
  }

  @Override
  public ResampleKernels resample() {
    return new ScalarResample(fma);
  }

  @Override
  public NarrowKernels narrow() {
    return narrow(gemm().getFirst().nr());
  }

  /** For panels of another width, so many columns. */
  public NarrowKernels narrow(int columns) {
    return new ScalarNarrow(columns, fma);
  }

  @Override
  public QuantisedKernels quantised() {
    return new ScalarQuantised(fma);
  }

  @Override
  public LrnKernels lrn() {
    return new ScalarLrn(fma);
  }

  @Override
  public NormLines normLines() {
    return new ScalarNormLines(fma);
  }

  @Override
  public NormSums normSums() {
    return new ScalarNormSums();
  }

  @Override
  public PoolKernels pool(PoolSteps steps) {
    return new ScalarPool(steps);
  }
}
