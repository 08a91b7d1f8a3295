package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
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
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import java.util.List;

/**
 * Plans operations: the seam where one implementation drops in for another. {@link CpuBackend} and
 * the naive {@code ReferenceBackend} implement it, so an operation without a reference does not
 * compile. Immutable; share it between threads.
 */
public interface Backend {
  /** The fastest backend that this machine and JVM can run. */
  static Backend best() {
    return CpuBackend.best();
  }

  /** What runs and why, in one line. */
  String describe();

  /** Matrix product. */
  Gemm gemm(GemmShape shape);

  /** Convolution. */
  ConvForward convForward(ConvShape shape);

  /** Convolution's input gradient. */
  ConvBackwardData convBackwardData(ConvShape shape);

  /** Convolution's weight and bias gradient. */
  ConvBackwardWeights convBackwardWeights(ConvShape shape);

  /**
   * Every way in which this backend can compute a convolution, the one of {@link #convForward}
   * first: for tests and benches that compare them.
   */
  default List<ConvForward> convForwardPlans(ConvShape shape) {
    return List.of(convForward(shape));
  }

  /** Every way to compute the input gradient, the one of {@link #convBackwardData} first. */
  default List<ConvBackwardData> convBackwardDataPlans(ConvShape shape) {
    return List.of(convBackwardData(shape));
  }

  /** Every way to compute the weight gradient, the one of {@link #convBackwardWeights} first. */
  default List<ConvBackwardWeights> convBackwardWeightsPlans(ConvShape shape) {
    return List.of(convBackwardWeights(shape));
  }

  /** Fully connected layer. */
  LinearForward linearForward(LinearShape shape);

  /** Fully connected layer's input gradient. */
  LinearBackwardData linearBackwardData(LinearShape shape);

  /** Fully connected layer's weight and bias gradient. */
  LinearBackwardWeights linearBackwardWeights(LinearShape shape);

  /** Max pooling. */
  MaxPool maxPool(PoolShape shape);

  /**
   * Average pooling.
   *
   * @param countsPadding true if padding counts as zeros in the average
   */
  AvgPool avgPool(PoolShape shape, boolean countsPadding);

  /** Elementwise nonlinearity. */
  ActivationOp activation(Activation kind);

  /** Softmax over rows. */
  Softmax softmax();

  /** Softmax and cross-entropy in one step. */
  SoftmaxCrossEntropy softmaxCrossEntropy();
}
