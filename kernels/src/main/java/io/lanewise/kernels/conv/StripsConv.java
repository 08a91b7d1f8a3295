package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** Convolution as a matrix product of windows that overlap in memory as they do in the image. */
final class StripsConv implements CoreConv {
  /** Beyond so many weights im2row, which reads them for more rows at a time, is as fast. */
  private static final int MOST_WEIGHTS = 1 << 18;

  /** Below so many outputs a line has too few rows: 17 are slower than im2row, 18 faster. */
  private static final int LEAST_WIDTH = 18;

  /** With fewer of their taps inside along depth im2row, which leaves out the others, is faster. */
  private static final double LEAST_INSIDE = 0.85;

  @Override
  public String name() {
    return StripsForward.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape s, ConvOptions options, Target target) {
    return s.dilationW() == 1 || s.kw() == 1
        ? Optional.empty()
        : Optional.of("taps of a row do not lie side by side");
  }

  @Override
  public Optional<String> declines(ConvShape s, ConvOptions options, Target target) {
    if (s.kw() <= s.strideW()) {
      return Optional.of("windows side by side do not overlap");
    }
    if (s.ow() < LEAST_WIDTH) {
      return Optional.of("only " + s.ow() + " outputs in a line");
    }
    if (Depth.share(s) < LEAST_INSIDE) {
      return Optional.of("many taps lie before the first plane or behind the last");
    }
    int weights = s.w().size() / s.groups();
    return weights > MOST_WEIGHTS
        ? Optional.of("a group's " + weights + " weights would be read again for each line")
        : Im2rowConv.lanesIdle(s, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new StripsForward(shape, target);
  }
}
