package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.map;
import static io.lanewise.propertytests.law.Elements.oneNan;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.Pools.Max;
import io.lanewise.propertytests.subject.PoolSubject;
import java.util.Arrays;
import java.util.List;

/** Laws of max pooling, forward: a dilation in the sense of mathematical morphology. */
public final class MaxPoolLaws {
  private static final String DEFINITION = "definition: MaxPool";
  private static final String MORPHOLOGY =
      "Haralick, Sternberg and Zhuang, Image analysis using mathematical morphology, IEEE TPAMI"
          + " 9(4), 1987, §II";

  /** All of them. */
  public static final List<Law<PoolShape>> ALL =
      List.of(
          law(
              "max-exact",
              "y = the window's greatest, its index the first of equals",
              DEFINITION,
              MaxPoolLaws::exact),
          law(
              "max-specials",
              "a window's first NaN wins; of -Infinity alone -Infinity",
              DEFINITION,
              MaxPoolLaws::specials),
          law(
              "max-index",
              "x at the index is y, inside the window; -1 and -Infinity of padding alone",
              DEFINITION,
              MaxPoolLaws::index),
          law("max-monotone", "x <= x' gives f(x) <= f(x')", MORPHOLOGY, MaxPoolLaws::monotone),
          law("max-shift", "f(x + c) = f(x) + c", MORPHOLOGY, MaxPoolLaws::shift),
          law(
              "max-powers-of-two",
              "f(2ᵖx) = 2ᵖ·f(x) to the bit, with the same indices",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              MaxPoolLaws::powersOfTwo),
          law("max-identity", "f(x) = x for windows of one", DEFINITION, MaxPoolLaws::identity),
          law("max-padding", "padding is -Infinity", DEFINITION, MaxPoolLaws::padding),
          law(
              "max-translation",
              "an input moved by the stride moves the output by one",
              MORPHOLOGY,
              MaxPoolLaws::translation),
          law(
              "max-separable",
              "over columns, then over rows = over windows",
              MORPHOLOGY,
              MaxPoolLaws::separable),
          law(
              "max-composition",
              "windows of a, then of b, at stride 1 = windows of a + b - 1",
              MORPHOLOGY,
              MaxPoolLaws::composition),
          law(
              "max-planes",
              "each channel of each image is pooled alone: in any order, or without the others",
              DEFINITION,
              MaxPoolLaws::planes));

  private MaxPoolLaws() {}

  static Law<PoolShape> law(
      String name, String formula, String source, Statement<PoolShape> statement) {
    return new Law<>("pool." + name, PoolSubject.INSTANCE, formula, source, statement);
  }

  static void same(Trial trial, String what, Max want, Max got) {
    trial.sameBits(what, want.y(), got.y());
    sameIndices(trial, what, want.indices(), got.indices());
  }

  private static void sameIndices(Trial trial, String what, int[] want, int[] got) {
    int at = Arrays.mismatch(want, got);
    trial.require(
        at < 0, () -> what + " index " + at + ": expected " + want[at] + ", got " + got[at]);
  }

  private static void exact(Backend backend, PoolShape s, Trial trial) {
    for (Tensor x : List.of(trial.integers(s.x()), trial.wideRange(s.x()))) {
      Max want = Pools.referenceMax(s, x);
      trial.requireAlive(want.y());
      same(trial, "y", want, Pools.max(backend, s, x));
    }
  }

