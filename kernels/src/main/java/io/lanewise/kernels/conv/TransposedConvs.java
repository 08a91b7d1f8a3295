package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.TransposedConvShape;
import java.util.List;

/**
 * Plans of transposed convolutions: each pass is another pass of the convolution whose input
 * gradient it is (Dumoulin, Visin, A guide to convolution arithmetic for deep learning, 2016, §4),
 * by whatever algorithm {@link ConvAlgorithms} chooses there.
 */
public final class TransposedConvs {
  private TransposedConvs() {}

  /**
   * Forward: the convolution's input gradient, ending with the epilogue.
   *
   * @throws IllegalArgumentException as {@link ConvAlgorithms#plan}
   */
  public static TransposedConvForward forward(
      TransposedConvShape shape, ConvOptions options, Target target) {
    return new TransposedForward(
        shape, ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_DATA, shape.conv(), options, target));
  }

  /** Every way to compute it, the one of {@link #forward} first. */
  public static List<TransposedConvForward> forwardPlans(
      TransposedConvShape shape, ConvOptions options, Target target) {
    return ConvAlgorithms.plans(ConvAlgorithms.BACKWARD_DATA, shape.conv(), options, target)
        .stream()
        .<TransposedConvForward>map(inner -> new TransposedForward(shape, inner))
        .toList();
  }

  /**
   * Input gradient: the convolution.
   *
   * @throws IllegalArgumentException as {@link ConvAlgorithms#plan}
   */
  public static TransposedConvBackwardData backwardData(
      TransposedConvShape shape, ConvOptions options, Target target) {
    return new TransposedBackwardData(
        shape, ConvAlgorithms.plan(ConvAlgorithms.FORWARD, shape.conv(), options, target));
  }

  /** Every way to compute it, the one of {@link #backwardData} first. */
  public static List<TransposedConvBackwardData> backwardDataPlans(
      TransposedConvShape shape, ConvOptions options, Target target) {
    return ConvAlgorithms.plans(ConvAlgorithms.FORWARD, shape.conv(), options, target).stream()
        .<TransposedConvBackwardData>map(inner -> new TransposedBackwardData(shape, inner))
        .toList();
  }

  /**
   * Weight and bias gradient: the convolution's weight gradient with x and dy exchanged.
   *
   * @throws IllegalArgumentException as {@link ConvAlgorithms#plan}
   */
  public static TransposedConvBackwardWeights backwardWeights(
      TransposedConvShape shape, ConvOptions options, Target target) {
    return new TransposedBackwardWeights(
        shape,
        ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_WEIGHTS, shape.conv(), options, target),
        target.kernels().elementwise());
  }

  /** Every way to compute it, the one of {@link #backwardWeights} first. */
  public static List<TransposedConvBackwardWeights> backwardWeightsPlans(
      TransposedConvShape shape, ConvOptions options, Target target) {
    return ConvAlgorithms.plans(ConvAlgorithms.BACKWARD_WEIGHTS, shape.conv(), options, target)
        .stream()
        .<TransposedConvBackwardWeights>map(
            inner -> new TransposedBackwardWeights(shape, inner, target.kernels().elementwise()))
        .toList();
  }
}
