package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.Optional;

/** A forward algorithm that computes on channels-last images: a {@link ForwardCore}. */
interface CoreConv extends ConvAlgorithm<ConvForward> {
  /**
   * The core for a shape that it can compute. Where planes are convolved one by one, it is the 2-D
   * shape of {@link ConvShape#planes}, so that only cores for deeper windows know of depth.
   */
  ForwardCore core(ConvShape shape, Target target);

  @Override
  default ConvForward plan(ConvShape shape, ConvOptions options, Target target) {
    return plan(shape, options, target, "");
  }

  /** A plan for the layout asked for, whose packed weights are named by {@code prefix}. */
  default ConvForward plan(ConvShape shape, ConvOptions options, Target target, String prefix) {
    return options.layout() == Layout.CHANNELS_LAST
        ? new ChannelsLastForward(shape, flat(shape, target), prefix)
        : new ReorderedForward(shape, s -> flat(s, target), target.kernels(), prefix);
  }

  private ForwardCore flat(ConvShape shape, Target target) {
    boolean planes = shape.rank() == 3 && shape.isPlaneByPlane();
    return core(planes ? shape.planes() : shape, target);
  }

  /** Why an algorithm for planes cannot compute this shape; empty if it can. */
  static Optional<String> deep(ConvShape shape) {
    return shape.isPlaneByPlane()
        ? Optional.empty()
        : Optional.of("windows reach over several planes, or leave some out");
  }
}
