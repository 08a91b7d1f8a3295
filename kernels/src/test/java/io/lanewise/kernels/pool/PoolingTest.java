package io.lanewise.kernels.pool;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The poolings that {@code MaxPoolTest} and {@code AvgPoolTest} leave: other norms, adaptive
 * windows, unpooling, and everything channels last, where results have the bits of channels first.
 */
final class PoolingTest {
  private static final Pooling REFERENCE = new ReferenceBackend().pooling();
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static Stream<PoolShape> shapes() {
    return PoolShapes.all();
  }

  static Stream<AdaptivePoolShape> adaptive() {
    return Stream.of(
        AdaptivePoolShape.of(Shape.of(2, 3, 7), 3),
        AdaptivePoolShape.of(Shape.of(1, 17, 8), 4),
        AdaptivePoolShape.of(Shape.of(1, 2, 3), 5),
        AdaptivePoolShape.of(Shape.of(2, 19, 7, 10), 3, 4),
        AdaptivePoolShape.of(Shape.of(1, 67, 6, 6), 1),
        AdaptivePoolShape.of(Shape.of(1, 1, 1, 9), 2),
        AdaptivePoolShape.of(Shape.of(0, 2, 4, 4), 2),
        AdaptivePoolShape.of(Shape.of(1, 18, 3, 5, 4), 2, 3, 4));
  }

  /** What runs with a workspace of its own. */
  private static Tensor unwritten(Shape shape, Layout layout) {
    return Guarded.unwritten(shape, layout).tensor();
  }

  private static int[] unwrittenIndices(Shape shape) {
    int[] indices = new int[shape.size()];
    Arrays.fill(indices, -77);
    return indices;
  }

  /** Indices as a tensor of their bits, so that they can be brought to another layout. */
  private static Tensor asTensor(Shape shape, Layout layout, int[] indices) {
    Tensor t = Tensor.zeros(shape, layout);
    for (int i = 0; i < indices.length; i++) {
      t.array()[i] = indices[i];
    }
    return t;
  }

  private static int[] asInts(Tensor t) {
    int[] ints = new int[t.size()];
    Arrays.setAll(ints, i -> (int) t.array()[t.offset() + i]);
    return ints;
  }

  private static Tensor first(Tensor t) {
    return t.copy(Layout.CHANNELS_FIRST);
  }

  private static String context(Object s, Target t, Parallel par) {
    return "%s, %s, %d workers".formatted(s, t.kernels().name(), par.workers());
  }

  /** Each target and team, channels last. */
  private interface Check {
    void run(Pooling pooling, Parallel par, String context);
  }

