package io.lanewise.kernels;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;

/**
 * Shapes that run through the same code as larger ones, in microseconds. Sums become short, since
 * HotSpot counts calls; what is left over beyond whole vectors and register tiles stays.
 */
final class SmallShapes {
  /** Terms of a sum: a vector of 512 bits. */
  private static final int SUM = 16;

  /** All widths of register tiles divide it. */
  private static final int TILES = 64;

  private static final int MOST_PLANES = 4;
  private static final int[] OUTPUTS = {256, 64}; // pixels
  private static final int[] CHANNELS = {512, 128, 64};

  /** In C1 code, where an operation takes 3 ns, no run should take longer than 20 ms. */
  private static final long MOST_FLOPS = 6_000_000;

  /** Sums that are longer go piece by piece, with kernels of their own for all but the first. */
  private static final int WHOLE = 160;

  /** Steps of a sum of several pieces. */
  private static final int PIECES = 48;

  /** Terms of a sum, of which 600 calls make fewer than 40,000 rounds. */
  private static final int LONGEST = 64;

  private SmallShapes() {}

  /** True if tiles go on with the sums of others. */
  static boolean sumsInPieces(ConvShape s) {
    return s.reduction() > WHOLE;
  }

  /** True if tiles go on with the sums of others. */
  static boolean sumsInPieces(GemmShape s) {
    return s.k() > WHOLE;
  }

  /** At most {@code keep} and what {@code size} has beyond multiples of {@code unit}. */
  static int cut(int size, int keep, int unit) {
    return size < keep + unit ? size : keep + size % unit;
  }

  /**
   * As {@link #conv(ConvShape)}, with one row of weights if the sum over windows would be long: a
   * loop of 40,000 rounds in all has HotSpot compile the running call of a method, which takes
   * several times as long as to compile the method.
   */
  static ConvShape window(ConvShape s) {
    if (s.area() * Math.min(s.icg(), SUM) <= LONGEST || s.rank() != 2 || s.kw() == 1) {
      return conv(s);
    }
    Padding p = s.padding();
    return conv(
        new ConvShape(
            s.rank(),
            s.n(),
            s.ic(),
            s.id(),
            s.ih(),
            s.iw(),
            s.oc(),
            s.kd(),
            1,
            s.kw(),
            s.strideD(),
            s.strideH(),
            s.strideW(),
            s.dilationD(),
            1,
            s.dilationW(),
            new Padding(0, 0, 0, 0, p.left(), p.right()),
            s.groups()));
  }

  /** The same kernel on fewer pixels and channels. */
  static ConvShape conv(ConvShape s) {
    ConvShape small = s;
    for (int outputs : OUTPUTS) {
      for (int channels : CHANNELS) {
        small = conv(s, outputs, channels);
        if (small.flops() <= MOST_FLOPS) {
          return small;
        }
      }
    }
    return small;
  }

  private static ConvShape conv(ConvShape s, int outputs, int channels) {
    int groups = s.isDepthwise() ? cut(s.groups(), TILES, SUM) : Math.min(s.groups(), 2);
    int od = Math.min(s.od(), MOST_PLANES);
    int plane = outputs / od;
    int oh = Math.min(s.oh(), Math.max((int) Math.sqrt(plane), plane / s.ow()));
    int ow = Math.min(s.ow(), plane / oh);
    Padding p = s.padding();
    int n = Math.clamp(outputs / (od * oh * ow), 1, Math.max(1, s.n()));
    int icg = cut(s.icg(), sumsInPieces(s) ? Math.max(SUM, PIECES / s.area()) : SUM, SUM);
    return s.withBatch(n)
        .withChannels(groups * icg, groups * cut(s.ocg(), channels, TILES), groups)
        .withImage(
            inputs(s.id(), s.od(), od, s.kd(), s.strideD(), s.dilationD(), p.front() + p.back()),
            inputs(s.ih(), s.oh(), oh, s.kh(), s.strideH(), s.dilationH(), p.top() + p.bottom()),
            inputs(s.iw(), s.ow(), ow, s.kw(), s.strideW(), s.dilationW(), p.left() + p.right()),
            p);
  }

  /** Inputs along a side for {@code wanted} outputs of {@code out}. */
  private static int inputs(
      int in, int out, int wanted, int k, int stride, int dilation, int padding) {
    int least = (wanted - 1) * stride + (k - 1) * dilation + 1 - padding;
    return wanted == out ? in : Math.clamp(least, 1, in);
  }

  static GemmShape gemm(GemmShape s) {
    return new GemmShape(
        cut(s.m(), 3 * TILES, TILES),
        cut(s.n(), 2 * TILES, TILES),
        cut(s.k(), sumsInPieces(s) ? PIECES : SUM, SUM),
        s.transposeA(),
        s.transposeB(),
        s.alpha(),
        s.beta(),
        Math.min(s.batch(), 2));
  }

  static LinearShape linear(LinearShape s) {
    return new LinearShape(
        cut(s.n(), TILES, TILES), cut(s.in(), SUM, SUM), cut(s.out(), 2 * TILES, TILES));
  }

  /** A few planes of few rows, which keep the length of several vectors. */
  static PoolShape pool(PoolShape s) {
    int od = Math.min(s.od(), 2);
    int oh = Math.min(s.oh(), 4);
    int ow = cut(s.ow(), 2 * SUM, SUM);
    Padding p = s.padding();
    return new PoolShape(
        s.rank(),
        1,
        cut(s.c(), SUM, SUM),
        inputs(s.id(), s.od(), od, s.kd(), s.strideD(), s.dilationD(), p.front() + p.back()),
        inputs(s.ih(), s.oh(), oh, s.kh(), s.strideH(), s.dilationH(), p.top() + p.bottom()),
        inputs(s.iw(), s.ow(), ow, s.kw(), s.strideW(), s.dilationW(), p.left() + p.right()),
        s.kd(),
        s.kh(),
        s.kw(),
        s.strideD(),
        s.strideH(),
        s.strideW(),
        s.dilationD(),
        s.dilationH(),
        s.dilationW(),
        p,
        s.ceil());
  }
}
