package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** Convolution of windows where they lie: for few channels, which are copied float by float. */
final class DirectConv implements CoreConv {
  /** From so many channels on a window's runs are copied as whole vectors. */
  private static final int MANY_CHANNELS = 16;

  /** Beyond so many taps copying is little beside multiplying. */
  private static final int MOST_TAPS = 100;

  /** With fewer outputs in a line its last tile is much of it. */
  private static final int LEAST_WIDTH = 12;

  private static final int MOST_STEPS = 1 << 16;
  private static final int MOST_WEIGHTS = 1 << 28;

  @Override
  public String name() {
    return DirectForward.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape s, ConvOptions options, Target target) {
    return s.reduction() < MOST_STEPS && s.w().size() < MOST_WEIGHTS
        ? Optional.empty()
        : Optional.of("a table of " + s.reduction() + " taps would be too long");
  }

  @Override
  public Optional<String> declines(ConvShape s, ConvOptions options, Target target) {
    if (s.icg() >= MANY_CHANNELS) {
      return Optional.of("windows of " + s.icg() + " channels are copied fast");
    }
    if (s.reduction() > MOST_TAPS) {
      return Optional.of(s.reduction() + " taps: copying is little beside multiplying them");
    }
    return s.ow() < LEAST_WIDTH
        ? Optional.of("only " + s.ow() + " outputs in a line")
        : Im2rowConv.lanesIdle(s, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new DirectForward(shape, target);
  }
}
