package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;

/** A forward algorithm that computes on channels-last images: a {@link ForwardCore}. */
interface CoreConv extends ConvAlgorithm<ConvForward> {
  /** The core for a shape that it can compute. */
  ForwardCore core(ConvShape shape, Target target);

  @Override
  default ConvForward plan(ConvShape shape, ConvOptions options, Target target) {
    return plan(shape, options, target, "");
  }

  /** A plan for the layout asked for, whose packed weights are named by {@code prefix}. */
  default ConvForward plan(ConvShape shape, ConvOptions options, Target target, String prefix) {
    return options.layout() == Layout.CHANNELS_LAST
        ? new ChannelsLastForward(core(shape, target), prefix)
        : new ReorderedForward(shape, s -> core(s, target), target.kernels(), prefix);
  }
}
