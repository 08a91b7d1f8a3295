package io.lanewise.kernels.simd;

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

  /** Columns from which on half a vector is stored under a mask, which narrow vectors lack. */
  private static final int LEAST_HALF = 4;

  static {
    VectorPrelude.play();
  }

  /** 32 vector registers, as with AVX-512 and NEON, not 16, as with AVX2 and SSE. */
  private final boolean many;

  private final List<MicroKernel> gemm;
  private final List<MicroKernel> gemmFromAfar;
  private final List<MicroKernel> gemmWide;
  private final List<MicroKernel> halfVector =
      List.of(new VectorTailKernel8x1h(), new VectorTailKernel4x1h(), new VectorTailKernel1x1h());
  private final List<MicroKernel> oneVector =
      List.of(new VectorTailKernel8x1(), new VectorTailKernel4x1(), new VectorTailKernel1x1());
  private final List<MicroKernel> vectorAndHalf;
  private final PackingMicroKernel gemmPacking;
  private final PackingMicroKernel gemmPackingWide;
  private final List<List<TapKernel>> direct;
  private final KernelSet scalar = new ScalarKernels(true); // for ends of rows

  /**
   * Makes the set.
   *
   * @param arch the JVM's name of the architecture
   */
  public SimdKernels(String arch) {
    this.many = V.vectorBitSize() >= 512 || arch.equals("aarch64");
    MicroKernel four = new VectorMicroKernel4x2();
    MicroKernel one = new VectorMicroKernel1x2();
    MicroKernel eight = new VectorMicroKernel8x2();
    MicroKernel seven = new VectorMicroKernel7x2();
    List<MicroKernel> few = List.of(four, one);
    this.gemm = many ? List.of(new VectorMicroKernel12x2(), eight, seven, four, one) : few;
    MicroKernel fourTail = new VectorTailKernel4x2h();
    MicroKernel oneTail = new VectorTailKernel1x2h();
    this.vectorAndHalf =
        many ? List.of(new VectorTailKernel8x2h(), fourTail, oneTail) : List.of(fourTail, oneTail);
    this.gemmWide =
        many
            ? List.of(
                new VectorMicroKernel6x4(),
                new VectorMicroKernel4x4(),
                new VectorMicroKernel2x4(),
                new VectorMicroKernel1x4())
            : few;
    List<TapKernel> two = List.of(new VectorTapKernel4x2(), new VectorTapKernel1x2());
    List<TapKernel> single =
        List.of(new VectorTapKernel8x1(), new VectorTapKernel4x1(), new VectorTapKernel1x1());
    this.direct =
        many
            ? List.of(
                List.of(
                    new VectorTapKernel6x4(), new VectorTapKernel2x4(), new VectorTapKernel1x4()),
                List.of(
                    new VectorTapKernel12x2(), new VectorTapKernel4x2(), new VectorTapKernel1x2()),
                single)
            : List.of(two, single);
    this.gemmPacking = many ? new VectorPackingKernel8x2() : new VectorPackingKernel4x2();
    this.gemmPackingWide = many ? new VectorPackingKernel4x4() : gemmPacking;
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
  public List<MicroKernel> gemmWide() {
    return gemmWide;
  }

  @Override
  public List<MicroKernel> gemmTail(int columns) {
    if (columns == V.length()) {
      return oneVector;
    }
    int half = V.length() / 2;
    if (half < LEAST_HALF || columns % half != 0) {
      return List.of();
    }
    return columns < V.length() ? halfVector : vectorAndHalf;
  }

  @Override
  public List<List<TapKernel>> direct() {
    return direct;
  }

  @Override
  public GroupKernel grouped(int n) {
    boolean wide = n > V.length();
    return switch (n) {
      case 1 -> many ? new VectorGroupKernel12x1() : new VectorGroupKernel8x1();
      case 2 ->
          wide
              ? scalar.grouped(n)
              : many ? new VectorGroupKernel12x2() : new VectorGroupKernel5x2();
      case 4 ->
          wide ? scalar.grouped(n) : many ? new VectorGroupKernel6x4() : new VectorGroupKernel2x4();
      case 8 ->
          wide
              ? new VectorGroupKernelWide8()
              : many ? new VectorGroupKernel2x8() : new VectorGroupKernel1x8();
      default -> throw new IllegalArgumentException("no groups of " + n + " lanes");
    };
  }

  @Override
  public PackingMicroKernel gemmPacking() {
    return gemmPacking;
  }

  @Override
  public PackingMicroKernel gemmPackingWide() {
    return gemmPackingWide;
  }

  @Override
  public MatrixVectorKernel matrixVector() {
    return new VectorMatrixVector(scalar.matrixVector());
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
  public LaneGradientKernel laneGradient() {
    return new VectorLaneGradient(scalar.laneGradient());
  }

  @Override
  public PlaneKernel planes() {
    return new VectorPlanes(scalar.planes());
  }

  @Override
  public WinogradKernels winograd(int m) {
    WinogradKernels rest = scalar.winograd(m);
    return m == 2 ? new VectorWinograd2(rest) : new VectorWinograd4(rest);
  }

  @Override
  public WinogradKernels exactWinograd() {
    return new VectorExactWinograd(winograd(2), scalar.exactWinograd());
  }

  @Override
  public ElementwiseKernels elementwise() {
    return new VectorElementwise();
  }

  @Override
  public ArithmeticKernels arithmetic() {
    return new VectorArithmetic(scalar.arithmetic());
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
  public RandomKernels random() {
    return new VectorRandom(scalar.random());
  }

  @Override
  public ResampleKernels resample() {
    return new VectorResample(scalar.resample());
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
  public LrnKernels lrn() {
    return new VectorLrn(scalar.lrn());
  }

  @Override
  public NormLines normLines() {
    return new VectorNormLines(scalar.normLines());
  }

  @Override
  public NormSums normSums() {
    return new VectorNormSums(scalar.normSums());
  }

  @Override
  public PoolKernels pool(PoolSteps steps) {
    return new VectorPool(steps, scalar.pool(steps));
  }
}
