package io.lanewise.propertytests.subject;

import static io.lanewise.propertytests.subject.ConvAxis.shape;
import static io.lanewise.propertytests.subject.ConvAxis.withOutputs;

import io.lanewise.kernels.shape.ConvShape;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How the families of {@link ConvShapes} draw. The borders are those of common kernels (4, 8 and 16
 * lanes; register tiles of 3 to 12 rows and 8 to 64 columns; sums cut at 128 to 384; blocks of 512
 * pixels), not those of the machine that runs, so the same seed gives the same shapes everywhere.
 */
final class ConvDraws {
  private static final int[] LANES = {4, 8, 16};
  private static final int[] TILE_ROWS = {3, 4, 6, 8, 12};
  private static final int[] TILE_COLUMNS = {8, 16, 32, 64};
  private static final int[] SUM_BLOCKS = {128, 192, 256, 384};
  private static final int[] PIXEL_BLOCKS = {512, 1024};
  private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19, 23};
  private static final int[] WINOGRAD_TILES = {2, 4, 6, 8, 12};

  private ConvDraws() {}

  static ConvShape ones(Random r) {
    int[] c = {between(r, 1, 2), between(r, 1, 2), between(r, 1, 2)};
    return shape(between(r, 1, 3), c[0], c[1], c[2], one(r), one(r));
  }

  private static ConvAxis one(Random r) {
    int before = between(r, 0, 1);
    int in = between(r, 1, 3);
    return new ConvAxis(in, between(r, 1, in + before), between(r, 1, 2), 1, before, 0);
  }

  static ConvShape lanes(Random r) {
    int lanes = oneOf(r, LANES);
    int out = oneOf(r, lanes - 1, lanes, lanes + 1, 2 * lanes, 2 * lanes + 3);
    ConvAxis w = axis(r, out, between(r, 1, 5));
    return shape(few(r), between(r, 1, 2), between(r, 1, 5), between(r, 1, 5), small(r), w);
  }

  static ConvShape tiles(Random r) {
    int rows = r.nextBoolean() ? near(r, TILE_ROWS) : near(r, TILE_COLUMNS);
    int pixels = near(r, TILE_COLUMNS);
    int oh = divisor(r, pixels, pixels);
    ConvAxis h = axis(r, oh, between(r, 1, 3));
    ConvAxis w = axis(r, pixels / oh, between(r, 1, 3));
    int other = between(r, 1, 6);
    return r.nextBoolean() ? shape(1, 1, other, rows, h, w) : shape(1, 1, rows, other, h, w);
  }

  static ConvShape longSums(Random r) {
    int sum = near(r, SUM_BLOCKS);
    return switch (r.nextInt(3)) {
      case 0 -> { // the forward pass sums over icg·kh·kw
        int kh = divisor(r, sum, 5);
        int kw = divisor(r, sum / kh, 5);
        ConvAxis h = axis(r, between(r, 1, 4), kh);
        ConvAxis w = axis(r, between(r, 1, 6), kw);
        yield shape(1, 1, sum / kh / kw, between(r, 1, 9), h, w);
      }
      case 1 -> // the input gradient sums over ocg
          shape(1, 1, between(r, 1, 5), sum, small(r), small(r));
      default -> { // the weight gradient sums over pixels
        int oh = divisor(r, sum, sum);
        ConvAxis h = axis(r, oh, between(r, 1, 3));
        ConvAxis w = axis(r, sum / oh, between(r, 1, 3));
        yield shape(few(r), 1, between(r, 1, 4), between(r, 1, 9), h, w);
      }
    };
  }

  static ConvShape pixelBlocks(Random r) {
    int pixels = near(r, PIXEL_BLOCKS);
    int oh = divisor(r, pixels, pixels);
    ConvAxis h = axis(r, oh, between(r, 1, 3));
    ConvAxis w = axis(r, pixels / oh, between(r, 1, 3));
    return shape(1, between(r, 1, 2), between(r, 1, 3), between(r, 1, 5), h, w);
  }

  static ConvShape primes(Random r) {
    ConvAxis h = axis(r, oneOf(r, PRIMES), oneOf(r, 2, 3, 5));
    ConvAxis w = axis(r, oneOf(r, PRIMES), oneOf(r, 2, 3, 5));
    return shape(oneOf(r, 1, 2, 3), 1, oneOf(r, PRIMES), oneOf(r, PRIMES), h, w);
  }

  static ConvShape widePadding(Random r) {
    ConvAxis h = wide(r);
    ConvAxis w = r.nextBoolean() ? wide(r) : small(r);
    boolean swap = r.nextBoolean();
    return shape(few(r), groups(r), between(r, 1, 4), between(r, 1, 6), swap ? w : h, swap ? h : w);
  }

  private static ConvAxis wide(Random r) {
    int k = between(r, 1, 4);
    int before = between(r, k, k + 3);
    int after = between(r, 0, k + 3);
    return new ConvAxis(between(r, 1, 12), k, between(r, 1, 3), 1, before, after);
  }

  static ConvShape unevenPadding(Random r) {
    return shape(few(r), groups(r), between(r, 1, 5), between(r, 1, 8), uneven(r), uneven(r));
  }

  private static ConvAxis uneven(Random r) {
    int before = between(r, 0, 3);
    int after = (before + between(r, 1, 3)) % 4;
    return withOutputs(
        between(r, 2, 12), between(r, 1, 4), between(r, 1, 2), between(r, 1, 2), before, after);
  }

  static ConvShape longStrides(Random r) {
    return shape(few(r), groups(r), between(r, 1, 6), between(r, 1, 8), stepping(r), stepping(r));
  }

  private static ConvAxis stepping(Random r) {
    int k = between(r, 1, 4);
    int beyondWindows = between(r, 0, 2); // positions at the end that no window reaches
    int before = between(r, 0, 1);
    ConvAxis a = withOutputs(between(r, 1, 9), k, between(r, k + 1, k + 3), 1, before, 0);
    return new ConvAxis(a.in() + beyondWindows, k, a.stride(), 1, before, 0);
  }

  static ConvShape dilated(Random r) {
    return shape(few(r), groups(r), between(r, 1, 6), between(r, 1, 8), spread(r), spread(r));
  }

  private static ConvAxis spread(Random r) {
    int dilation = between(r, 2, 4);
    int before = between(r, 0, 2 * dilation);
    int after = between(r, 0, dilation);
    return withOutputs(
        between(r, 1, 12), between(r, 2, 4), between(r, 1, 3), dilation, before, after);
  }

  static ConvShape grouped(Random r) {
    return shape(few(r), between(r, 2, 7), between(r, 1, 6), between(r, 1, 6), any(r), any(r));
  }

  static ConvShape depthwise(Random r) {
    int channels = r.nextBoolean() ? near(r, 4, 8, 16, 32) : between(r, 2, 40);
    int multiplier = oneOf(r, 1, 1, 2, 3);
    int k = oneOf(r, 3, 3, 5, 2);
    return shape(few(r), channels, 1, multiplier, axis(r, near(r, LANES), k), axis(r, 9, k));
  }

  static ConvShape pointwise(Random r) {
    int ic = r.nextBoolean() ? near(r, TILE_COLUMNS) : between(r, 1, 40);
    int oc = r.nextBoolean() ? near(r, TILE_ROWS) : between(r, 1, 40);
    ConvAxis h = new ConvAxis(between(r, 1, 14), 1, 1, 1, 0, 0);
    ConvAxis w = new ConvAxis(between(r, 1, 14), 1, 1, 1, 0, 0);
    return shape(few(r), 1, ic, oc, h, w);
  }

  static ConvShape threeByThree(Random r) {
    int pad = oneOf(r, 1, 1, 0);
    ConvAxis h = withOutputs(near(r, WINOGRAD_TILES), 3, 1, 1, pad, pad);
    ConvAxis w = withOutputs(near(r, WINOGRAD_TILES), 3, 1, 1, pad, pad);
    return shape(few(r), 1, near(r, LANES), near(r, LANES), h, w);
  }

  static ConvShape stem(Random r) {
    ConvAxis h = new ConvAxis(between(r, 4, 24), 7, 2, 1, 3, 3);
    ConvAxis w = new ConvAxis(between(r, 4, 24), 7, 2, 1, 3, 3);
    return shape(1, 1, oneOf(r, 1, 3, 3, 4), near(r, LANES), h, w);
  }

  static ConvShape oneDimensional(Random r) {
    ConvAxis none = new ConvAxis(1, 1, 1, 1, 0, 0);
    ConvAxis along =
        withOutputs(
            between(r, 1, 90),
            between(r, 2, 9),
            between(r, 1, 3),
            between(r, 1, 4),
            between(r, 0, 8),
            between(r, 0, 8));
    boolean upright = r.nextInt(4) == 0;
    return shape(
        few(r),
        groups(r),
        between(r, 1, 8),
        between(r, 1, 8),
        upright ? along : none,
        upright ? none : along);
  }

  static ConvShape batches(Random r) {
    return shape(
        near(r, 8, 16, 32), groups(r), between(r, 1, 3), between(r, 1, 3), small(r), small(r));
  }

  static ConvShape worthSharing(Random r) {
    ConvAxis h = axis(r, between(r, 6, 16), between(r, 1, 3));
    ConvAxis w = axis(r, between(r, 6, 36), between(r, 1, 3));
    return shape(few(r), groups(r), between(r, 4, 24), between(r, 4, 24), h, w);
  }

  static ConvShape mixed(Random r) {
    return shape(few(r), groups(r), between(r, 1, 9), between(r, 1, 9), any(r), any(r));
  }

  static ConvShape line(Random r) {
    int most = r.nextBoolean() ? 90 : 14;
    ConvAxis along =
        withOutputs(
            r.nextInt(3) == 0 ? near(r, LANES) : between(r, 1, most),
            between(r, 1, 9),
            between(r, 1, 3),
            between(r, 1, 4),
            between(r, 0, 8),
            between(r, 0, 8));
    return along.line(few(r), groups(r), between(r, 1, 20), between(r, 1, 20));
  }

  /** Plain axes, of which one has everything at once, or all of them. */
  static ConvShape volume(Random r) {
    int odd = r.nextInt(4);
    ConvAxis d = odd == 0 || odd == 3 ? few3(r) : axis(r, between(r, 1, 4), between(r, 1, 3));
    ConvAxis h = odd == 1 || odd == 3 ? few3(r) : small(r);
    ConvAxis w = odd == 2 || odd == 3 ? few3(r) : axis(r, between(r, 1, 9), between(r, 1, 3));
    boolean depthwise = r.nextInt(8) == 0;
    return depthwise
        ? ConvAxis.volume(few(r), between(r, 2, 20), 1, between(r, 1, 2), d, h, w)
        : ConvAxis.volume(few(r), groups(r), between(r, 1, 9), between(r, 1, 20), d, h, w);
  }

  private static ConvAxis few3(Random r) {
    int k = between(r, 1, 3);
    return withOutputs(
        between(r, 1, 5),
        k,
        between(r, 1, 3),
        between(r, 1, 2),
        between(r, 0, k),
        between(r, 0, k));
  }

  /** An axis with everything at once. */
  private static ConvAxis any(Random r) {
    int k = between(r, 1, 4);
    int dilation = between(r, 1, 3);
    int before = between(r, 0, k);
    int after = between(r, 0, k);
    return withOutputs(between(r, 1, 14), k, between(r, 1, 3), dilation, before, after);
  }

  /** A plain axis with exactly so many outputs, padded or not. */
  private static ConvAxis axis(Random r, int out, int k) {
    int stride = between(r, 1, 2);
    int pad = r.nextBoolean() && (out - 1) * stride + k > 2 * (k / 2) ? k / 2 : 0;
    return withOutputs(out, k, stride, 1, pad, pad);
  }

  private static ConvAxis small(Random r) {
    return axis(r, between(r, 1, 5), between(r, 1, 3));
  }

  private static int few(Random r) {
    return oneOf(r, 1, 1, 2, 3);
  }

  private static int groups(Random r) {
    return oneOf(r, 1, 1, 1, 2, 3);
  }

  private static int between(Random r, int least, int greatest) {
    return least + r.nextInt(greatest - least + 1);
  }

  private static int oneOf(Random r, int... values) {
    return values[r.nextInt(values.length)];
  }

  /** A border, one below or one above. */
  private static int near(Random r, int... borders) {
    return oneOf(r, borders) + between(r, -1, 1);
  }

  private static int divisor(Random r, int of, int greatest) {
    return oneOf(r, IntStream.rangeClosed(1, greatest).filter(d -> of % d == 0).toArray());
  }
}