  private static void onAll(Object s, Check check) {
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        check.run(new KernelPooling(t), par, context(s, t, par));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void maxHasTheBitsOfChannelsFirst(PoolShape s) {
    Layout last = Layout.CHANNELS_LAST;
    for (Tensor x : List.of(TestData.integers(s.x(), 1), TestData.withSpecials(s.x(), 2))) {
      Tensor y = Tensor.zeros(s.y());
      int[] indices = new int[y.size()];
      MaxPool reference = REFERENCE.max(s, Layout.CHANNELS_FIRST);
      reference.forward(x, y, indices, null, ONE);
      Tensor found = asTensor(s.y(), Layout.CHANNELS_FIRST, indices);
      Tensor dy = TestData.uniform(s.y(), 3);
      Tensor dx = Tensor.zeros(s.x());
      new KernelPooling(Targets.best())
          .max(s, Layout.CHANNELS_FIRST)
          .backward(dy, indices, dx, ONE);
      onAll(
          s,
          (pooling, par, context) -> {
            MaxPool plan = pooling.max(s, last);
            Guarded in = Guarded.of(x.copy(last));
            Guarded out = Guarded.unwritten(s.y(), last);
            int[] got = unwrittenIndices(s.y());
            var ws = TestData.workspace(plan.workspace(), par);
            plan.forward(in.tensor(), out.tensor(), got, ws, par);
            assertSameBits(y, first(out.tensor()), context);
            assertSameBits(found, first(asTensor(s.y(), last, got)), context);
            out.assertGuardsIntact(context);
            in.assertUnchanged(context);
            Tensor alone = unwritten(s.y(), last);
            plan.forward(in.tensor(), alone, null, ws, par);
            assertSameBits(out.tensor().copy(), alone.copy(), "without indices, " + context);
            Guarded back = Guarded.unwritten(s.x(), last);
            plan.backward(dy.copy(last), asInts(found.copy(last)), back.tensor(), par);
            assertSameBits(dx, first(back.tensor()), context);
            back.assertGuardsIntact(context);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void averagesHaveTheBitsOfChannelsFirst(PoolShape s) {
    Layout last = Layout.CHANNELS_LAST;
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    for (boolean counts : new boolean[] {false, true}) {
      AvgPool plain = new KernelPooling(Targets.best()).average(s, counts, Layout.CHANNELS_FIRST);
      Tensor y = unwritten(s.y(), Layout.CHANNELS_FIRST);
      Tensor dx = unwritten(s.x(), Layout.CHANNELS_FIRST);
      plain.forward(x, y, TestData.workspace(plain.workspace(), ONE), ONE);
      plain.backward(dy, dx, TestData.workspace(plain.workspace(), ONE), ONE);
      onAll(
          s,
          (pooling, par, context) -> {
            AvgPool plan = pooling.average(s, counts, last);
            assertEquals(last, plan.layout());
            Guarded out = Guarded.unwritten(s.y(), last);
            plan.forward(
                Guarded.of(x.copy(last)).tensor(),
                out.tensor(),
                TestData.workspace(plan.workspace(), par),
                par);
            assertSameBits(y, first(out.tensor()), context);
            out.assertGuardsIntact(context);
            Guarded back = Guarded.unwritten(s.x(), last);
            plan.backward(
                Guarded.of(dy.copy(last)).tensor(),
                back.tensor(),
                TestData.workspace(plan.workspace(), par),
                par);
            assertSameBits(dx, first(back.tensor()), context);
            back.assertGuardsIntact(context);
          });
    }
  }

  /** A square, its root and a quotient are rounded once each; so is every term of p > 2. */
  @ParameterizedTest
  @MethodSource("shapes")
  void normsStayWithinTheErrorBound(PoolShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    for (double p : new double[] {1, 2, 3, 2.5}) {
      LpPool reference = REFERENCE.lp(s, p, Layout.CHANNELS_FIRST);
      Tensor y = Tensor.zeros(s.y());
      Tensor dx = Tensor.zeros(s.x());
      Tensor terms = Tensor.zeros(s.x());
      reference.forward(x, y, null, ONE);
      reference.backward(x, y, dy, dx, ONE);
      reference.backward(absolute(x), y, absolute(dy), terms, ONE);
      for (Layout layout : Layout.values()) {
        onAll(
            s,
            (pooling, par, context) -> {
              String name = "p " + p + " " + layout + ", " + context;
              LpPool plan = pooling.lp(s, p, layout);
              Guarded out = Guarded.unwritten(s.y(), layout);
              Guarded in = Guarded.of(x.copy(layout));
              var ws = TestData.workspace(plan.workspace(), par);
              plan.forward(in.tensor(), out.tensor(), ws, par);
              assertSums(y, y, s.area() + 2, first(out.tensor()), name);
              out.assertGuardsIntact(name);
              Guarded back = Guarded.unwritten(s.x(), layout);
              plan.backward(in.tensor(), y.copy(layout), dy.copy(layout), back.tensor(), par);
              assertSums(dx, terms, s.area() + 2, first(back.tensor()), name);
              back.assertGuardsIntact(name);
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void normsHaveTheSameBitsEverywhere(PoolShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    for (double p : new double[] {1, 2, 3}) {
      LpPool plain = new KernelPooling(Targets.unfused()).lp(s, p, Layout.CHANNELS_FIRST);
      Tensor y = unwritten(s.y(), Layout.CHANNELS_FIRST);
      Tensor dx = unwritten(s.x(), Layout.CHANNELS_FIRST);
      plain.forward(x, y, TestData.workspace(plain.workspace(), ONE), ONE);
      plain.backward(x, y, dy, dx, ONE);
      for (Layout layout : Layout.values()) {
        onAll(
            s,
            (pooling, par, context) -> {
              LpPool plan = pooling.lp(s, p, layout);
              Tensor out = unwritten(s.y(), layout);
              Tensor back = unwritten(s.x(), layout);
              Tensor in = x.copy(layout);
              plan.forward(in, out, TestData.workspace(plan.workspace(), par), par);
              plan.backward(in, out, dy.copy(layout), back, par);
              assertSameBits(y, first(out), context);
              assertSameBits(dx, first(back), context);
            });
      }
    }
  }

  @Test
  void normsOfZerosHaveNoGradient() {
    PoolShape s = PoolShape.parse("n1 c33 ih4 kh2 s2");
    Tensor zeros = Tensor.zeros(s.x(), Layout.CHANNELS_LAST);
    Tensor norms = Tensor.zeros(s.y(), Layout.CHANNELS_LAST);
    Tensor dy = Tensor.zeros(s.y(), Layout.CHANNELS_LAST).fill(1f);
    onAll(
        s,
        (pooling, par, context) -> {
          for (double p : new double[] {1, 2, 3}) {
            Tensor dx = unwritten(s.x(), Layout.CHANNELS_LAST);
            pooling.lp(s, p, Layout.CHANNELS_LAST).backward(zeros, norms, dy, dx, par);
            assertSameBits(zeros, dx.copy(), "p " + p + ", " + context);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("adaptive")
  void adaptiveWindowsAgreeWithTheReference(AdaptivePoolShape s) {
    Tensor x = TestData.integers(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    for (Layout layout : Layout.values()) {
      AdaptiveMaxPool max = REFERENCE.adaptiveMax(s, layout);
      AdaptiveAvgPool mean = REFERENCE.adaptiveAverage(s, layout);
      Tensor in = x.copy(layout);
      Tensor slopes = dy.copy(layout);
      Tensor y = Tensor.zeros(s.y(), layout);
      int[] indices = new int[y.size()];
      max.forward(in, y, indices, null, ONE);
      Tensor dx = Tensor.zeros(s.x(), layout);
      Tensor sums = Tensor.zeros(s.x(), layout);
      max.backward(slopes, indices, dx, ONE);
      max.backward(absolute(slopes).copy(layout), indices, sums, ONE);
      Tensor means = Tensor.zeros(s.y(), layout);
      Tensor sizes = Tensor.zeros(s.y(), layout);
      mean.forward(in, means, null, ONE);
      mean.forward(absolute(in), sizes, null, ONE);
      Tensor meansBack = Tensor.zeros(s.x(), layout);
      Tensor sizesBack = Tensor.zeros(s.x(), layout);
      mean.backward(slopes, meansBack, null, ONE);
      mean.backward(absolute(slopes), sizesBack, null, ONE);
      long k = s.x().size() / 2 + 2L;
      onAll(
          s,
          (pooling, par, context) -> {
            AdaptiveMaxPool plan = pooling.adaptiveMax(s, layout);
            assertEquals(layout, plan.layout());
            assertEquals(s, plan.shape());
            Guarded out = Guarded.unwritten(s.y(), layout);
            int[] got = unwrittenIndices(s.y());
            var ws = TestData.workspace(plan.workspace(), par);
            plan.forward(Guarded.of(in).tensor(), out.tensor(), got, ws, par);
            assertSameBits(y, out.tensor().copy(), context);
            assertArrayEquals(indices, got, context);
            Guarded back = Guarded.unwritten(s.x(), layout);
            plan.backward(slopes, got, back.tensor(), par);
            assertSums(dx, sums, k, back.tensor(), context);
            back.assertGuardsIntact(context);

            AdaptiveAvgPool average = pooling.adaptiveAverage(s, layout);
            assertEquals(layout, average.layout());
            assertEquals(s, average.shape());
            Guarded outMean = Guarded.unwritten(s.y(), layout);
            var scratch = TestData.workspace(average.workspace(), par);
            average.forward(Guarded.of(in).tensor(), outMean.tensor(), scratch, par);
            assertSums(means, sizes, k, outMean.tensor(), context);
            outMean.assertGuardsIntact(context);
            Guarded backMean = Guarded.unwritten(s.x(), layout);
            average.backward(slopes, backMean.tensor(), scratch, par);
            assertSums(meansBack, sizesBack, k, backMean.tensor(), context);
            backMean.assertGuardsIntact(context);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void unpoolingPutsBackWhatMaxPoolingTook(PoolShape s) {
    Tensor big = TestData.integers(s.x(), 1);
    for (Layout layout : Layout.values()) {
      MaxPool max = REFERENCE.max(s, layout);
      Tensor small = Tensor.zeros(s.y(), layout);
      int[] indices = new int[small.size()];
      max.forward(big.copy(layout), small, indices, null, ONE);
      MaxUnpool reference = REFERENCE.maxUnpool(s.y(), s.x(), layout);
      Tensor x = TestData.withSpecials(s.y(), 3).copy(layout);
      Tensor y = unwritten(s.x(), layout);
      reference.forward(x, indices, y, ONE);
      Tensor dx = unwritten(s.y(), layout);
      reference.backward(big.copy(layout), indices, dx, ONE);
      onAll(
          s,
          (pooling, par, context) -> {
            MaxUnpool plan = pooling.maxUnpool(s.y(), s.x(), layout);
            assertEquals(layout, plan.layout());
            assertEquals(s.y(), plan.x());
            assertEquals(s.x(), plan.y());
            Guarded out = Guarded.unwritten(s.x(), layout);
            plan.forward(Guarded.of(x).tensor(), indices, out.tensor(), par);
            assertSameBits(y, out.tensor().copy(), context);
            out.assertGuardsIntact(context);
            Guarded back = Guarded.unwritten(s.y(), layout);
            plan.backward(Guarded.of(big.copy(layout)).tensor(), indices, back.tensor(), par);
            assertSameBits(dx, back.tensor().copy(), context);
            back.assertGuardsIntact(context);
          });
    }
  }

  /** The family's and the backend's own plans are the same. */
  @ParameterizedTest
  @MethodSource("shapes")
  void everyBackendOffersTheFamily(PoolShape s) {
    for (Backend b : List.of(Backend.best(), new ReferenceBackend())) {
      assertEquals(Layout.CHANNELS_FIRST, b.maxPool(s).layout());
      assertEquals(s, b.pooling().max(s, Layout.CHANNELS_LAST).shape());
      assertEquals(2.0, b.pooling().lp(s, 2, Layout.CHANNELS_LAST).p());
    }
  }
}
