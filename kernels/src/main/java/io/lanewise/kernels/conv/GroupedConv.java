package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** Convolution of many small groups, several in a vector. */
final class GroupedConv implements CoreConv {
  /** With more channels each output's lanes are worth a vector of their own. */
  private static final int MOST_LANES = 8;

  private static final int MOST_TAPS = 1 << 16;
  private static final int MOST_WEIGHTS = 1 << 28;

  @Override
  public String name() {
    return GroupedForward.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape s, ConvOptions options, Target target) {
    if (GroupedForward.lanes(s) > MOST_LANES) {
      return Optional.of("groups of more than " + MOST_LANES + " channels");
    }
    long weights = (long) s.area() * s.groups() * MOST_LANES * MOST_LANES;
    return s.area() < MOST_TAPS && weights < MOST_WEIGHTS
        ? Optional.empty()
        : Optional.of("a table of " + s.area() + " taps would be too long");
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return shape.groups() == 1
        ? Optional.of("there is one group, and room for more beside it")
        : Im2rowConv.tooLargeToReorder(shape, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new GroupedForward(shape, target);
  }
}
