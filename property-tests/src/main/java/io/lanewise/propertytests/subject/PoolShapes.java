package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitrary poolings: any window, stride, dilation and padding, each side on its own and up to more
 * than the window; rows of outputs as long as vectors are, one less or one more.
 */
public final class PoolShapes {
  private static final long MOST_TAPS = 60_000; // a millisecond of the naive reference
  private static final double LEAST_ALIVE = 0.2;
  private static final double LEAST_SEEN = 0.07;

  private PoolShapes() {}

  /** Any pooling that the naive reference computes in a millisecond. */
  public static Arbitrary<PoolShape> any() {
    Arbitrary<int[]> window =
        Arbitraries.integers().between(1, 4).array(int[].class).ofSize(4); // kh kw sh sw
    Arbitrary<int[]> dilation = Arbitraries.of(1, 1, 1, 2, 3).array(int[].class).ofSize(2);
    Arbitrary<int[]> padding = Arbitraries.of(0, 0, 0, 1, 1, 2, 3, 5).array(int[].class).ofSize(4);
    return Combinators.combine(
            Arbitraries.of(0, 1, 1, 1, 2, 3),
            Arbitraries.of(1, 1, 2, 3, 5, 8),
            Arbitraries.integers().between(1, 13),
            Sizes.around(1, 37, Sizes.LANES),
            window,
            dilation,
            padding)
        .as(PoolShapes::withOutputs)
        .filter(s -> taps(s) <= MOST_TAPS && isAlive(s));
  }

  /**
   * A pooling with {@code ow} output columns, where the padding alone does not give more, and
   * windows that fit.
   */
  private static PoolShape withOutputs(
      int n, int c, int ih, int ow, int[] window, int[] dilation, int[] p) {
    int kh = Math.min(window[0], ih + p[0] + p[1]);
    int dilationH = kh == 1 ? 1 : Math.clamp((ih + p[0] + p[1] - 1) / (kh - 1), 1, dilation[0]);
    int iw = (ow - 1) * window[3] + (window[1] - 1) * dilation[1] + 1 - p[2] - p[3];
    return new PoolShape(
        n,
        c,
        ih,
        Math.max(1, iw),
        kh,
        window[1],
        window[2],
        window[3],
        dilationH,
        dilation[1],
        new Padding(p[0], p[1], p[2], p[3]));
  }

  private static long taps(PoolShape s) {
    return (long) s.y().size() * s.kh() * s.kw();
  }

  /** True if enough windows see an input and enough inputs are seen. */
  static boolean isAlive(PoolShape s) {
    int rows = 0;
    for (int oy = 0; oy < s.oh(); oy++) {
      rows += s.rowsInside(oy) > 0 ? 1 : 0;
    }
    int columns = 0;
    for (int ox = 0; ox < s.ow(); ox++) {
      columns += s.columnsInside(ox) > 0 ? 1 : 0;
    }
    double seen =
        seen(s.ih(), s.oh(), s.kh(), s.strideH(), s.dilationH(), s.padding().top())
            * seen(s.iw(), s.ow(), s.kw(), s.strideW(), s.dilationW(), s.padding().left());
    return rows * columns >= LEAST_ALIVE * s.oh() * s.ow() && seen >= LEAST_SEEN;
  }

  /** The share of positions along one axis that lie in a window. */
  private static double seen(int in, int out, int k, int stride, int dilation, int before) {
    boolean[] inWindow = new boolean[in];
    for (int o = 0; o < out; o++) {
      for (int tap = 0; tap < k; tap++) {
        int at = o * stride + tap * dilation - before;
        if (at >= 0 && at < in) {
          inWindow[at] = true;
        }
      }
    }
    int count = 0;
    for (boolean yes : inWindow) {
      count += yes ? 1 : 0;
    }
    return (double) count / in;
  }
}
