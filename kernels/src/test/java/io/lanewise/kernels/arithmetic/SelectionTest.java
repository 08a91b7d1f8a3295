package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.REFERENCE;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.ways;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.workspace;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.arithmetic.ArithmeticCases.Way;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Indices of extremes, top-k, selection by a mask, cumulative sums, functions of one tensor. */
final class SelectionTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static List<ReductionTest.Over> cases() {
    return ReductionTest.cases();
  }

  /** Among few different numbers, so that many are equal; and with NaN and infinities. */
  @ParameterizedTest
  @MethodSource("cases")
  void extremesAreWhereTheReferenceFindsThem(ReductionTest.Over c) {
    Shape kept = Arithmetic.reduced(c.x(), Arithmetic.axes(c.x(), c.axes()), false);
    if (c.x().size() == 0 && kept.size() > 0) {
      return; // refused
    }
    for (Tensor x : List.of(TestData.integers(c.x(), 1), TestData.withSpecials(c.x(), 2))) {
      for (boolean last : new boolean[] {false, true}) {
        for (boolean max : new boolean[] {false, true}) {
          int[] expected = find(REFERENCE, c, x, last, max, ONE);
          for (Way way : ways()) {
            int[] got = find(way.arithmetic(), c, x, last, max, way.par());
            assertArrayEquals(expected, got, c + " last " + last + " max " + max + " " + way);
          }
        }
      }
    }
  }

  private static int[] find(
      Arithmetic a, ReductionTest.Over c, Tensor x, boolean last, boolean max, Parallel par) {
    ArgReduction plan =
        max ? a.argMax(c.x(), true, last, c.axes()) : a.argMin(c.x(), true, last, c.axes());
    int[] indices = new int[plan.y().size()];
    Arrays.fill(indices, -7);
    plan.run(x, indices, workspace(plan.workspace(), par), par);
    return indices;
  }

  @Test
  void topElementsAreThoseOfSorting() {
    Shape[] shapes = {Shape.of(1), Shape.of(57), Shape.of(5, 33), Shape.of(3, 20, 7)};
    for (Shape s : shapes) {
      for (int axis = 0; axis < s.rank(); axis++) {
        for (int k : new int[] {0, 1, Math.min(5, s.dim(axis)), s.dim(axis)}) {
          for (boolean largest : new boolean[] {false, true}) {
            for (Tensor x : List.of(TestData.uniform(s, 1), TestData.withSpecials(s, 2))) {
              checkTop(x, axis, k, largest);
            }
          }
        }
      }
    }
  }

  private static void checkTop(Tensor x, int axis, int k, boolean largest) {
    TopK reference = REFERENCE.topK(x.shape(), axis, k, largest);
    Tensor values = Tensor.zeros(reference.y());
    int[] indices = new int[values.size()];
    reference.forward(x, values, indices, Workspace.NONE, ONE);
    Tensor dy = TestData.uniform(values.shape(), 3);
    Tensor dx = Tensor.zeros(x.shape());
    reference.backward(indices, dy, dx, ONE);
    for (Way way : ways()) {
      String context = x.shape() + " axis " + axis + " k " + k + " " + largest + " " + way;
      TopK plan = way.arithmetic().topK(x.shape(), axis, k, largest);
      Guarded got = Guarded.unwritten(plan.y());
      int[] at = new int[indices.length];
      plan.forward(x, got.tensor(), at, workspace(plan.workspace(), way.par()), way.par());
      got.assertGuardsIntact(context);
      assertArrayEquals(indices, at, context);
      assertSameBits(values, got.tensor(), context);
      Guarded slope = Guarded.unwritten(x.shape());
      plan.backward(at, dy, slope.tensor(), way.par());
      slope.assertGuardsIntact(context);
      assertSameBits(dx, slope.tensor(), context);
    }
  }

  @Test
  void masksSelect() {
    for (Shape[] s : BinaryTest.shapes()) {
      Shape[][] orders = {{s[0], s[1], s[1]}, {s[1], s[0], s[1]}, {s[0], s[0], s[1]}};
      for (Shape[] o : orders) {
        Where reference = REFERENCE.where(o[0], o[1], o[2]);
        Tensor c = TestData.integers(o[0], 1);
        Tensor a = TestData.integers(o[1], 2);
        Tensor b = TestData.integers(o[2], 3);
        Tensor y = Tensor.zeros(reference.y());
        reference.forward(c, a, b, y, Workspace.NONE, ONE);
        Tensor dy = TestData.integers(y.shape(), 4);
        Tensor da = Tensor.zeros(o[1]);
        Tensor db = Tensor.zeros(o[2]);
        reference.backward(c, dy, da, db, Workspace.NONE, ONE);
        for (Way way : ways()) {
          String context = List.of(o) + " " + way;
          Where plan = way.arithmetic().where(o[0], o[1], o[2]);
          Workspace ws = workspace(plan.workspace(), way.par());
          Guarded got = Guarded.unwritten(plan.y());
          plan.forward(c, a, b, got.tensor(), ws, way.par());
          got.assertGuardsIntact(context);
          assertSameBits(y, got.tensor(), context);
          Guarded gotA = Guarded.unwritten(o[1]);
          Guarded gotB = Guarded.unwritten(o[2]);
          plan.backward(c, dy, gotA.tensor(), gotB.tensor(), ws, way.par());
          gotA.assertGuardsIntact(context);
          gotB.assertGuardsIntact(context);
          assertExact(da, gotA.tensor(), context);
          assertExact(db, gotB.tensor(), context);
        }
      }
    }
  }

  @Test
  void cumulativeSumsAreThoseOfTheReference() {
    Shape[] shapes = {
      Shape.of(1), Shape.of(19), Shape.of(3, 0), Shape.of(4, 1100), Shape.of(2, 5, 33)
    };
    for (Shape s : shapes) {
      Tensor x = TestData.integers(s, 1);
      for (int axis = -s.rank(); axis < s.rank(); axis++) {
        for (int flags = 0; flags < 4; flags++) {
          CumulativeSum reference =
              REFERENCE.cumulativeSum(s, axis, (flags & 1) != 0, (flags & 2) != 0);
          Tensor y = Tensor.zeros(s);
          Tensor dx = Tensor.zeros(s);
          reference.forward(x, y, ONE);
          reference.backward(x, dx, ONE);
          for (Way way : ways()) {
            CumulativeSum plan =
                way.arithmetic().cumulativeSum(s, axis, (flags & 1) != 0, (flags & 2) != 0);
            Guarded got = Guarded.unwritten(s);
            plan.forward(x, got.tensor(), way.par());
            got.assertGuardsIntact(s.toString());
            assertExact(y, got.tensor(), s + " axis " + axis + " " + flags + " " + way);
            plan.backward(x, got.tensor(), way.par());
            assertExact(dx, got.tensor(), s + " back, axis " + axis + " " + flags + " " + way);
          }
        }
      }
    }
  }

  @Test
  void functionsOfOneTensorAreThoseOfTheReference() {
    for (UnaryOp op : UnaryOp.values()) {
      compare(op.name(), REFERENCE.unary(op), way -> way.arithmetic().unary(op));
    }
    compare("clip", REFERENCE.clip(0.5f, 1.5f), way -> way.arithmetic().clip(0.5f, 1.5f));
  }

  private static void compare(String name, Unary reference, Function<Way, Unary> plan) {
    Tensor x = ArithmeticCases.between(0.1, 3, Shape.of(2, 17_000), 1);
    x.array()[7] = 0.5f;
    Tensor dy = TestData.uniform(x.shape(), 2);
    Tensor y = Tensor.zeros(x.shape());
    Tensor dx = Tensor.zeros(x.shape());
    reference.forward(x, y, ONE);
    boolean slope = !name.equals("NOT");
    if (slope) {
      reference.backward(x, dy, dx, ONE);
    }
    for (Way way : ways()) {
      String context = name + " " + way;
      Tensor got = x.copy(); // in place
      plan.apply(way).forward(got, got, way.par());
      for (int i = 0; i < x.size(); i++) {
        double e = y.array()[i];
        double log = name.equals("LOG") ? 4 * U : 0; // unfused steps lose what cancels around 1
        assertClose(e, 10 * U * Math.abs(e) + log, got.array()[i], i, context);
      }
      if (slope) {
        Tensor gotDx = dy.copy();
        plan.apply(way).backward(x, gotDx, gotDx, way.par());
        for (int i = 0; i < x.size(); i++) {
          double e = dx.array()[i];
          assertClose(e, 24 * U * Math.abs(e) + 1e-9, gotDx.array()[i], i, context);
        }
      }
    }
    assertEquals(x.shape(), y.shape());
  }
}
