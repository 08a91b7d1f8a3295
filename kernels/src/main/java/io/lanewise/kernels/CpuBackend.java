package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.KernelActivation;
import io.lanewise.kernels.activation.KernelPRelu;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.KernelArithmetic;
import io.lanewise.kernels.conv.ConvAlgorithms;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.DepthwiseBlock;
import io.lanewise.kernels.conv.DepthwiseBlockShape;
import io.lanewise.kernels.conv.DepthwiseBlocks;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.conv.TransposedConvs;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.dropout.KernelDropouts;
import io.lanewise.kernels.gemm.BlockedGemm;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.gemm.MatrixVector;
import io.lanewise.kernels.linear.GemmLinearBackwardData;
import io.lanewise.kernels.linear.GemmLinearBackwardWeights;
import io.lanewise.kernels.linear.GemmLinearForward;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.loss.KernelLosses;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.movement.KernelMovements;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.norm.KernelNormalisations;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.KernelPooling;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.quantised.KernelQuantised;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.resample.KernelResampling;
import io.lanewise.kernels.resample.Resampling;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.softmax.KernelAxisSoftmax;
import io.lanewise.kernels.softmax.KernelSoftmax;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The production backend: SIMD kernels where the JVM can compile them, otherwise scalar ones. Why
 * it is not SIMD, if it is not, goes once to the log and stays in {@link #describe()}.
 */
public final class CpuBackend implements Backend {
  private static final String SIMD_KERNELS = "io.lanewise.kernels.simd.SimdKernels";

  private static final int LEAST_CACHE = 1 << 10;
  private static final int L1_PARTS = 8;

  private final Target target;
  private final String why;

  private CpuBackend(Machine machine, KernelSet kernels, String why) {
    this.target = new Target(machine, kernels);
    this.why = why;
  }

  /**
   * SIMD if possible, unless the system property {@value Machine#BACKEND_PROPERTY} asks otherwise.
   *
   * @throws IllegalArgumentException if the property has another value than auto, simd or scalar
   * @throws UnsupportedOperationException if the property asks for SIMD and it cannot run
   */
  public static CpuBackend best() {
    checkRequest(); // an exception in Best's initializer would come wrapped, and once only
    return Best.BACKEND;
  }

  private static void checkRequest() {
    String wish = Machine.requestedBackend();
    if (wish.equals("simd")) {
      requireSimd(Machine.detect());
    } else if (!wish.equals("auto") && !wish.equals("scalar")) {
      throw new IllegalArgumentException(
          "-D" + Machine.BACKEND_PROPERTY + " must be auto, simd or scalar, got '" + wish + "'");
    }
  }

  /** Chosen and logged once in a JVM. */
  private static final class Best {
    static final CpuBackend BACKEND = choose();

    private static CpuBackend choose() {
      String wish = Machine.requestedBackend();
      Machine machine = Machine.detect();
      return switch (wish) {
        case "scalar" ->
            scalar(machine, "asked for with -D" + Machine.BACKEND_PROPERTY + "=scalar");
        case "simd" -> simd();
        default -> simdIfPossible(machine);
      };
    }

    private static CpuBackend simdIfPossible(Machine machine) {
      if (machine.noSimd().isEmpty()) {
        return simd(machine);
      }
      String reason = machine.noSimd().get();
      System.getLogger("io.lanewise")
          .log(System.Logger.Level.WARNING, "Lanewise runs scalar, many times slower: " + reason);
      return scalar(machine, reason);
    }
  }

  /**
   * The SIMD backend.
   *
   * @throws UnsupportedOperationException saying why this JVM or machine cannot run it
   */
  public static CpuBackend simd() {
    Machine machine = Machine.detect();
    requireSimd(machine);
    return simd(machine);
  }

  private static void requireSimd(Machine machine) {
    if (machine.noSimd().isPresent()) {
      throw new UnsupportedOperationException("SIMD cannot run: " + machine.noSimd().get());
    }
  }

  /** The scalar backend, which runs everywhere. */
  public static CpuBackend scalar() {
    return scalar(Machine.detect(), "asked for");
  }

  private static CpuBackend simd(Machine machine) {
    return new CpuBackend(machine, loadSimd(machine), "hardware vectors and fused multiply-add");
  }

  private static CpuBackend scalar(Machine machine, String why) {
    return new CpuBackend(machine, new ScalarKernels(machine.fma()), why);
  }

  /** By name, so that a JVM without the vector module never loads the class. */
  private static KernelSet loadSimd(Machine machine) {
    try {
      return Class.forName(SIMD_KERNELS)
          .asSubclass(KernelSet.class)
          .getConstructor(String.class)
          .newInstance(machine.arch());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the SIMD kernels are part of this jar", e);
    }
  }

  @Override
  public String describe() {
    return target.kernels().name() + " (" + why + ")";
  }

  /** What plans are made for. */
  public Target target() {
    return target;
  }

  /**
   * The same kernels, planned for a second-level cache of a share of this machine's size.
   *
   * @param tinyL1 whether for a first-level cache that holds only short pieces of sums, too
   */
  CpuBackend withCache(double share, boolean tinyL1) {
    Machine m = target.machine();
    int l1 = tinyL1 ? m.l1Bytes() / L1_PARTS : m.l1Bytes();
    int l2 = (int) Math.max(LEAST_CACHE, m.l2Bytes() * share);
    Machine other = new Machine(m.arch(), m.cores(), l1, l2, m.fma(), m.noSimd());
    return new CpuBackend(other, target.kernels(), why);
  }

  @Override
  public Gemm gemm(GemmShape shape) {
    return MatrixVector.computes(shape)
        ? new MatrixVector(shape, target)
        : new BlockedGemm(shape, target);
  }

  @Override
  public ConvForward convForward(ConvShape shape, ConvOptions options) {
    return ConvAlgorithms.plan(ConvAlgorithms.FORWARD, shape, options, target);
  }

  @Override
  public ConvBackwardData convBackwardData(ConvShape shape, ConvOptions options) {
    return ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_DATA, shape, options, target);
  }

  @Override
  public ConvBackwardWeights convBackwardWeights(ConvShape shape, ConvOptions options) {
    return ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_WEIGHTS, shape, options, target);
  }

  @Override
  public List<ConvForward> convForwardPlans(ConvShape shape, ConvOptions options) {
    return ConvAlgorithms.plans(ConvAlgorithms.FORWARD, shape, options, target);
  }

  @Override
  public List<ConvBackwardData> convBackwardDataPlans(ConvShape shape, ConvOptions options) {
    return ConvAlgorithms.plans(ConvAlgorithms.BACKWARD_DATA, shape, options, target);
  }

  @Override
  public List<ConvBackwardWeights> convBackwardWeightsPlans(ConvShape shape, ConvOptions options) {
    return ConvAlgorithms.plans(ConvAlgorithms.BACKWARD_WEIGHTS, shape, options, target);
  }

  @Override
  public Optional<DepthwiseBlock> depthwiseBlock(DepthwiseBlockShape shape, ConvOptions options) {
    return DepthwiseBlocks.plan(shape, options, target);
  }

  @Override
  public TransposedConvForward transposedConvForward(
      TransposedConvShape shape, ConvOptions options) {
    return TransposedConvs.forward(shape, options, target);
  }

  @Override
  public List<TransposedConvForward> transposedConvForwardPlans(
      TransposedConvShape shape, ConvOptions options) {
    return TransposedConvs.forwardPlans(shape, options, target);
  }

  @Override
  public TransposedConvBackwardData transposedConvBackwardData(
      TransposedConvShape shape, ConvOptions options) {
    return TransposedConvs.backwardData(shape, options, target);
  }

  @Override
  public List<TransposedConvBackwardData> transposedConvBackwardDataPlans(
      TransposedConvShape shape, ConvOptions options) {
    return TransposedConvs.backwardDataPlans(shape, options, target);
  }

  @Override
  public TransposedConvBackwardWeights transposedConvBackwardWeights(
      TransposedConvShape shape, ConvOptions options) {
    return TransposedConvs.backwardWeights(shape, options, target);
  }

  @Override
  public List<TransposedConvBackwardWeights> transposedConvBackwardWeightsPlans(
      TransposedConvShape shape, ConvOptions options) {
    return TransposedConvs.backwardWeightsPlans(shape, options, target);
  }

  @Override
  public LinearForward linearForward(LinearShape shape) {
    return new GemmLinearForward(shape, target);
  }

  @Override
  public LinearBackwardData linearBackwardData(LinearShape shape) {
    return new GemmLinearBackwardData(shape, target);
  }

  @Override
  public LinearBackwardWeights linearBackwardWeights(LinearShape shape) {
    return new GemmLinearBackwardWeights(shape, target);
  }

  @Override
  public Losses losses() {
    return new KernelLosses(target);
  }

  @Override
  public MaxPool maxPool(PoolShape shape) {
    return pooling().max(shape, Layout.CHANNELS_FIRST);
  }

  @Override
  public AvgPool avgPool(PoolShape shape, boolean countsPadding) {
    return pooling().average(shape, countsPadding, Layout.CHANNELS_FIRST);
  }

  @Override
  public Pooling pooling() {
    return new KernelPooling(target);
  }

  @Override
  public Arithmetic arithmetic() {
    return new KernelArithmetic(target);
  }

  @Override
  public ActivationOp activation(Activation activation) {
    return new KernelActivation(activation, target);
  }

  @Override
  public PRelu prelu(Shape shape, Layout layout, int slopes) {
    return new KernelPRelu(shape, layout, slopes, target);
  }

  @Override
  public Movements movements() {
    return new KernelMovements(target);
  }

  @Override
  public Dropouts dropouts() {
    return new KernelDropouts(target);
  }

  @Override
  public Resampling resampling() {
    return new KernelResampling(target);
  }

  @Override
  public Quantised quantised() {
    return new KernelQuantised(target);
  }

  @Override
  public Normalisations normalisations() {
    return new KernelNormalisations(target);
  }

  @Override
  public Softmax softmax() {
    return new KernelSoftmax(target);
  }

  @Override
  public AxisSoftmax softmax(Shape shape, int axis) {
    return new KernelAxisSoftmax(shape, axis, false, target);
  }

  @Override
  public AxisSoftmax logSoftmax(Shape shape, int axis) {
    return new KernelAxisSoftmax(shape, axis, true, target);
  }

  @Override
  public SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new KernelSoftmax(target);
  }
}
