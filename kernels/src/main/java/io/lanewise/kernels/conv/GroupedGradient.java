package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** The weight gradient of many small groups, several in a vector: depthwise, or of few channels. */
record GroupedGradient(boolean depthwise) implements ConvAlgorithm<ConvBackwardWeights> {
  private static final int MOST_TAPS = 1 << 16;

  @Override
  public String name() {
    return depthwise ? DepthwiseForward.NAME : GroupedForward.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    if (shape.area() >= MOST_TAPS) {
      return Optional.of("a table of " + shape.area() + " taps would be too long");
    }
    if (depthwise) {
      return shape.isDepthwise() ? Optional.empty() : Optional.of(DepthwiseConv.OTHER_GROUPS);
    }
    return shape.isDepthwise()
        ? Optional.of("groups of one input channel: that is depthwise")
        : GroupedConv.tooManyLanes(shape);
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return GroupedConv.declines(shape, options);
  }

  @Override
  public ConvBackwardWeights plan(ConvShape shape, ConvOptions options, Target target) {
    return new GroupedBackwardWeights(shape, options.layout(), target);
  }
}
