package io.lanewise.propertytests.subject;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Arbitrary convolutions for properties of one's own, by families that lie where kernels break:
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ConvShape> shapes() {
 *   return ConvShapes.any();
 * }
 * }</pre>
 *
 * <p>Each shape takes the naive reference a few milliseconds at most, and enough of its windows lie
 * on the image that no pass gives nearly only zeros. The same seed gives the same shapes on every
 * machine. Shapes shrink, within their family.
 */
public final class ConvShapes {
  private ConvShapes() {}

  /**
   * All families of 2-D convolutions: of 43 shapes 7 are mixed, 1 is worth sharing, 1 has no image,
   * and 2 are of each other family.
   */
  public static Arbitrary<ConvShape> any() {
    return Arbitraries.frequencyOf(
        List.of(
            Tuple.of(7, mixed()),
            Tuple.of(2, ones()),
            Tuple.of(2, lanes()),
            Tuple.of(2, tiles()),
            Tuple.of(2, longSums()),
            Tuple.of(2, pixelBlocks()),
            Tuple.of(2, primes()),
            Tuple.of(2, widePadding()),
            Tuple.of(2, unevenPadding()),
            Tuple.of(2, longStrides()),
            Tuple.of(2, dilated()),
            Tuple.of(2, grouped()),
            Tuple.of(2, depthwise()),
            Tuple.of(2, pointwise()),
            Tuple.of(2, threeByThree()),
            Tuple.of(2, stem()),
            Tuple.of(2, oneDimensional()),
            Tuple.of(2, batches()),
            Tuple.of(1, worthSharing()),
            Tuple.of(1, emptyBatch())));
  }

  /** Of six shapes four are {@link #any()}, one is 1-D and one is 3-D, with tensors to match. */
  public static Arbitrary<ConvShape> anyRank() {
    return Arbitraries.frequencyOf(
        List.of(Tuple.of(4, any()), Tuple.of(1, lines()), Tuple.of(1, volumes())));
  }

  /** 1-D convolutions of tensors [n][c][w], all parameters at random. */
  public static Arbitrary<ConvShape> lines() {
    return ConvFamily.of(s -> s.rank() == 1, ConvDraws::line);
  }

  /** 3-D convolutions, depthwise ones among them. */
  public static Arbitrary<ConvShape> volumes() {
    return ConvFamily.of(s -> s.rank() == 3, ConvDraws::volume);
  }

  /** Every size at or next to 1. */
  public static Arbitrary<ConvShape> ones() {
    return ConvFamily.of(s -> true, ConvDraws::ones);
  }

  /** Rows of V - 1, V, V + 1, 2V and 2V + 3 outputs for vectors of V = 4, 8 and 16 floats. */
  public static Arbitrary<ConvShape> lanes() {
    return ConvFamily.of(s -> true, ConvDraws::lanes);
  }

  /** Channels and pixels at, one below and one above whole register tiles. */
  public static Arbitrary<ConvShape> tiles() {
    return ConvFamily.of(s -> true, ConvDraws::tiles);
  }

  /** Sums of the forward pass or of a gradient around 128, 192, 256 and 384 products. */
  public static Arbitrary<ConvShape> longSums() {
    return ConvFamily.of(s -> true, ConvDraws::longSums);
  }

  /** Images around 512 and 1,024 output pixels, down to a single row of so many. */
  public static Arbitrary<ConvShape> pixelBlocks() {
    return ConvFamily.of(s -> true, ConvDraws::pixelBlocks);
  }

  /** Sizes that nothing divides. */
  public static Arbitrary<ConvShape> primes() {
    return ConvFamily.of(s -> true, ConvDraws::primes);
  }

  /** Padding of the kernel's size and more: windows that see nothing. */
  public static Arbitrary<ConvShape> widePadding() {
    return ConvFamily.of(
        s -> s.padding().top() >= s.kh() || s.padding().left() >= s.kw(), ConvDraws::widePadding);
  }

  /** Padding that differs from side to side, both ways. */
  public static Arbitrary<ConvShape> unevenPadding() {
    return ConvFamily.of(
        s -> s.padding().top() != s.padding().bottom() && s.padding().left() != s.padding().right(),
        ConvDraws::unevenPadding);
  }

  /** Strides greater than the kernel: pixels that no window sees. */
  public static Arbitrary<ConvShape> longStrides() {
    return ConvFamily.of(s -> s.strideH() > s.kh() && s.strideW() > s.kw(), ConvDraws::longStrides);
  }

  /** Taps that lie apart, both ways. */
  public static Arbitrary<ConvShape> dilated() {
    return ConvFamily.of(
        s -> s.kh() > 1 && s.dilationH() > 1 && s.kw() > 1 && s.dilationW() > 1,
        ConvDraws::dilated);
  }

  /** Two groups or more. */
  public static Arbitrary<ConvShape> grouped() {
    return ConvFamily.of(s -> s.groups() > 1, ConvDraws::grouped);
  }

  /** A group for each input channel, with one to three filters each. */
  public static Arbitrary<ConvShape> depthwise() {
    return ConvFamily.of(ConvShape::isDepthwise, ConvDraws::depthwise);
  }

  /** 1x1 kernels without stride and padding: matrix products. */
  public static Arbitrary<ConvShape> pointwise() {
    return ConvFamily.of(ConvShape::isPointwise, ConvDraws::pointwise);
  }

  /** Dense 3x3 kernels of stride 1 around whole Winograd tiles. */
  public static Arbitrary<ConvShape> threeByThree() {
    return ConvFamily.of(s -> s.kh() == 3 && s.kw() == 3, ConvDraws::threeByThree);
  }

  /** 7x7 kernels of stride 2 on few channels, as networks begin. */
  public static Arbitrary<ConvShape> stem() {
    return ConvFamily.of(s -> s.kh() == 7 && s.kw() == 7, ConvDraws::stem);
  }

  /** 1-D convolutions of images: height and its kernel are 1, or width and its kernel. */
  public static Arbitrary<ConvShape> oneDimensional() {
    return ConvFamily.of(
        s -> (s.ih() == 1 && s.kh() == 1) || (s.iw() == 1 && s.kw() == 1),
        ConvDraws::oneDimensional);
  }

  /** Around 8, 16 and 32 small images. */
  public static Arbitrary<ConvShape> batches() {
    return ConvFamily.of(s -> true, ConvDraws::batches);
  }

  /** No image at all, which is legal: nothing is computed, and gradients of weights stay. */
  public static Arbitrary<ConvShape> emptyBatch() {
    return ConvFamily.of(s -> s.n() == 0, r -> ConvDraws.mixed(r).withBatch(0));
  }

  /** Enough work that threads share it: {@link Parallel#WORTH_SHARING} operations and more. */
  public static Arbitrary<ConvShape> worthSharing() {
    return ConvFamily.of(s -> s.flops() >= Parallel.WORTH_SHARING, ConvDraws::worthSharing);
  }

  /** All parameters at once, each at random. */
  public static Arbitrary<ConvShape> mixed() {
    return ConvFamily.of(s -> true, ConvDraws::mixed);
  }
}
