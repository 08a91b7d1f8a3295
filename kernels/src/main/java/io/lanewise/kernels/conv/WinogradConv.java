package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.WinogradKernels;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** Dense 3x3 convolution of stride 1 by Winograd's minimal filtering. */
final class WinogradConv implements CoreConv {
  /** Below so many channels the transforms cost more than the products save. */
  private static final int LEAST_CHANNELS = 16;

  private static final int LINE = 16; // floats
  private static final int LINES_OF_PAGE = 64;
  private static final int LEAST_LINES = 9; // from a multiple of a page

  private final int m;
  private final int leastSide;

  /**
   * F(m x m, 3 x 3).
   *
   * @param leastSide outputs along the shorter side below which too much of the tiles is wasted
   */
  WinogradConv(int m, int leastSide) {
    this.m = m;
    this.leastSide = leastSide;
  }

  @Override
  public String name() {
    return name(m);
  }

  static String name(int m) {
    return "winograd-f" + m + "x" + m + "-3x3";
  }

  @Override
  public Optional<String> cannot(ConvShape s, ConvOptions options, Target target) {
    if (options.precision() == Precision.STRICT) {
      return Optional.of("gives accuracy for speed, and strict precision was asked for");
    }
    if (s.kh() != 3 || s.kw() != 3) {
      return Optional.of("the kernel is not 3x3");
    }
    if (s.strideH() != 1 || s.strideW() != 1) {
      return Optional.of("the stride is not 1");
    }
    if (s.dilationH() != 1 || s.dilationW() != 1) {
      return Optional.of("the kernel is dilated");
    }
    return s.groups() == 1 ? CoreConv.deep(s) : Optional.of("there is more than one group");
  }

  @Override
  public Optional<String> declines(ConvShape s, ConvOptions options, Target target) {
    if (Math.min(s.ic(), s.oc()) < LEAST_CHANNELS) {
      return Optional.of("fewer than " + LEAST_CHANNELS + " channels");
    }
    int side = Math.min(s.oh(), s.ow());
    return side < leastSide
        ? Optional.of("only " + side + " outputs along the shorter side")
        : Im2rowConv.tooLargeToReorder(s, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return core(shape, target.kernels().winograd(m), target);
  }

  static ForwardCore core(ConvShape shape, WinogradKernels kernels, Target target) {
    return WinogradBlocks.suits(shape, kernels.m(), target)
        ? new WinogradBlocks(shape, kernels, target)
        : new WinogradPanels(shape, kernels, target);
  }

  /**
   * How far apart the products of a tile lie: an odd number of cache lines, so that they do not
   * share a set of L1, and not near a multiple of a page, since a load waits for an earlier store
   * whose address has the same last 12 bits.
   */
  static int planes(int floats) {
    int lines = Math.ceilDiv(floats, LINE);
    int inPage = lines % LINES_OF_PAGE;
    lines += Math.max(0, LEAST_LINES - inPage);
    lines += inPage > LINES_OF_PAGE - LEAST_LINES ? LINES_OF_PAGE - inPage + LEAST_LINES : 0;
    return (lines | 1) * LINE;
  }
}
