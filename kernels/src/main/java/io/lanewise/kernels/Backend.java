package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.DepthwiseBlock;
import io.lanewise.kernels.conv.DepthwiseBlockShape;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.resample.Resampling;
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
import java.util.List;
import java.util.Optional;

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

  /**
   * Convolution.
   *
   * @throws IllegalArgumentException if the algorithm that {@code options} forces cannot compute
   *     this shape
   */
  ConvForward convForward(ConvShape shape, ConvOptions options);

  /** Convolution with {@link ConvOptions#DEFAULT}. */
  default ConvForward convForward(ConvShape shape) {
    return convForward(shape, ConvOptions.DEFAULT);
  }

  /** Convolution's input gradient; throws as {@link #convForward}. */
  ConvBackwardData convBackwardData(ConvShape shape, ConvOptions options);

  /** Convolution's input gradient with {@link ConvOptions#DEFAULT}. */
  default ConvBackwardData convBackwardData(ConvShape shape) {
    return convBackwardData(shape, ConvOptions.DEFAULT);
  }

  /** Convolution's weight and bias gradient; throws as {@link #convForward}. */
  ConvBackwardWeights convBackwardWeights(ConvShape shape, ConvOptions options);

  /** Convolution's weight and bias gradient with {@link ConvOptions#DEFAULT}. */
  default ConvBackwardWeights convBackwardWeights(ConvShape shape) {
    return convBackwardWeights(shape, ConvOptions.DEFAULT);
  }

  /**
   * Every way in which this backend can compute a convolution as {@code options} asks, the one of
   * {@link #convForward} first: for tests and benches that compare them.
   */
  default List<ConvForward> convForwardPlans(ConvShape shape, ConvOptions options) {
    return List.of(convForward(shape, options));
  }

  /** Every way with {@link ConvOptions#DEFAULT}. */
  default List<ConvForward> convForwardPlans(ConvShape shape) {
    return convForwardPlans(shape, ConvOptions.DEFAULT);
  }

  /** Every way to compute the input gradient, the one of {@link #convBackwardData} first. */
  default List<ConvBackwardData> convBackwardDataPlans(ConvShape shape, ConvOptions options) {
    return List.of(convBackwardData(shape, options));
  }

  /** Every way with {@link ConvOptions#DEFAULT}. */
  default List<ConvBackwardData> convBackwardDataPlans(ConvShape shape) {
    return convBackwardDataPlans(shape, ConvOptions.DEFAULT);
  }

  /** Every way to compute the weight gradient, the one of {@link #convBackwardWeights} first. */
  default List<ConvBackwardWeights> convBackwardWeightsPlans(ConvShape shape, ConvOptions options) {
    return List.of(convBackwardWeights(shape, options));
  }

  /** Every way with {@link ConvOptions#DEFAULT}. */
  default List<ConvBackwardWeights> convBackwardWeightsPlans(ConvShape shape) {
    return convBackwardWeightsPlans(shape, ConvOptions.DEFAULT);
  }

  /**
   * A depthwise convolution together with its neighbours, channels last; the same bits as their
   * plans give one after the other.
   *
   * @return empty if it is not offered or does not pay
   */
  default Optional<DepthwiseBlock> depthwiseBlock(DepthwiseBlockShape shape, ConvOptions options) {
    return Optional.empty();
  }

  /**
   * Transposed convolution, the input gradient of {@link TransposedConvShape#conv} and an epilogue;
   * algorithms have the names of that.
   *
   * @throws IllegalArgumentException if the algorithm that {@code options} forces cannot compute
   *     this shape
   */
  TransposedConvForward transposedConvForward(TransposedConvShape shape, ConvOptions options);

  /** Transposed convolution with {@link ConvOptions#DEFAULT}. */
  default TransposedConvForward transposedConvForward(TransposedConvShape shape) {
    return transposedConvForward(shape, ConvOptions.DEFAULT);
  }

  /** Every way to compute it, the one of {@link #transposedConvForward} first. */
  default List<TransposedConvForward> transposedConvForwardPlans(
      TransposedConvShape shape, ConvOptions options) {
    return List.of(transposedConvForward(shape, options));
  }

  /** Transposed convolution's input gradient; throws as {@link #transposedConvForward}. */
  TransposedConvBackwardData transposedConvBackwardData(
      TransposedConvShape shape, ConvOptions options);

  /** Transposed convolution's input gradient with {@link ConvOptions#DEFAULT}. */
  default TransposedConvBackwardData transposedConvBackwardData(TransposedConvShape shape) {
    return transposedConvBackwardData(shape, ConvOptions.DEFAULT);
  }

  /** Every way to compute it, the one of {@link #transposedConvBackwardData} first. */
  default List<TransposedConvBackwardData> transposedConvBackwardDataPlans(
      TransposedConvShape shape, ConvOptions options) {
    return List.of(transposedConvBackwardData(shape, options));
  }

  /**
   * Transposed convolution's weight and bias gradient; throws as {@link #transposedConvForward}.
   */
  TransposedConvBackwardWeights transposedConvBackwardWeights(
      TransposedConvShape shape, ConvOptions options);

  /** Transposed convolution's weight and bias gradient with {@link ConvOptions#DEFAULT}. */
  default TransposedConvBackwardWeights transposedConvBackwardWeights(TransposedConvShape shape) {
    return transposedConvBackwardWeights(shape, ConvOptions.DEFAULT);
  }

  /** Every way to compute it, the one of {@link #transposedConvBackwardWeights} first. */
  default List<TransposedConvBackwardWeights> transposedConvBackwardWeightsPlans(
      TransposedConvShape shape, ConvOptions options) {
    return List.of(transposedConvBackwardWeights(shape, options));
  }

  /** Fully connected layer. */
  LinearForward linearForward(LinearShape shape);

  /** Fully connected layer's input gradient. */
  LinearBackwardData linearBackwardData(LinearShape shape);

  /** Fully connected layer's weight and bias gradient. */
  LinearBackwardWeights linearBackwardWeights(LinearShape shape);

  /**
   * Losses.
   *
   * @throws UnsupportedOperationException if the backend does not offer them
   */
  default Losses losses() {
    throw new UnsupportedOperationException("no losses: " + describe());
  }

  /** Max pooling, channels first. */
  MaxPool maxPool(PoolShape shape);

  /**
   * Average pooling, channels first.
   *
   * @param countsPadding true if padding counts as zeros in the average
   */
  AvgPool avgPool(PoolShape shape, boolean countsPadding);

  /**
   * Operations that move elements: concatenation, padding, permutation, gather and the like.
   *
   * @throws UnsupportedOperationException if the backend does not offer them
   */
  default Movements movements() {
    throw new UnsupportedOperationException("no movements: " + describe());
  }

  /**
   * Elementwise functions of one and two tensors, reductions, matrix products with broadcasting.
   *
   * @throws UnsupportedOperationException if the backend does not offer them
   */
  default Arithmetic arithmetic() {
    throw new UnsupportedOperationException("no arithmetic: " + describe());
  }

  /**
   * Every pooling, of either layout.
   *
   * @throws UnsupportedOperationException if the backend does not offer them
   */
  default Pooling pooling() {
    throw new UnsupportedOperationException("no family of poolings: " + describe());
  }

  /** Elementwise nonlinearity. */
  ActivationOp activation(Activation activation);

  /**
   * ReLU with learned slopes.
   *
   * @param layout the order of x and y
   * @param slopes 1, or one a channel of [n][c]..
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  default PRelu prelu(Shape shape, Layout layout, int slopes) {
    throw new UnsupportedOperationException("no PReLU: " + describe());
  }

  /**
   * Dropout and random numbers.
   *
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  default Dropouts dropouts() {
    throw new UnsupportedOperationException("no dropout: " + describe());
  }

  /**
   * Resize and what else reads images between their pixels.
   *
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  default Resampling resampling() {
    throw new UnsupportedOperationException("no resampling: " + describe());
  }

  /**
   * Operations on 8-bit integers, and on weights kept in 8 or 16 bits.
   *
   * @throws UnsupportedOperationException if the backend does not offer them
   */
  default Quantised quantised() {
    throw new UnsupportedOperationException("no quantised operations: " + describe());
  }

  /**
   * Batch norm and its kin.
   *
   * @throws UnsupportedOperationException if the backend does not offer them
   */
  default Normalisations normalisations() {
    throw new UnsupportedOperationException("no normalisations: " + describe());
  }

  /** Softmax over rows. */
  Softmax softmax();

  /**
   * Softmax along an axis.
   *
   * @param axis from 0, or from -1 backwards
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  default AxisSoftmax softmax(Shape shape, int axis) {
    throw new UnsupportedOperationException("no softmax along an axis: " + describe());
  }

  /**
   * The logarithm of softmax along an axis.
   *
   * @param axis from 0, or from -1 backwards
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  default AxisSoftmax logSoftmax(Shape shape, int axis) {
    throw new UnsupportedOperationException("no log-softmax along an axis: " + describe());
  }

  /** Softmax and cross-entropy in one step. */
  SoftmaxCrossEntropy softmaxCrossEntropy();
}
