package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.bounds;
import static io.lanewise.propertytests.law.Elements.map;
import static io.lanewise.propertytests.law.Elements.plus;
import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import java.util.Arrays;
import java.util.List;

/**
 * Laws of average pooling, forward, padding counted or not. Sums of small whole numbers are exact;
 * what is left is one division, or a product with a rounded reciprocal: 2u of the result.
 */
public final class AvgPoolLaws {
  private static final String DEFINITION = "definition: AvgPool";
  private static final boolean[] BOTH = {false, true};

  /** All of them. */
  public static final List<Law<PoolShape>> ALL =
      List.of(
          MaxPoolLaws.law(
              "avg-exact-sum",
              "|y - Σx/count| <= 2u·|y| for whole numbers",
              DEFINITION,
              AvgPoolLaws::exactSum),
          MaxPoolLaws.law(
              "avg-bounded",
              "|y - ŷ| <= (kh·kw + 2)·u·Σ|x|/count",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §4.2",
              AvgPoolLaws::bounded),
          MaxPoolLaws.law(
              "avg-constant",
              "of a constant: the constant, or its share inside where padding counts",
              DEFINITION,
              AvgPoolLaws::constant),
          MaxPoolLaws.law(
              "avg-counts",
              "kh·kw·(padding counted) = inside·(padding not counted)",
              DEFINITION,
              AvgPoolLaws::counts),
          MaxPoolLaws.law(
              "avg-between",
              "min <= average <= max of each window",
              "Hardy, Littlewood and Pólya, Inequalities, 2nd ed., 1952, §2.1",
              AvgPoolLaws::between),
          MaxPoolLaws.law(
              "avg-linearity", "f(x + x') = f(x) + f(x')", DEFINITION, AvgPoolLaws::linearity),
          MaxPoolLaws.law(
              "avg-powers-of-two",
              "f(2ᵖx) = 2ᵖ·f(x) to the bit",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              AvgPoolLaws::powersOfTwo),
          MaxPoolLaws.law(
              "avg-padding", "padding that counts is 0", DEFINITION, AvgPoolLaws::padding),
          MaxPoolLaws.law(
              "avg-translation",
              "an input moved by the stride moves the output by one",
              "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, §3",
              AvgPoolLaws::translation),
          MaxPoolLaws.law(
              "avg-is-a-convolution",
              "padding counted: the depthwise convolution with 1/(kh·kw)",
              "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, §3",
              AvgPoolLaws::convolution),
          MaxPoolLaws.law(
              "avg-nan",
              "a NaN spoils the windows that hold it and no other bit",
              DEFINITION,
              AvgPoolLaws::nan),
          MaxPoolLaws.law(
              "avg-planes",
              "each channel of each image is pooled alone: in any order, or without the others",
              DEFINITION,
              AvgPoolLaws::planes));

  private AvgPoolLaws() {}

  private static Tensor integers(PoolShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    trial.requireAlive(Pools.referenceAvg(s, true, x));
    return x;
  }

  private static Tensor wideRange(PoolShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    trial.requireAlive(Pools.referenceAvg(s, true, x));
    return x;
  }

  private static void exactSum(Backend backend, PoolShape s, Trial trial) {
    Tensor x = integers(s, trial);
    for (boolean counts : BOTH) {
      Tensor want = Pools.referenceAvg(s, counts, x);
      double[] bounds = bounds(want, y -> 2 * U * Math.abs(y));
      trial.within("y", want, Pools.avg(backend, s, counts, x), bounds);
    }
  }

  private static void bounded(Backend backend, PoolShape s, Trial trial) {
    Tensor x = wideRange(s, trial);
    for (boolean counts : BOTH) {
      Tensor want = Pools.referenceAvg(s, counts, x);
      Tensor sums = Pools.referenceAvg(s, counts, Bounds.magnitude(x));
      double[] bounds = Bounds.ofSum((long) s.kh() * s.kw(), sums, 1);
      trial.within("y", want, Pools.avg(backend, s, counts, x), bounds);
    }
  }

  private static void constant(Backend backend, PoolShape s, Trial trial) {
    int c = 1 + trial.random().nextInt(1000);
    Tensor x = Tensor.zeros(s.x()).fill(c);
    for (boolean counts : BOTH) {
      Tensor want = Tensor.zeros(s.y());
      for (int i = 0; i < want.size(); i++) {
        int inside = Pools.inside(s, i);
        int count = counts ? s.kh() * s.kw() : inside;
        want.array()[i] = inside == 0 ? 0 : (float) c * inside / count;
      }
      trial.requireAlive(want);
      double[] bounds = bounds(want, y -> 2 * U * y);
      trial.within("y", want, Pools.avg(backend, s, counts, x), bounds);
    }
  }

  private static void counts(Backend backend, PoolShape s, Trial trial) {
    Tensor x = integers(s, trial);
    Tensor want = Pools.avg(backend, s, false, x);
    for (int i = 0; i < want.size(); i++) {
      want.array()[i] *= (float) Pools.inside(s, i) / (s.kh() * s.kw());
    }
    double[] bounds = bounds(want, y -> 6 * U * Math.abs(y)); // two averages, two factors
    trial.within("padding counted", want, Pools.avg(backend, s, true, x), bounds);
  }

