package io.lanewise.kernels.movement;

import static io.lanewise.kernels.Refusals.assertRefused;
import static io.lanewise.kernels.movement.MovementTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class IndexedTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Movements REFERENCE = new ReferenceBackend().movements();

  /** A gather or a scatter, and the sizes of the axes to which its indices belong. */
  @SuppressWarnings("ArrayRecordComponent") // cases are not compared
  record Case<T>(String name, int[] sizes, Function<Movements, T> plan) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case<Gather>> gathers() {
    Stream<Case<Gather>> last =
        Stream.of(0, 1, 2, 3)
            .map(axis -> along(Layout.CHANNELS_LAST, Shape.of(2, 5, 3, 4), axis, Shape.of(7)));
    Stream<Case<Gather>> first =
        Stream.of(
            along(Layout.CHANNELS_FIRST, Shape.of(6), 0, Shape.of(40)),
            along(Layout.CHANNELS_FIRST, Shape.of(6), 0, Shape.of()),
            along(Layout.CHANNELS_FIRST, Shape.of(3, 17), 1, Shape.of(2, 2)),
            along(Layout.CHANNELS_FIRST, Shape.of(9, 300), 0, Shape.of(2, 20)),
            along(Layout.CHANNELS_FIRST, Shape.of(40, 5, 19), 1, Shape.of(7)),
            along(Layout.CHANNELS_FIRST, Shape.of(2, 3, 4, 5), -2, Shape.of(0)),
            along(Layout.CHANNELS_FIRST, Shape.of(0, 3, 4), 1, Shape.of(5)),
            along(Layout.CHANNELS_FIRST, Shape.of(1, 1, 1), 2, Shape.of(3, 1, 2)));
    return Stream.concat(Stream.concat(first, last), Stream.concat(elements(), tuples()));
  }

  private static Case<Gather> along(Layout layout, Shape x, int axis, Shape indices) {
    String name = "along " + axis + " of " + x + " by " + indices + " " + layout;
    int[] size = {x.dim(axis)};
    return new Case<>(name, size, m -> m.in(layout).gather(x, axis, indices));
  }

  private static final List<Shape> X =
      List.of(Shape.of(7), Shape.of(5, 6), Shape.of(4, 5, 6), Shape.of(3, 70, 90), Shape.of(2, 3));
  private static final List<Shape> ELEMENTS =
      List.of(Shape.of(20), Shape.of(5, 9), Shape.of(3, 5, 2), Shape.of(3, 70, 90), Shape.of(2, 0));

  private static Stream<Case<Gather>> elements() {
    return Stream.of(0, 1, 2, 3, 4)
        .map(
            i -> {
              Shape x = X.get(i);
              int[] size = {x.dim(-1)};
              String name = "elements of " + x + " by " + ELEMENTS.get(i);
              return new Case<>(name, size, m -> m.gatherElements(x, -1, ELEMENTS.get(i)));
            });
  }

  private static Stream<Case<Gather>> tuples() {
    Shape x = Shape.of(3, 4, 5, 18);
    return Stream.of(
        nd(x, Shape.of(9, 1), 0),
        nd(x, Shape.of(2, 3, 4), 0),
        nd(x, Shape.of(2), 0),
        nd(x, Shape.of(3, 6, 2), 1),
        nd(x, Shape.of(3, 4, 2, 1), 2),
        nd(x, Shape.of(3, 4, 2, 2), 2),
        nd(x, Shape.of(0, 2), 0));
  }

  private static Case<Gather> nd(Shape x, Shape indices, int batch) {
    int[] sizes = new int[indices.dim(-1)];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = x.dim(batch + i);
    }
    String name = "tuples of " + x + " by " + indices + " batch axes " + batch;
    return new Case<>(name, sizes, m -> m.gatherNd(x, indices, batch));
  }

  static Stream<Case<Scatter>> scatters() {
    return Stream.of(ScatterMode.values())
        .flatMap(
            mode ->
                Stream.concat(
                    Stream.of(0, 1, 2, 3, 4).map(i -> scatterElements(i, mode)),
                    Stream.of(Shape.of(9, 1), Shape.of(2, 9, 2), Shape.of(200, 3))
                        .map(indices -> scatterNd(indices, mode))));
  }

  private static Case<Scatter> scatterElements(int i, ScatterMode mode) {
    Shape x = X.get(i);
    int[] size = {x.dim(-1)};
    String name = mode + " elements of " + x + " by " + ELEMENTS.get(i);
    return new Case<>(name, size, m -> m.scatterElements(x, -1, ELEMENTS.get(i), mode));
  }

  private static Case<Scatter> scatterNd(Shape indices, ScatterMode mode) {
    Shape x = Shape.of(3, 4, 5, 18);
    int[] sizes = new int[indices.dim(-1)];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = x.dim(i);
    }
    String name = mode + " tuples of " + x + " by " + indices;
    return new Case<>(name, sizes, m -> m.scatterNd(x, indices, mode));
  }

  /** Indices of either sign, many of them several times; every other time of 64 bits. */
  private static Indices indices(Shape shape, int[] sizes, int seed) {
    Random random = new Random(seed);
    int[] values = new int[shape.size()];
    long[] longs = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      int size = sizes[i % sizes.length];
      values[i] = random.nextInt(2 * size) - size;
      longs[i] = values[i];
    }
    return seed % 2 == 0 ? Indices.of(values) : Indices.of(longs);
  }

  @ParameterizedTest
  @MethodSource("gathers")
  void gathersHaveTheReferencesBits(Case<Gather> c) {
    Gather reference = c.plan().apply(REFERENCE);
    Indices which = indices(reference.indices(), c.sizes(), c.name().hashCode());
    Tensor x = TestData.withSpecials(reference.x(), 1).copy(reference.layout());
    Tensor dy = TestData.integers(reference.y(), 2).copy(reference.layout());
    Tensor y = gather(reference, x, which, true, ONE, "reference");
    Tensor dx = gather(reference, dy, which, false, ONE, "reference");
    for (Target t : Targets.all()) {
      Gather op = c.plan().apply(new KernelMovements(t));
      assertEquals(reference.y(), op.y());
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = c + " " + t.kernels().name() + " " + par.workers() + " workers";
        assertSameBits(y, gather(op, x, which, true, par, context), context);
        assertSameBits(dx, gather(op, dy, which, false, par, context), context + " backward");
      }
    }
  }

  /** Where rounding shows the order of sums. */
  @ParameterizedTest
  @MethodSource("gathers")
  void gradientsHaveOneOrder(Case<Gather> c) {
    Gather first = c.plan().apply(CpuBackend.scalar().movements());
    Indices which = indices(first.indices(), c.sizes(), 4);
    Tensor dy = TestData.uniform(first.y(), 2).copy(first.layout());
    Tensor dx = gather(first, dy, which, false, ONE, "");
    Tensor inOrder = Tensor.zeros(first.x(), first.layout());
    if (first.x().rank() == 1) {
      for (int i = 0; i < dy.size(); i++) {
        inOrder.array()[which.get(i, first.x().size())] += dy.array()[i];
      }
      assertSameBits(inOrder, dx, c.name());
    }
    for (Parallel par : List.of(ONE, Teams.TWO, Teams.THREE)) {
      Gather op = c.plan().apply(CpuBackend.best().movements());
      assertSameBits(dx, gather(op, dy, which, false, par, c.name()), c.name());
    }
  }

  private static Tensor gather(
      Gather op, Tensor in, Indices which, boolean forward, Parallel par, String context) {
    Guarded src = Guarded.of(in);
    Guarded dst = Guarded.unwritten(forward ? op.y() : op.x(), op.layout());
    if (forward) {
      op.forward(src.tensor(), which, dst.tensor(), par);
    } else {
      op.backward(src.tensor(), which, dst.tensor(), par);
    }
    src.assertUnchanged(context);
    dst.assertGuardsIntact(context);
    return dst.tensor().copy();
  }

  /** Small integers: sums and, of few, products are exact. */
  @ParameterizedTest
  @MethodSource("scatters")
  void scattersHaveTheReferencesBits(Case<Scatter> c) {
    Scatter reference = c.plan().apply(REFERENCE);
    Indices which = indices(reference.indices(), c.sizes(), c.name().hashCode());
    boolean product = reference.mode() == ScatterMode.MUL;
    Tensor x = TestData.integers(reference.x(), 1);
    Tensor u = TestData.integers(reference.updates(), 2);
    if (product) {
      for (int i = 0; i < u.size(); i++) {
        u.array()[i] = Math.scalb(i % 3 == 0 ? -1f : 1f, (int) u.array()[i] / 2);
      }
    }
    Tensor y = scatter(reference, x, which, u, ONE, "reference");
    for (Target t : Targets.all()) {
      Scatter op = c.plan().apply(new KernelMovements(t));
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = c + " " + t.kernels().name() + " " + par.workers() + " workers";
        assertSameBits(y, scatter(op, x, which, u, par, context), context);
        Tensor inPlace = x.copy();
        op.forward(inPlace, which, u, inPlace, par);
        assertSameBits(y, inPlace, context + " in place");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scatters")
  void gradientsOfScattersAreTheReferences(Case<Scatter> c) {
    Scatter reference = c.plan().apply(REFERENCE);
    ScatterMode mode = reference.mode();
    Indices which = indices(reference.indices(), c.sizes(), c.name().hashCode());
    Tensor dy = TestData.uniform(reference.x(), 3);
    Tensor dx = Tensor.zeros(reference.x());
    Tensor du = Tensor.zeros(reference.updates());
    if (mode != ScatterMode.NONE && mode != ScatterMode.ADD) {
      for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
        Scatter op = c.plan().apply(b.movements());
        assertThrows(
            UnsupportedOperationException.class, () -> op.backward(dy, which, dx, du, ONE));
      }
      return;
    }
    reference.backward(dy, which, dx, du, ONE);
    for (Target t : Targets.all()) {
      Scatter op = c.plan().apply(new KernelMovements(t));
      for (Parallel par : Teams.ONE_AND_THREE) {
        Guarded slopes = Guarded.of(dy);
        Guarded gotX = Guarded.unwritten(dx.shape());
        Guarded gotU = Guarded.unwritten(du.shape());
        op.backward(slopes.tensor(), which, gotX.tensor(), gotU.tensor(), par);
        slopes.assertUnchanged(c.name());
        gotX.assertGuardsIntact(c.name());
        gotU.assertGuardsIntact(c.name());
        assertSameBits(dx, gotX.tensor(), c.name());
        assertSameBits(du, gotU.tensor(), c.name());
        Tensor inPlace = dy.copy();
        op.backward(inPlace, which, inPlace, gotU.tensor(), par);
        assertSameBits(dx, inPlace, c + " in place");
        assertSameBits(du, gotU.tensor(), c + " in place");
      }
    }
  }

  /** ⟨dy, scatter(x, u)⟩ = ⟨dx, x⟩ + ⟨du, u⟩: exact for integers. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "ADD"})
  void scattersGradientIsTheAdjoint(ScatterMode mode) {
    Shape x = Shape.of(6, 5);
    Shape indices = Shape.of(9, 4);
    Scatter op = CpuBackend.best().movements().scatterElements(x, 0, indices, mode);
    Indices which = indices(indices, new int[] {6}, 5);
    Tensor a = TestData.integers(x, 1);
    Tensor u = TestData.integers(indices, 2);
    Tensor dy = TestData.integers(x, 3);
    Tensor y = Tensor.zeros(x);
    Tensor dx = Tensor.zeros(x);
    Tensor du = Tensor.zeros(indices);
    op.forward(a, which, u, y, ONE);
    op.backward(dy, which, dx, du, ONE);
    assertEquals(dot(dy, y), dot(dx, a) + dot(du, u));
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  private static Tensor scatter(
      Scatter op, Tensor x, Indices which, Tensor u, Parallel par, String context) {
    Guarded src = Guarded.of(x);
    Guarded updates = Guarded.of(u);
    Guarded dst = Guarded.unwritten(op.x());
    op.forward(src.tensor(), which, updates.tensor(), dst.tensor(), par);
    src.assertUnchanged(context);
    updates.assertUnchanged(context);
    dst.assertGuardsIntact(context);
    return dst.tensor().copy();
  }

  @Test
  void oneHotByHand() {
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      OneHot rows = b.movements().oneHot(Shape.of(4), 3, -1);
      Tensor y = Tensor.zeros(rows.y()).fill(Float.NaN);
      rows.forward(Indices.of(2, 0, -3, 3), 0, 1, y, ONE);
      float[] byRows = {0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0};
      assertArrayEquals(byRows, y.toArray());
      OneHot columns = b.movements().oneHot(Shape.of(2, 2), 2, 1);
      Tensor z = Tensor.zeros(columns.y()).fill(Float.NaN);
      columns.forward(Indices.of(1L, 0L, 1L << 40, -1L), 5, Float.NaN, z, Teams.THREE);
      float nan = Float.NaN;
      assertArrayEquals(new float[] {5, nan, nan, 5, 5, 5, 5, nan}, z.toArray());
    }
  }

  @Test
  void oneHotHasTheReferencesBits() {
    for (Shape s : List.of(Shape.of(), Shape.of(3000), Shape.of(3, 0), Shape.of(2, 50, 7))) {
      for (int axis = -s.rank() - 1; axis <= s.rank(); axis++) {
        OneHot reference = REFERENCE.oneHot(s, 19, axis);
        Indices which = indices(s, new int[] {25}, 1);
        Tensor expected = Tensor.zeros(reference.y());
        reference.forward(which, -1, 2, expected, ONE);
        for (Parallel par : Teams.ONE_AND_THREE) {
          Guarded y = Guarded.unwritten(reference.y());
          CpuBackend.best().movements().oneHot(s, 19, axis).forward(which, -1, 2, y.tensor(), par);
          y.assertGuardsIntact(s.toString());
          assertSameBits(expected, y.tensor(), s + " axis " + axis);
        }
      }
    }
  }

  @Test
  void maximaTreatNanAndZeros() {
    float nan = Float.NaN;
    Shape s = Shape.of(4);
    Tensor x = Tensor.of(s, 1, nan, -0f, 0f);
    Tensor u = Tensor.of(s, nan, 1, 0f, -0f);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      Tensor y = Tensor.zeros(s);
      Scatter max = b.movements().scatterElements(s, 0, s, ScatterMode.MAX);
      max.forward(x, Indices.of(0, 1, 2, 3), u, y, ONE);
      assertSameBits(Tensor.of(s, nan, nan, 0f, 0f), y, b.describe());
      Scatter min = b.movements().scatterElements(s, 0, s, ScatterMode.MIN);
      min.forward(x, Indices.of(0, 1, 2, 3), u, y, ONE);
      assertSameBits(Tensor.of(s, nan, nan, -0f, -0f), y, b.describe());
    }
  }

  /** Nothing is written before every index was looked at. */
  @Test
  void refusesWrongIndices() {
    Shape s = Shape.of(2, 3);
    Tensor x = Tensor.zeros(s);
    Tensor y = Tensor.zeros(s).fill(7);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
      Movements m = b.movements();
      Gather along = m.gather(s, 1, Shape.of(3));
      String outside = "indices[2] must be in [-3, 3), got 3";
      assertRefused(() -> along.forward(x, Indices.of(0, 1, 3), y, ONE), outside);
      assertRefused(() -> along.backward(x, Indices.of(0, 1, 3), y, ONE), outside);
      long far = (1L << 32) + 1;
      assertRefused(() -> along.forward(x, Indices.of(0L, 1L, far), y, ONE), "got " + far);
      assertRefused(() -> along.forward(x, Indices.of(0, -4, 3), y, ONE), "indices[1]", "got -4");
      assertRefused(() -> along.forward(x, Indices.of(0), y, ONE), "3 elements", "got 1");
      Gather nd = m.gatherNd(s, Shape.of(1, 2), 0);
      Tensor one = Tensor.zeros(1).fill(7);
      assertRefused(
          () -> nd.forward(x, Indices.of(2, 0), one, ONE), "indices[0] must be in [-2, 2)");
      assertRefused(
          () -> nd.forward(x, Indices.of(1, 3), one, ONE), "indices[1] must be in [-3, 3)");
      Scatter scatter = m.scatterElements(s, 0, s, ScatterMode.ADD);
      Indices wrong = Indices.of(0, 1, 0, 1, 0, 2);
      assertRefused(() -> scatter.forward(x, wrong, x, y, ONE), "indices[5] must be in [-2, 2)");
      assertRefused(
          () -> scatter.backward(x, wrong, y, Tensor.zeros(s), ONE), "indices[5] must be in");
      assertSameBits(Tensor.zeros(s).fill(7), y, "nothing written");
      assertSameBits(Tensor.zeros(1).fill(7), one, "nothing written");
    }
  }

  @Test
  void refusesWrongShapes() {
    Shape s = Shape.of(2, 3);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
      Movements m = b.movements();
      assertRefused(() -> m.gather(s, 2, Shape.of(1)), "the axis must be in [-2, 2)", "got 2");
      assertRefused(
          () -> m.gatherElements(s, 0, Shape.of(1, 4)), "none longer but axis 0", "[1, 4]");
      assertRefused(() -> m.gatherElements(s, 0, Shape.of(2)), "the axes of [2, 3]", "[2]");
      assertRefused(() -> m.gatherNd(s, Shape.of(1, 3), 0), "an axis of 1 to 2", "[1, 3]");
      assertRefused(() -> m.gatherNd(s, Shape.of(3, 1), 1), "batch axes of [2, 3]", "[3, 1]");
      assertRefused(() -> m.gatherNd(s, Shape.of(), 0), "got shape []");
      assertRefused(() -> m.oneHot(s, -1, 0), "depth must be at least 0, got -1");
      assertRefused(() -> m.oneHot(s, 1, 3), "the axis must be in [-3, 3)", "got 3");
      Movements last = m.in(Layout.CHANNELS_LAST);
      assertRefused(() -> last.gather(s, 0, Shape.of(1, 1)), "one axis, got shape [1, 1]");
      assertRefused(() -> last.gatherNd(s, Shape.of(1, 1), 0), "channels first");
      assertRefused(() -> last.gatherElements(s, 0, s), "channels first");
      assertRefused(() -> last.scatterElements(s, 0, s, ScatterMode.ADD), "channels first");
      assertRefused(() -> last.scatterNd(s, Shape.of(1, 1), ScatterMode.ADD), "channels first");
      assertRefused(() -> last.oneHot(s, 1, 0), "channels first");
      Scatter op = m.scatterElements(s, 0, s, ScatterMode.NONE);
      float[] array = new float[20];
      Tensor x = Tensor.wrap(s, array, 0);
      Tensor near = Tensor.wrap(s, array, 5);
      Tensor u = Tensor.wrap(s, array, 14);
      Indices zeros = Indices.of(new int[6]);
      assertRefused(() -> op.forward(x, zeros, u, near, ONE), "y must be x itself");
      assertRefused(() -> op.forward(u, zeros, x, near, ONE), "y must not share", "updates");
      assertRefused(() -> op.backward(x, zeros, near, u, ONE), "dx must be dy itself");
      assertRefused(() -> op.backward(x, zeros, u, near, ONE), "dupdates must not share");
      assertRefused(() -> op.forward(x, zeros, Tensor.zeros(3), u, ONE), "updates must have");
      Gather g = m.gather(s, 0, Shape.of(2));
      Indices two = Indices.of(0, 1);
      assertRefused(() -> g.forward(x, two, near, ONE), "y must not share elements with x");
      assertRefused(() -> g.backward(x, two, near, ONE), "dx must not share elements with dy");
      assertRefused(() -> g.forward(Tensor.zeros(3), two, u, ONE), "x must have shape [2, 3]");
      assertRefused(() -> g.forward(x, two, Tensor.zeros(3), ONE), "y must have shape [2, 3]");
    }
  }
}