  private static void specials(Backend backend, PoolShape s, Trial trial) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f};
    int rarity = 1 + trial.random().nextInt(9);
    Tensor x =
        map(
            trial.integers(s.x()),
            v ->
                trial.random().nextInt(rarity) == 0
                    ? specials[trial.random().nextInt(specials.length)]
                    : v);
    Max want = Pools.referenceMax(s, x);
    Max got = Pools.max(backend, s, x);
    trial.sameBits("y", oneNan(want.y()), oneNan(got.y()));
    sameIndices(trial, "y", want.indices(), got.indices());
  }

  private static void index(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Max max = Pools.max(backend, s, x);
    int plane = s.ih() * s.iw();
    for (int i = 0; i < max.indices().length; i++) {
      int at = i;
      int index = max.indices()[i];
      float y = at(max.y(), i);
      if (Pools.inside(s, i) == 0) {
        trial.require(
            index == -1 && y == Float.NEGATIVE_INFINITY,
            () -> "element " + at + " of padding alone: got " + y + " and index " + index);
        continue;
      }
      trial.require(
          index >= 0 && index < plane && Pools.holds(s, i, index),
          () -> "element " + at + ": index " + index + " is not in the window");
      float source = at(x, i / (s.oh() * s.ow()) * plane + index);
      trial.require(
          source == y, () -> "element " + at + ": x at the index is " + source + ", y is " + y);
    }
    Max want = Pools.referenceMax(s, x);
    trial.requireAlive(want.y());
    trial.equal("y", want.y(), max.y());
  }

  private static void monotone(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.floats(s.x());
    Tensor more = map(x, v -> v + trial.random().nextInt(3));
    Tensor y = Pools.max(backend, s, x).y();
    Tensor greater = Pools.max(backend, s, more).y();
    trial.requireAlive(Pools.referenceMax(s, x).y());
    trial.equal("the lesser of f(x) and f(x')", y, map(y, greater, Math::min));
  }

  private static void shift(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    int c = trial.random().nextInt(-1000, 1001);
    Max y = Pools.max(backend, s, x);
    trial.requireAlive(Pools.referenceMax(s, x).y());
    Max shifted = Pools.max(backend, s, map(x, v -> v + c));
    trial.equal("f(x + " + c + ")", map(y.y(), v -> v + c), shifted.y());
    sameIndices(trial, "f(x + c)", y.indices(), shifted.indices());
  }

  private static void powersOfTwo(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    float p = Math.scalb(1f, trial.random().nextInt(-20, 21));
    Max y = Pools.max(backend, s, x);
    trial.requireAlive(Pools.referenceMax(s, x).y());
    Max want = new Max(Elements.times(y.y(), p), y.indices());
    same(trial, "f(2ᵖx)", want, Pools.max(backend, s, Elements.times(x, p)));
  }

  private static void identity(Backend backend, PoolShape s, Trial trial) {
    PoolShape one = PoolShape.square(s.n(), s.c(), s.ih(), s.iw(), 1, 1, 0);
    Tensor x = trial.wideRange(s.x());
    trial.requireAlive(x);
    int[] positions = new int[x.size()];
    Arrays.setAll(positions, i -> i % (s.ih() * s.iw()));
    same(trial, "y", new Max(x, positions), Pools.max(backend, one, x));
  }

  private static void padding(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    trial.requireAlive(Pools.referenceMax(s, x).y());
    Tensor padded = Pools.padded(s, x, Float.NEGATIVE_INFINITY);
    Tensor want = Pools.max(backend, Pools.padded(s), padded).y();
    trial.sameBits("y", want, Pools.max(backend, s, x).y());
  }

  private static void translation(Backend backend, PoolShape s, Trial trial) {
    int ih = Math.max(s.ih(), Window.extent(s.kh(), s.dilationH()));
    int iw = Math.max(s.iw(), Window.extent(s.kw(), s.dilationW()));
    PoolShape here = Pools.with(s, s.n(), s.c(), ih, iw, Padding.NONE);
    PoolShape more = Pools.with(s, s.n(), s.c(), ih + s.strideH(), iw + s.strideW(), Padding.NONE);
    Tensor x = trial.wideRange(more.x());
    Tensor moved = Axes.part(Axes.part(x, 2, s.strideH(), more.ih()), 3, s.strideW(), more.iw());
    Tensor y = Pools.max(backend, more, x).y();
    trial.requireAlive(Pools.referenceMax(here, moved).y());
    Tensor want = Axes.part(Axes.part(y, 2, 1, more.oh()), 3, 1, more.ow());
    trial.sameBits("y", want, Pools.max(backend, here, moved).y());
  }

  private static void separable(Backend backend, PoolShape s, Trial trial) {
    Padding p = s.padding();
    Padding down = new Padding(p.top(), p.bottom(), 0, 0);
    PoolShape columns =
        new PoolShape(
            s.n(), s.c(), s.ih(), s.iw(), s.kh(), 1, s.strideH(), 1, s.dilationH(), 1, down);
    Padding right = new Padding(0, 0, p.left(), p.right());
    PoolShape rows =
        new PoolShape(
            s.n(), s.c(), s.oh(), s.iw(), 1, s.kw(), 1, s.strideW(), 1, s.dilationW(), right);
    Tensor x = trial.wideRange(s.x());
    trial.requireAlive(Pools.referenceMax(s, x).y());
    Tensor twice = Pools.max(backend, rows, Pools.max(backend, columns, x).y()).y();
    trial.sameBits("y", Pools.max(backend, s, x).y(), twice);
  }

  private static void composition(Backend backend, PoolShape s, Trial trial) {
    int b = 1 + trial.random().nextInt(4);
    int kh = s.kh() + b - 1;
    int kw = s.kw() + b - 1;
    int ih = Math.max(s.ih(), kh);
    int iw = Math.max(s.iw(), kw);
    PoolShape first = plain(s, ih, iw, s.kh(), s.kw());
    PoolShape second = plain(s, first.oh(), first.ow(), b, b);
    PoolShape both = plain(s, ih, iw, kh, kw);
    Tensor x = trial.wideRange(both.x());
    trial.requireAlive(Pools.referenceMax(both, x).y());
    Tensor twice = Pools.max(backend, second, Pools.max(backend, first, x).y()).y();
    trial.sameBits("y", Pools.max(backend, both, x).y(), twice);
  }

  private static PoolShape plain(PoolShape s, int ih, int iw, int kh, int kw) {
    return new PoolShape(s.n(), s.c(), ih, iw, kh, kw, 1, 1, 1, 1, Padding.NONE);
  }

  private static void planes(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    Tensor y = Pools.max(backend, s, x).y();
    trial.requireAlive(Pools.referenceMax(s, x).y());
    int[] images = Axes.permutation(s.n(), trial.random());
    int[] channels = Axes.permutation(s.c(), trial.random());
    int[] some = Arrays.copyOf(channels, 1 + trial.random().nextInt(s.c()));
    PoolShape fewer = Pools.with(s, s.n(), some.length, s.ih(), s.iw(), s.padding());
    Tensor other = Axes.pick(Axes.pick(x, 0, images), 1, some);
    Tensor want = Axes.pick(Axes.pick(y, 0, images), 1, some);
    trial.sameBits("y", want, Pools.max(backend, fewer, other).y());
  }
}
