package io.lanewise.kernels.pool;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.Refusals.assertRefused;
import static io.lanewise.kernels.TestData.absolute;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Max pooling against the reference: the same values and the same indices, always. */
final class MaxPoolTest {
  static Stream<PoolShape> shapes() {
    return PoolShapes.all();
  }

  @SuppressWarnings("ArrayRecordComponent") // two results, never compared
  private record Pooled(Tensor y, int[] indices) {}

  @ParameterizedTest
  @MethodSource("shapes")
  void findsTheGreatest(PoolShape s) {
    assertSameAsReference(s, TestData.uniform(s.x(), 1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void takesTheFirstOfEquals(PoolShape s) {
    assertSameAsReference(s, TestData.integers(s.x(), 2));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void takesTheFirstNanAndCopesWithInfinities(PoolShape s) {
    assertSameAsReference(s, TestData.withSpecials(s.x(), 3));
    assertSameAsReference(s, Tensor.zeros(s.x()).fill(Float.NEGATIVE_INFINITY));
    assertSameAsReference(s, Tensor.zeros(s.x()).fill(Float.NaN));
  }

  /** Runs of windows that share columns, and pixels of fewer channels than lanes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 c37 ih9 iw11 kh3 p1",
        "n1 c37 ih9 iw11 kh3 s2 p1",
        "n1 c64 ih7 iw6 kh3",
        "n2 c1 ih9 iw23 kh2 s2",
        "n2 c3 ih9 kh3 s2 p1",
        "n2 c5 ih8 kh3 p1",
        "n1 c15 ih7 kh2"
      })
  void keepsTheOrderOfTapsChannelsLast(String shape) {
    PoolShape s = PoolShape.parse(shape);
    Tensor zeros = TestData.integers(s.x(), 8);
    for (int i = 0; i < zeros.size(); i++) {
      float v = zeros.array()[i];
      zeros.array()[i] = v > 1 ? -0f : Math.min(0f, v + 2);
    }
    List<Tensor> inputs =
        List.of(TestData.uniform(s.x(), 7), zeros, TestData.withSpecials(s.x(), 9));
    for (Tensor x : inputs) {
      Tensor expected = Tensor.zeros(s.y());
      ReferencePool.max(s, x, expected, new int[s.y().size()]);
      for (Target t : Targets.all()) {
        MaxPool plan = new KernelPooling(t).max(s, Layout.CHANNELS_LAST);
        Workspace ws = Workspace.allocate(plan.workspace(), 1);
        Tensor y = Tensor.zeros(s.y(), Layout.CHANNELS_LAST).fill(Float.NaN);
        plan.forward(x.copy(Layout.CHANNELS_LAST), y, null, ws, Parallel.SEQUENTIAL);
        assertSameBits(expected, y.copy(Layout.CHANNELS_FIRST), shape + ", " + t);
      }
    }
  }

  private static void assertSameAsReference(PoolShape s, Tensor x) {
    Pooled expected = new Pooled(Tensor.zeros(s.y()), new int[s.y().size()]);
    ReferencePool.max(s, x, expected.y, expected.indices);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(s, t, par);
        Pooled got = forward(s, t, x, par, context);
        assertSameBits(expected.y, got.y, context);
        assertArrayEquals(expected.indices, got.indices, context);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void routesGradientsBack(PoolShape s) {
    int[] indices = new int[s.y().size()];
    ReferencePool.max(s, TestData.integers(s.x(), 4), Tensor.zeros(s.y()), indices);
    Tensor whole = TestData.integers(s.y(), 5);
    Tensor wholeExpected = backwardReference(s, whole, indices);
    Tensor dy = TestData.uniform(s.y(), 6);
    Tensor expected = backwardReference(s, dy, indices);
    Tensor magnitudes = backwardReference(s, absolute(dy), indices);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(s, t, par);
        assertExact(wholeExpected, backward(s, t, whole, indices, par, context), context);
        Tensor got = backward(s, t, dy, indices, par, context);
        assertSums(expected, magnitudes, s.area(), got, context);
        assertSameBits(got, backward(s, t, dy, indices, Teams.TWO, context), context);
      }
    }
  }

  @Test
  void anIndexIsAPlaceInItsOwnPlane() {
    PoolShape s = PoolShape.parse("n2 c2 ih2 iw3 kh2 kw3");
    Tensor x = Tensor.zeros(s.x());
    x.set(1f, 0, 0, 1, 2);
    x.set(1f, 0, 1, 0, 1);
    x.set(1f, 1, 0, 1, 0);
    Pooled got = forward(s, Targets.best(), x, Parallel.SEQUENTIAL, "");
    assertArrayEquals(new int[] {5, 1, 3, 0}, got.indices);
  }

  @Test
  void refusesWrongArguments() {
    PoolShape s = PoolShape.parse("n1 c2 ih4 kh2 s2 p1");
    MaxPool plan = CpuBackend.best().maxPool(s);
    assertEquals(s, plan.shape());
    Tensor x = Tensor.zeros(s.x());
    Tensor y = Tensor.zeros(s.y());
    int[] indices = new int[s.y().size()];
    int[] few = new int[3];
    Tensor wrong = Tensor.zeros(1, 2, 4, 5);
    Tensor onX = Tensor.wrap(s.y(), x.array(), 1);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Parallel par = Parallel.SEQUENTIAL;
    assertRefused(() -> plan.forward(wrong, y, indices, ws, par), "x must have shape");
    assertRefused(() -> plan.forward(x, wrong, indices, ws, par), "y must have shape");
    assertRefused(() -> plan.forward(x, y, few, ws, par), "indices must have 18 elements", "got 3");
    assertRefused(() -> plan.forward(x, onX, indices, ws, par), "y must not share elements with x");
    assertRefused(() -> plan.forward(x, y, indices, Workspace.NONE, par), "the workspace must");
    assertRefused(() -> plan.backward(wrong, indices, x, par), "dy must have shape");
    assertRefused(() -> plan.backward(y, indices, wrong, par), "dx must have shape");
    assertRefused(() -> plan.backward(y, few, x, par), "indices must have 18 elements");
    assertRefused(() -> plan.backward(onX, indices, x, par), "dx must not share elements with dy");
  }

  private static Pooled forward(PoolShape s, Target t, Tensor x, Parallel par, String context) {
    MaxPool plan = new KernelPooling(t).max(s, Layout.CHANNELS_FIRST);
    Guarded in = Guarded.of(x);
    Guarded y = Guarded.unwritten(s.y());
    int[] indices = new int[s.y().size()];
    Arrays.fill(indices, -77);
    plan.forward(in.tensor(), y.tensor(), indices, TestData.workspace(plan.workspace(), par), par);
    in.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return new Pooled(y.tensor(), indices);
  }

  private static Tensor backward(
      PoolShape s, Target t, Tensor dy, int[] indices, Parallel par, String context) {
    Guarded in = Guarded.of(dy);
    Guarded dx = Guarded.unwritten(s.x());
    new KernelPooling(t)
        .max(s, Layout.CHANNELS_FIRST)
        .backward(in.tensor(), indices, dx.tensor(), par);
    in.assertUnchanged(context);
    dx.assertGuardsIntact(context);
    return dx.tensor();
  }

  private static Tensor backwardReference(PoolShape s, Tensor dy, int[] indices) {
    Tensor dx = Tensor.zeros(s.x());
    ReferencePool.maxBackward(s, dy, indices, dx);
    return dx;
  }

  private static String context(PoolShape s, Target t, Parallel par) {
    return "%s, %d workers, %s".formatted(t.kernels().name(), par.workers(), s);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsOnAnyTeamAndAgain(PoolShape s) {
    Tensor x = TestData.withSpecials(s.x(), 7);
    Target t = Targets.best();
    Pooled alone = forward(s, t, x, Parallel.SEQUENTIAL, "");
    for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
      String context = context(s, t, par);
      Pooled got = forward(s, t, x, par, context);
      assertSameBits(alone.y, got.y, context);
      assertArrayEquals(alone.indices, got.indices, context);
    }
  }
}
