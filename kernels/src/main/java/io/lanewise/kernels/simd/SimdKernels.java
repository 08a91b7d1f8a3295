package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.DepthwiseKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.MatrixVectorKernel;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.NarrowKernels;
import io.lanewise.kernels.micro.PackingMicroKernel;
import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PanelKernel;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.micro.WinogradKernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the JDK's Vector API, at the width that the JVM prefers. Loaded by name, where its
 * module is there.
 */
public final class SimdKernels implements KernelSet {
  /** The one width that all kernels use; {@code -XX:MaxVectorSize} narrows it. */
  static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;

  private final List<MicroKernel> gemm;
  private final List<MicroKernel> gemmFromAfar;
  private final PackingMicroKernel gemmPacking;
  private final KernelSet scalar = new ScalarKernels(true); // for ends of rows

  /**
   * Makes the set.
   *
   * @param arch the JVM's name of the architecture
   */
  public SimdKernels(String arch) {
    // 32 vector registers with AVX-512 and NEON, 16 with AVX2 and SSE.
    boolean many = V.vectorBitSize() >= 512 || arch.equals("aarch64");
    MicroKernel four = new VectorMicroKernel4x2();
    MicroKernel one = new VectorMicroKernel1x2();
    MicroKernel eight = new VectorMicroKernel8x2();
    MicroKernel seven = new VectorMicroKernel7x2();
    List<MicroKernel> few = List.of(four, one);
    this.gemm = many ? List.of(new VectorMicroKernel12x2(), eight, seven, four, one) : few;
    this.gemmPacking = many ? new VectorPackingKernel8x2() : new VectorPackingKernel4x2();
    this.gemmFromAfar =
        many ? List.of(new VectorMicroKernel12x2Ahead(), eight, seven, four, one) : few;
  }

  @Override
  public String name() {
    return "SIMD " + V.vectorBitSize() + " bit";
  }

  @Override
  public List<MicroKernel> gemm() {
    return gemm;
  }

  @Override
  public List<MicroKernel> gemmFromAfar() {
    return gemmFromAfar;
  }

  @Override
  public PackingMicroKernel gemmPacking() {
    return gemmPacking;
  }

  @Override
  public MatrixVectorKernel matrixVector(int ld) {
    return new VectorMatrixVector(ld, scalar.matrixVector(ld));
  }

  @Override
  public CopyKernel copy() {
    return new VectorCopy(scalar.copy());
  }

  @Override
  public PanelKernel panels() {
    return new VectorPanels(scalar.panels());
  }

  @Override
  public TransposeKernel transpose(int lds) {
    return new VectorTranspose(lds, scalar.transpose(lds));
  }

  @Override
  public DepthwiseKernel depthwise() {
    return new VectorDepthwise(scalar.depthwise());
  }

  @Override
  public WinogradKernels winograd(int m) {
    WinogradKernels rest = scalar.winograd(m);
    return m == 2 ? new VectorWinograd2(rest) : new VectorWinograd4(rest);
  }

  @Override
  public ElementwiseKernels elementwise() {
    return new VectorElementwise();
  }

  @Override
  public ActivationKernels activations() {
    return new VectorActivations(scalar.activations());
  }

  @Override
  public PairKernels pairs() {
    return new VectorPairs(scalar.pairs());
  }

  @Override
  public NarrowKernels narrow() {
    return new VectorNarrow(new ScalarKernels(true).narrow(2 * V.length()));
  }

  @Override
  public QuantisedKernels quantised() {
    return new VectorQuantised(scalar.quantised());
  }

  @Override
  public PoolKernels pool(int kh, int kw, int dilationW, int strideW, int ow) {
    return new VectorPool(kh, kw, dilationW, strideW, ow);
  }
}
