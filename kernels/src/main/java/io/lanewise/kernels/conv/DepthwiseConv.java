package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.Optional;

/** Convolution of each channel by filters of its own, lanes on channels. */
final class DepthwiseConv implements CoreConv {
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
    return shape.icg() == 1 && shape.groups() > 1
        ? CoreConv.deep(shape)
        : Optional.of("a group has more than one input channel, or is the only one");
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return Im2rowConv.tooLargeToReorder(shape, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new DepthwiseForward(shape, target);
  }

  /** A gradient, on either layout. */
  static <P> ConvAlgorithm<P> gradient(Planner<P> planner) {
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
      public P plan(ConvShape shape, ConvOptions options, Target target) {
        return planner.plan(shape, options.layout(), target);
      }
    };
  }

  /** Makes a gradient's plan. */
  interface Planner<P> {
    P plan(ConvShape shape, Layout layout, Target target);
  }
}
