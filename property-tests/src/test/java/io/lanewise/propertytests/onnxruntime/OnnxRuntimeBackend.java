package io.lanewise.propertytests.onnxruntime;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
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
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;

/**
 * ONNX Runtime's CPU kernels behind our interface: each operation is a model of one node (of a few
 * where ONNX has no operator for it), in a session with as many threads as the caller has workers.
 * Weights are part of the model, as they are in models that people run, so that the session may lay
 * them out as it likes.
 */
public final class OnnxRuntimeBackend implements Backend {
  /** Loads the library at the first run. */
  public OnnxRuntimeBackend() {}

  /** ONNX Runtime for inference, which is what Maven Central has, comes without gradients. */
  static UnsupportedOperationException noGradient(String of) {
    return new UnsupportedOperationException("ONNX Runtime has no gradient of " + of);
  }

  @Override
  public String describe() {
    return OrtLibrary.version() + ", CPU, a model for each operation";
  }

  @Override
  public Gemm gemm(GemmShape shape) {
    return new OrtMatrix.Product(shape);
  }

  @Override
  public ConvForward convForward(ConvShape shape, ConvOptions options) {
    requireFirst(options);
    return new OrtConv.Forward(shape);
  }

  @Override
  public ConvBackwardData convBackwardData(ConvShape shape, ConvOptions options) {
    requireFirst(options);
    return new OrtConv.Data(shape);
  }

  @Override
  public ConvBackwardWeights convBackwardWeights(ConvShape shape, ConvOptions options) {
    throw noGradient("a convolution's weights");
  }

  @Override
  public TransposedConvForward transposedConvForward(
      TransposedConvShape shape, ConvOptions options) {
    throw new UnsupportedOperationException("only as a convolution's input gradient");
  }

  @Override
  public TransposedConvBackwardData transposedConvBackwardData(
      TransposedConvShape shape, ConvOptions options) {
    throw new UnsupportedOperationException("only as a convolution's input gradient");
  }

  @Override
  public TransposedConvBackwardWeights transposedConvBackwardWeights(
      TransposedConvShape shape, ConvOptions options) {
    throw new UnsupportedOperationException("only as a convolution's input gradient");
  }

  private static void requireFirst(ConvOptions options) {
    if (options.layout() != Layout.CHANNELS_FIRST) {
      throw new UnsupportedOperationException("ONNX has channels first only");
    }
  }

  @Override
  public LinearForward linearForward(LinearShape shape) {
    return new OrtMatrix.Linear(shape);
  }

  @Override
  public LinearBackwardData linearBackwardData(LinearShape shape) {
    return new OrtMatrix.LinearData(shape);
  }

  @Override
  public LinearBackwardWeights linearBackwardWeights(LinearShape shape) {
    return new OrtMatrix.LinearWeights(shape);
  }

  @Override
  public MaxPool maxPool(PoolShape shape) {
    return new OrtPool.Max(shape);
  }

  @Override
  public AvgPool avgPool(PoolShape shape, boolean countsPadding) {
    return new OrtPool.Average(shape, countsPadding);
  }

  @Override
  public ActivationOp activation(Activation activation) {
    return new OrtActivation(activation);
  }

  @Override
  public Softmax softmax() {
    return new OrtElementwise.Rows();
  }

  @Override
  public SoftmaxCrossEntropy softmaxCrossEntropy() {
    throw new UnsupportedOperationException("ONNX Runtime has no cross-entropy");
  }
}
