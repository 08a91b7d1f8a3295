package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The executable specification as a backend: naive, float64 inside, slow, on the calling thread.
 * Every other backend is held to it; a network runs on it unchanged, which tells a wrong kernel
 * from a wrong network.
 */
public final class ReferenceBackend implements Backend {
  /** It has nothing to choose. */
  public ReferenceBackend() {}

  @Override
  public String describe() {
    return "reference (naive loops in float64, for checking)";
  }

  @Override
  public Gemm gemm(GemmShape shape) {
    return new Gemm() {
      @Override
      public GemmShape shape() {
        return shape;
      }

      @Override
      public WorkspaceSpec workspace() {
        return WorkspaceSpec.NONE;
      }

      @Override
      public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
        requireShape(a, shape.a(), "a");
        requireShape(b, shape.b(), "b");
        requireShape(c, shape.c(), "c");
        requireDisjoint(c, "c", a, "a");
        requireDisjoint(c, "c", b, "b");
        ReferenceMatrix.gemm(shape, a, b, c);
      }
    };
  }

  @Override
  public ConvForward convForward(ConvShape shape, ConvOptions options) {
    requireReference(options);
    return new ReferenceConvPlans.Forward(shape, options.layout());
  }

  @Override
  public ConvBackwardData convBackwardData(ConvShape shape, ConvOptions options) {
    requireReference(options);
    return new ReferenceConvPlans.Data(shape, options.layout());
  }

  @Override
  public ConvBackwardWeights convBackwardWeights(ConvShape shape, ConvOptions options) {
    requireReference(options);
    return new ReferenceConvPlans.Weights(shape, options.layout());
  }

  @Override
  public TransposedConvForward transposedConvForward(
      TransposedConvShape shape, ConvOptions options) {
    requireReference(options);
    return new ReferenceTransposedConvPlans.Forward(shape, options.layout());
  }

  @Override
  public TransposedConvBackwardData transposedConvBackwardData(
      TransposedConvShape shape, ConvOptions options) {
    requireReference(options);
    return new ReferenceTransposedConvPlans.Data(shape, options.layout());
  }

  @Override
  public TransposedConvBackwardWeights transposedConvBackwardWeights(
      TransposedConvShape shape, ConvOptions options) {
    requireReference(options);
    return new ReferenceTransposedConvPlans.Weights(shape, options.layout());
  }

  private static void requireReference(ConvOptions options) {
    String asked = options.algorithm().orElse("reference");
    if (!asked.equals("reference")) {
      throw new IllegalArgumentException(
          "the reference has one algorithm, 'reference', got '" + asked + "'");
    }
  }

  @Override
  public LinearForward linearForward(LinearShape shape) {
    return new ReferenceLinearPlans.Forward(shape);
  }

  @Override
  public LinearBackwardData linearBackwardData(LinearShape shape) {
    return new ReferenceLinearPlans.Data(shape);
  }

  @Override
  public LinearBackwardWeights linearBackwardWeights(LinearShape shape) {
    return new ReferenceLinearPlans.Weights(shape);
  }

  @Override
  public Losses losses() {
    return new ReferenceLosses();
  }

  @Override
  public MaxPool maxPool(PoolShape shape) {
    return new ReferencePoolPlans.Max(shape);
  }

  @Override
  public AvgPool avgPool(PoolShape shape, boolean countsPadding) {
    return new ReferencePoolPlans.Average(shape, countsPadding);
  }

  @Override
  public ActivationOp activation(Activation activation) {
    return new ReferenceActivation(activation);
  }

  @Override
  public PRelu prelu(Shape shape, Layout layout, int slopes) {
    return new ReferencePRelu(shape, layout, slopes);
  }

  @Override
  public Quantised quantised() {
    return new ReferenceQuantised();
  }

  @Override
  public Softmax softmax() {
    return new ReferenceSoftmaxPlans.Plain();
  }

  @Override
  public AxisSoftmax softmax(Shape shape, int axis) {
    return new ReferenceAxisSoftmax(shape, axis, false);
  }

  @Override
  public AxisSoftmax logSoftmax(Shape shape, int axis) {
    return new ReferenceAxisSoftmax(shape, axis, true);
  }

  @Override
  public SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new ReferenceSoftmaxPlans.CrossEntropy();
  }
}
