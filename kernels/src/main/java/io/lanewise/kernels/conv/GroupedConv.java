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
    Optional<String> reason = tooManyLanes(s);
    if (reason.isPresent()) {
      return reason;
    }
    long weights = (long) s.area() * s.groups() * MOST_LANES * MOST_LANES;
    return s.area() < MOST_TAPS && weights < MOST_WEIGHTS
        ? Optional.empty()
        : Optional.of("a table of " + s.area() + " taps would be too long");
  }

  /** Why a group has too many channels; empty if it has not. */
  static Optional<String> tooManyLanes(ConvShape shape) {
    return GroupedForward.lanes(shape) > MOST_LANES
        ? Optional.of("groups of more than " + MOST_LANES + " channels")
        : Optional.empty();
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return declines(shape, options);
  }

  /** One group does not fill a vector; large images of the other layout are not reordered. */
  static Optional<String> declines(ConvShape shape, ConvOptions options) {
    return shape.groups() == 1
        ? Optional.of("there is one group, and room for more beside it")
        : Im2rowConv.tooLargeToReorder(shape, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new GroupedForward(shape, target);
  }
}
