package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.REFERENCE;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.backward;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.between;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.forward;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.ways;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.workspace;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.ArithmeticCases.Way;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of two tensors that are broadcast in every way, forward and backward. */
final class BinaryTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  /** Equal ones; numbers, rows and columns against many; short rows and long; none at all. */
  static List<Shape[]> shapes() {
    List<Shape[]> all = new ArrayList<>();
    int[][][] dims = {
      {{}, {}},
      {{5}, {}},
      {{4100}, {4100}},
      {{3, 1}, {1, 4}},
      {{5, 300}, {300}},
      {{2, 3, 5}, {3, 1}},
      {{7, 67}, {67}},
      {{7, 67}, {7, 1}},
      {{700, 3}, {3}},
      {{700, 3}, {700, 1}},
      {{2, 3, 4, 5}, {1, 3, 1, 1}},
      {{2, 5, 3, 3}, {5, 1, 1}},
      {{3, 4, 70, 2}, {3, 1, 1, 2}},
      {{0, 3}, {1, 3}},
      {{3, 0}, {3, 1}},
      {{2, 1, 3, 1, 2}, {4, 1, 5, 1}},
      {{4, 1, 70}, {1, 3, 1}},
      {{1, 2, 1, 2, 1, 2, 1, 2}, {2, 1, 2, 1, 2, 1, 2, 1}},
      {{2, 2500}, {2, 1}}
    };
    for (int[][] d : dims) {
      all.add(new Shape[] {Shape.of(d[0]), Shape.of(d[1])});
      all.add(new Shape[] {Shape.of(d[1]), Shape.of(d[0])});
    }
    return all;
  }

  /** Integers from -3 to 3, so that what is exact must be equal; no zeros to divide by. */
  private static Tensor nonZero(Shape shape, long seed) {
    Tensor t = TestData.integers(shape, seed);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] += t.array()[i] == 0 ? 1 : 0;
    }
    return t;
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void resultsAreThoseOfTheReference(BinaryOp op) {
    for (Shape[] s : shapes()) {
      Tensor a = op == BinaryOp.AND ? TestData.integers(s[0], 1) : nonZero(s[0], 1);
      Tensor b = nonZero(s[1], 2);
      Tensor expected = forward(REFERENCE.binary(op, s[0], s[1]), a, b, ONE, "");
      for (Way way : ways()) {
        String context = op + " " + Arrays.toString(s) + " " + way;
        Tensor got = forward(way.arithmetic().binary(op, s[0], s[1]), a, b, way.par(), context);
        if (op != BinaryOp.POW) {
          assertExact(expected, got, context);
        }
        for (int i = 0; i < got.size(); i++) {
          float e = expected.array()[i];
          assertClose(e, 4 * U * Math.abs(e), got.array()[i], i, context);
        }
      }
    }
  }

  /**
   * Between these numbers no slope changes its sign, so a gradient is the sum of its terms'
   * magnitudes; a term is within 8 roundings.
   */
  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void gradientsAreThoseOfTheReference(BinaryOp op) {
    if (!op.hasGradient()) {
      Binary plan = Backend.best().arithmetic().binary(op, Shape.of(2), Shape.of(2));
      Tensor t = Tensor.zeros(2);
      assertThrows(
          UnsupportedOperationException.class,
          () -> backward(plan, t, t, null, t, ONE, "has no gradient"));
      return;
    }
    for (Shape[] s : shapes()) {
      Tensor a = between(1.2, 3, s[0], 1);
      Tensor b = between(0.3, 2, s[1], 2);
      Binary reference = REFERENCE.binary(op, s[0], s[1]);
      Tensor dy = between(0.5, 1, reference.y(), 3);
      List<Tensor> expected = backward(reference, a, b, null, dy, ONE, "");
      for (Way way : ways()) {
        String context = op + " " + Arrays.toString(s) + " " + way;
        Binary plan = way.arithmetic().binary(op, s[0], s[1]);
        List<Tensor> got = backward(plan, a, b, null, dy, way.par(), context);
        for (int q = 0; q < 2; q++) {
          long terms = dy.size() / Math.max(1, got.get(q).size());
          for (int i = 0; i < got.get(q).size(); i++) {
            double e = expected.get(q).array()[i];
            double bound = (terms + 8) * U * Math.abs(e);
            assertClose(e, bound, got.get(q).array()[i], i, context + (q == 0 ? " da" : " db"));
          }
        }
      }
    }
  }

  /** One whose slope is read off the output, one off the input, and one that is fused. */
  @Test
  void activationsFollow() {
    for (Activation f : List.of(Activation.relu(), Activation.sigmoid(), Activation.silu())) {
      for (BinaryOp op : List.of(BinaryOp.ADD, BinaryOp.MUL)) {
        for (Shape[] s : shapes()) {
          Tensor a = between(-2, 2, s[0], 1);
          Tensor b = between(-2, 2, s[1], 2);
          Binary reference = REFERENCE.binary(op, s[0], s[1], f, Layout.CHANNELS_FIRST);
          Tensor y = forward(reference, a, b, ONE, "");
          Tensor dy = between(-1, 1, y.shape(), 3);
          List<Tensor> gradients = backward(reference, a, b, y, dy, ONE, "");
          for (Way way : ways()) {
            String context = f + " " + op + " " + Arrays.toString(s) + " " + way;
            Binary plan = way.arithmetic().binary(op, s[0], s[1], f, Layout.CHANNELS_FIRST);
            Tensor got = forward(plan, a, b, way.par(), context);
            List<Tensor> slopes = backward(plan, a, b, y, dy, way.par(), context);
            for (int i = 0; i < y.size(); i++) {
              assertClose(y.array()[i], 40 * U, got.array()[i], i, context);
            }
            for (int q = 0; q < 2; q++) {
              long terms = dy.size() / Math.max(1, slopes.get(q).size());
              for (int i = 0; i < slopes.get(q).size(); i++) {
                double bound = (terms + 40) * U * 3 * terms; // a term is below 3
                double e = gradients.get(q).array()[i];
                assertClose(e, bound, slopes.get(q).array()[i], i, context);
              }
            }
          }
        }
      }
    }
  }

  /** Tensors whose channels are last hold the same numbers, bit by bit; sums here are exact. */
  @Test
  void layoutsAgree() {
    Shape[][] all = {
      {Shape.of(2, 5, 3, 4), Shape.of(2, 5, 3, 4)},
      {Shape.of(2, 70, 3, 4), Shape.of(1, 70, 1, 1)},
      {Shape.of(2, 5, 1, 1), Shape.of(2, 5, 3, 4)},
      {Shape.of(2, 5, 3, 4), Shape.of(2, 1, 3, 4)},
      {Shape.of(2, 5), Shape.of(1, 5)},
      {Shape.of(2, 5, 7), Shape.of(1, 5, 1)}
    };
    Arithmetic best = Backend.best().arithmetic();
    for (Shape[] s : all) {
      Tensor a = TestData.integers(s[0], 1);
      Tensor b = TestData.integers(s[1], 2);
      Activation relu = Activation.relu();
      Binary first = best.binary(BinaryOp.MUL, s[0], s[1], relu, Layout.CHANNELS_FIRST);
      Binary last = best.binary(BinaryOp.MUL, s[0], s[1], relu, Layout.CHANNELS_LAST);
      Tensor y = forward(first, a, b, ONE, "");
      Tensor dy = TestData.integers(y.shape(), 3);
      Tensor aLast = a.copy(Layout.CHANNELS_LAST);
      Tensor bLast = b.copy(Layout.CHANNELS_LAST);
      Tensor yLast = forward(last, aLast, bLast, ONE, "");
      assertSameBits(y, yLast.copy(Layout.CHANNELS_FIRST), Arrays.toString(s));
      List<Tensor> expected = backward(first, a, b, y, dy, ONE, "");
      List<Tensor> got =
          backward(last, aLast, bLast, yLast, dy.copy(Layout.CHANNELS_LAST), ONE, "");
      for (int q = 0; q < 2; q++) {
        Tensor g = got.get(q).copy(Layout.CHANNELS_FIRST);
        assertExact(expected.get(q), g, Arrays.toString(s) + " gradient");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void bitsDependOnNeitherVectorsNorThreads(BinaryOp op) {
    List<Arithmetic> fused = ArithmeticCases.fused();
    for (Shape[] s : shapes()) {
      Tensor a = TestData.withSpecials(s[0], 1);
      Tensor b = TestData.withSpecials(s[1], 2);
      Binary scalar = fused.get(1).binary(op, s[0], s[1]);
      Binary best = fused.get(0).binary(op, s[0], s[1]);
      String context = op + " " + Arrays.toString(s);
      assertSameBits(
          forward(scalar, a, b, ONE, context), forward(best, a, b, Teams.THREE, context), context);
      if (op.hasGradient()) {
        Tensor dy = TestData.uniform(best.y(), 3);
        Tensor p = TestData.uniform(s[0], 4);
        Tensor q = TestData.uniform(s[1], 5);
        List<Tensor> expected = backward(scalar, p, q, null, dy, ONE, context);
        List<Tensor> got = backward(best, p, q, null, dy, Teams.THREE, context);
        assertSameBits(expected.get(0), got.get(0), context + " da");
        assertSameBits(expected.get(1), got.get(1), context + " db");
      }
    }
  }

  @Test
  void theResultMayBeAnOperandOfItsShape() {
    Shape s = Shape.of(3, 700);
    for (Way way : ways()) {
      Binary plan = way.arithmetic().binary(BinaryOp.SUB, s, Shape.of(700));
      Tensor a = TestData.uniform(s, 1);
      Tensor b = TestData.uniform(Shape.of(700), 2);
      Tensor expected = forward(plan, a, b, way.par(), "");
      plan.forward(a, b, a, workspace(plan.workspace(), way.par()), way.par());
      assertSameBits(expected, a, way.name());
      Binary twice = way.arithmetic().binary(BinaryOp.MUL, s, s);
      twice.forward(a, a, a, workspace(twice.workspace(), way.par()), way.par());
      assertTrue(a.get(0, 0) >= 0, "a square");
    }
  }

  @Test
  void oneGradientAloneHasTheSameBits() {
    Shape s = Shape.of(5, 40);
    Shape row = Shape.of(40);
    Tensor a = TestData.uniform(s, 1);
    Tensor b = TestData.uniform(row, 2);
    Tensor dy = TestData.uniform(s, 3);
    for (Way way : ways()) {
      Binary plan = way.arithmetic().binary(BinaryOp.MUL, s, row);
      List<Tensor> both = backward(plan, a, b, null, dy, way.par(), "");
      Tensor da = Tensor.zeros(s);
      Tensor db = Tensor.zeros(row);
      var ws = workspace(plan.workspace(), way.par());
      plan.backward(a, b, null, dy, da, null, ws, way.par());
      plan.backward(a, b, null, dy, null, db, ws, way.par());
      assertSameBits(both.get(0), da, way.name());
      assertSameBits(both.get(1), db, way.name());
    }
  }
}
