package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** Convolution of each channel by filters of its own, lanes on channels. */
final class DepthwiseConv implements CoreConv {
  static final String OTHER_GROUPS = "a group has more than one input channel, or is the only one";

  @Override
  public String name() {
    return DepthwiseForward.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    return notDepthwise(shape);
  }

  /** Why this is no depthwise convolution; empty if it is one. */
  static Optional<String> notDepthwise(ConvShape shape) {
    return shape.isDepthwise() ? CoreConv.deep(shape) : Optional.of(OTHER_GROUPS);
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return Im2rowConv.tooLargeToReorder(shape, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new DepthwiseForward(shape, target);
  }

  /** The input gradient, on either layout. */
  static ConvAlgorithm<ConvBackwardData> gradient() {
    return new ConvAlgorithm<>() {
      @Override
      public String name() {
        return DepthwiseForward.NAME;
      }

      @Override
      public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
        return shape.rank() == 3
            ? Optional.of("computes lines and planes, not volumes")
            : notDepthwise(shape);
      }

      @Override
      public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
        return Im2rowConv.tooLargeToReorder(shape, options);
      }

      @Override
      public ConvBackwardData plan(ConvShape shape, ConvOptions options, Target target) {
        return new DepthwiseBackwardData(shape, options.layout(), target);
      }
    };
  }
}