  private static void between(Backend backend, PoolShape s, Trial trial) {
    Tensor x = integers(s, trial);
    Tensor most = Pools.max(backend, s, x).y();
    Tensor least = map(Pools.max(backend, s, times(x, -1)).y(), v -> -v);
    Tensor y = Pools.avg(backend, s, false, x);
    Tensor want = map(map(y, most, Math::min), least, Math::max);
    for (int i = 0; i < want.size(); i++) {
      if (Pools.inside(s, i) == 0) {
        want.array()[i] = 0; // no inputs, no bounds
      }
    }
    trial.within("y", want, y, bounds(want, v -> 2 * U * Math.abs(v)));
  }

  private static void linearity(Backend backend, PoolShape s, Trial trial) {
    Tensor x = integers(s, trial);
    Tensor other = integers(s, trial);
    for (boolean counts : BOTH) {
      Tensor a = Pools.avg(backend, s, counts, x);
      Tensor b = Pools.avg(backend, s, counts, other);
      Tensor both = Pools.avg(backend, s, counts, plus(x, other));
      // Three averages and their sum, each rounded.
      double[] bounds = bounds(plus(Bounds.magnitude(a), Bounds.magnitude(b)), v -> 6 * U * v);
      trial.within("f(x + x')", plus(a, b), both, bounds);
    }
  }

  private static void powersOfTwo(Backend backend, PoolShape s, Trial trial) {
    Tensor x = wideRange(s, trial);
    float p = Math.scalb(1f, trial.random().nextInt(-20, 21));
    for (boolean counts : BOTH) {
      Tensor want = times(Pools.avg(backend, s, counts, x), p);
      trial.sameBits("f(2ᵖx)", want, Pools.avg(backend, s, counts, times(x, p)));
    }
  }

  private static void padding(Backend backend, PoolShape s, Trial trial) {
    Tensor x = wideRange(s, trial);
    Tensor want = Pools.avg(backend, Pools.padded(s), true, Pools.padded(s, x, 0));
    trial.equal("y", want, Pools.avg(backend, s, true, x));
  }

  private static void translation(Backend backend, PoolShape s, Trial trial) {
    int ih = Math.max(s.ih(), Window.extent(s.kh(), s.dilationH()));
    int iw = Math.max(s.iw(), Window.extent(s.kw(), s.dilationW()));
    PoolShape here = Pools.with(s, s.n(), s.c(), ih, iw, Padding.NONE);
    PoolShape more = Pools.with(s, s.n(), s.c(), ih + s.strideH(), iw + s.strideW(), Padding.NONE);
    Tensor x = wideRange(more, trial);
    Tensor moved = Axes.part(Axes.part(x, 2, s.strideH(), more.ih()), 3, s.strideW(), more.iw());
    Tensor y = Pools.avg(backend, more, false, x);
    Tensor want = Axes.part(Axes.part(y, 2, 1, more.oh()), 3, 1, more.ow());
    trial.sameBits("y", want, Pools.avg(backend, here, false, moved));
  }

  private static void convolution(Backend backend, PoolShape s, Trial trial) {
    ConvShape conv =
        new ConvShape(
            s.n(),
            s.c(),
            s.ih(),
            s.iw(),
            s.c(),
            s.kh(),
            s.kw(),
            s.strideH(),
            s.strideW(),
            s.dilationH(),
            s.dilationW(),
            s.padding(),
            s.c());
    Tensor x = integers(s, trial);
    Tensor ones = Tensor.zeros(conv.w()).fill(1f);
    int count = s.kh() * s.kw();
    ConvForward plan = backend.convForward(conv);
    Tensor sums = Tensor.zeros(conv.y()).fill(Float.NaN);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(x, plan.pack(ones), Epilogue.none(), sums, ws, Parallel.SEQUENTIAL);
    Tensor want = map(sums, v -> v / count);
    double[] bounds = bounds(want, y -> 3 * U * Math.abs(y));
    trial.within("y", want, Pools.avg(backend, s, true, x), bounds);
  }

  private static void nan(Backend backend, PoolShape s, Trial trial) {
    Tensor x = wideRange(s, trial);
    Tensor want = Pools.avg(backend, s, false, x);
    if (x.size() > 0) {
      int evil = trial.random().nextInt(x.size());
      x.array()[evil] = Float.NaN;
      int plane = s.ih() * s.iw();
      for (int i = 0; i < want.size(); i++) {
        if (i / (s.oh() * s.ow()) == evil / plane && Pools.holds(s, i, evil % plane)) {
          want.array()[i] = Float.NaN;
        }
      }
    }
    Tensor got = Pools.avg(backend, s, false, x);
    trial.sameBits("y", Elements.oneNan(want), Elements.oneNan(got));
  }

  private static void planes(Backend backend, PoolShape s, Trial trial) {
    Tensor x = wideRange(s, trial);
    int[] images = Axes.permutation(s.n(), trial.random());
    int[] channels = Axes.permutation(s.c(), trial.random());
    int[] some = Arrays.copyOf(channels, 1 + trial.random().nextInt(s.c()));
    PoolShape fewer = Pools.with(s, s.n(), some.length, s.ih(), s.iw(), s.padding());
    Tensor other = Axes.pick(Axes.pick(x, 0, images), 1, some);
    for (boolean counts : BOTH) {
      Tensor y = Pools.avg(backend, s, counts, x);
      Tensor want = Axes.pick(Axes.pick(y, 0, images), 1, some);
      trial.sameBits("y", want, Pools.avg(backend, fewer, counts, other));
    }
  }
}
