package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary convolutions. */
public final class ConvShapes {
  private static final long MOST_FLOPS = 2_000_000; // some milliseconds of the naive reference

  private ConvShapes() {}

  /** Any convolution that the naive reference computes in a few milliseconds. */
  public static Arbitrary<ConvShape> any() {
    Arbitrary<int[]> window =
        Arbitraries.integers().between(1, 4).array(int[].class).ofSize(6); // kh kw sh sw dh dw
    Arbitrary<int[]> padding = Arbitraries.integers().between(0, 5).array(int[].class).ofSize(4);
    Arbitrary<int[]> channels = Arbitraries.integers().between(1, 9).array(int[].class).ofSize(3);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            channels,
            Arbitraries.integers().between(1, 19),
            Arbitraries.integers().between(1, 35),
            window,
            padding)
        .as(ConvShapes::shape)
        .filter(s -> s.flops() <= MOST_FLOPS);
  }

  /** Dilation shrinks until the window fits. */
  private static ConvShape shape(int n, int[] channels, int ih, int iw, int[] k, int[] p) {
    int groups = channels[2] % 3 + 1;
    int kh = Math.min(k[0], ih + p[0] + p[1]);
    int kw = Math.min(k[1], iw + p[2] + p[3]);
    int dilationH = kh == 1 ? k[4] : Math.clamp((ih + p[0] + p[1] - 1) / (kh - 1), 1, k[4]);
    int dilationW = kw == 1 ? k[5] : Math.clamp((iw + p[2] + p[3] - 1) / (kw - 1), 1, k[5]);
    return new ConvShape(
        n,
        channels[0] * groups,
        ih,
        iw,
        channels[1] * groups,
        kh,
        kw,
        k[2],
        k[3],
        dilationH,
        dilationW,
        new Padding(p[0], p[1], p[2], p[3]),
        groups);
  }
}
