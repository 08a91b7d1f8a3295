package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** The input gradient as a convolution, by a forward algorithm. */
record FlippedConv(CoreConv forward) implements ConvAlgorithm<ConvBackwardData> {
  @Override
  public String name() {
    return forward.name();
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    Optional<String> reason = FlippedBackwardData.cannot(shape);
    return reason.isPresent()
        ? reason
        : forward.cannot(FlippedBackwardData.flipped(shape), options, target);
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return forward.declines(FlippedBackwardData.flipped(shape), options, target);
  }

  @Override
  public ConvBackwardData plan(ConvShape shape, ConvOptions options, Target target) {
    ConvShape flipped = FlippedBackwardData.flipped(shape);
    return new FlippedBackwardData(shape, forward.plan(flipped, options, target, "flipped "));
  }
}
