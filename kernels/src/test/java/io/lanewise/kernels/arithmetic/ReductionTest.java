package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.REFERENCE;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.backward;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.between;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.forward;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.ways;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.arithmetic.ArithmeticCases.Way;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reductions over axes of every kind: long rows and short ones, columns, several, none. */
final class ReductionTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final int MANY = 2000; // the reference's time goes with the square

  /** A shape and which axes are reduced. */
  record Over(Shape x, List<Integer> reduced) {
    static Over of(int[] dims, Integer... axes) {
      return new Over(Shape.of(dims), List.of(axes));
    }

    int[] axes() {
      return reduced.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
      return x + " over " + reduced;
    }
  }

  private static int[] dims(int... dims) {
    return dims;
  }

  static List<Over> cases() {
    return List.of(
        Over.of(dims()),
        Over.of(dims(5)),
        Over.of(dims(9001)),
        Over.of(dims(7, 300), 1),
        Over.of(dims(7, 300), 0),
        Over.of(dims(700, 5), 0),
        Over.of(dims(70, 49), -1),
        Over.of(dims(3, 5, 7), 0, 2),
        Over.of(dims(3, 5, 7), 1),
        Over.of(dims(2, 3, 4, 5), 2, 3),
        Over.of(dims(2, 80, 3), 2, 0),
        Over.of(dims(6, 2, 1, 4), 1, 3),
        Over.of(dims(3, 4, 1, 270), 0, 3),
        Over.of(dims(2, 600, 33), 1),
        Over.of(dims(3, 2, 2, 1100), 0, 2),
        Over.of(dims(0, 3), 0),
        Over.of(dims(0, 3), 1),
        Over.of(dims(2, 0, 3), 1),
        Over.of(dims(4, 1), 1),
        Over.of(dims(1, 1)));
  }

  private static Tensor input(ReduceOp op, Over c) {
    return switch (op) {
      case SUM, MEAN -> between(0.5, 2, c.x(), 1); // of one sign: the sum is that of magnitudes
      case MAX, MIN -> TestData.integers(c.x(), 1); // with equal ones
      case PROD -> between(0.9, 1.1, c.x(), 1);
      default -> between(-2, 2, c.x(), 1);
    };
  }

  /** exp, log and the sum around 1 lose some 10 units. */
  private static double bound(ReduceOp op, long terms, double e) {
    return switch (op) {
      case MAX, MIN -> 0;
      case LOG_SUM_EXP -> (terms + 20) * U * (1 + Math.abs(e));
      default -> (terms + 4) * U * Math.abs(e);
    };
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void bothDirectionsAreThoseOfTheReference(ReduceOp op) {
    for (Over c : cases()) {
      for (boolean keep : new boolean[] {true, false}) {
        Tensor x = input(op, c);
        AxisReduction reference = REFERENCE.reduce(op, c.x(), keep, c.axes());
        Tensor y = forward(reference, x, ONE, "");
        Tensor dy = between(-1, 1, y.shape(), 2);
        long terms = x.size() / Math.max(1, y.size());
        boolean slopes = terms < MANY;
        Tensor dx = slopes ? backward(reference, x, y, dy, ONE, "") : null;
        for (Way way : ways()) {
          String context = op + " " + c + " keep " + keep + " " + way;
          AxisReduction plan = way.arithmetic().reduce(op, c.x(), keep, c.axes());
          assertEquals(y.shape(), plan.y(), context);
          Tensor gotY = forward(plan, x, way.par(), context);
          for (int i = 0; i < y.size(); i++) {
            double e = y.array()[i];
            assertClose(e, bound(op, terms, e), gotY.array()[i], i, context);
          }
          Tensor gotDx = backward(plan, x, y, dy, way.par(), context);
          for (int i = 0; slopes && i < dx.size(); i++) {
            double e = dx.array()[i];
            assertClose(e, 24 * U * Math.abs(e), gotDx.array()[i], i, context + " dx");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void bitsDependOnNeitherVectorsNorThreads(ReduceOp op) {
    List<Arithmetic> fused = ArithmeticCases.fused();
    for (Over c : cases()) {
      for (Tensor x : List.of(TestData.uniform(c.x(), 1), TestData.withSpecials(c.x(), 2))) {
        AxisReduction best = fused.get(0).reduce(op, c.x(), false, c.axes());
        AxisReduction scalar = fused.get(1).reduce(op, c.x(), false, c.axes());
        Tensor y = forward(scalar, x, ONE, "");
        assertSameBits(y, forward(best, x, Teams.THREE, ""), op + " " + c);
        Tensor dy = TestData.uniform(y.shape(), 3);
        assertSameBits(
            backward(scalar, x, y, dy, ONE, ""),
            backward(best, x, y, dy, Teams.THREE, ""),
            op + " slope " + c);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void layoutsAgree(ReduceOp op) {
    int[][] axes = {{1}, {2, 3}, {0, 2, 3}, {1, 3}, {}};
    Shape s = Shape.of(2, 19, 3, 5);
    Tensor x = TestData.integers(s, 1);
    for (int[] over : axes) {
      for (Arithmetic arithmetic : ArithmeticCases.fused()) {
        AxisReduction first = arithmetic.reduce(op, s, true, over);
        AxisReduction last = arithmetic.reduce(op, s, true, Layout.CHANNELS_LAST, over);
        Tensor y = forward(first, x, ONE, "");
        Tensor got = forward(last, x.copy(Layout.CHANNELS_LAST), ONE, "");
        Tensor dy = TestData.integers(y.shape(), 2);
        Tensor dx = backward(first, x, y, dy, ONE, "");
        Tensor gotDx =
            backward(
                last,
                x.copy(Layout.CHANNELS_LAST),
                y.copy(Layout.CHANNELS_LAST),
                dy.copy(Layout.CHANNELS_LAST),
                ONE,
                "");
        String context = op + " over " + Arrays.toString(over);
        near(y, got.copy(Layout.CHANNELS_FIRST), context);
        near(dx, gotDx.copy(Layout.CHANNELS_FIRST), context);
      }
    }
  }

  private static void near(Tensor expected, Tensor got, String context) {
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.array()[i];
      assertClose(e, 100 * U * (1 + Math.abs(e)), got.array()[i], i, context);
    }
  }

  /** The gradient of a product is that of the others, however many zeros there are. */
  @Test
  void productsTellZerosApart() {
    for (Way way : ways()) {
      AxisReduction plan = way.arithmetic().reduce(ReduceOp.PROD, Shape.of(4, 3), false, 1);
      Tensor x = Tensor.of(Shape.of(4, 3), 2, 3, 4, 2, 0, 4, 0, 0, 4, 1e38f, 1e38f, 0);
      Tensor y = forward(plan, x, way.par(), "");
      assertSameBits(Tensor.of(Shape.of(4), 24, 0, 0, 0), y, way.name());
      Tensor dx = backward(plan, x, y, Tensor.zeros(4).fill(1), way.par(), "");
      float inf = Float.POSITIVE_INFINITY;
      float[] expected = {12, 8, 6, 0, 8, 0, 0, 0, 0, 0, 0, inf};
      assertSameBits(Tensor.of(Shape.of(4, 3), expected), dx, way.name());
    }
  }

  @Test
  void logarithmsOfSumsNeitherOverflowNorVanish() {
    float inf = Float.POSITIVE_INFINITY;
    for (Way way : ways()) {
      AxisReduction plan = way.arithmetic().reduce(ReduceOp.LOG_SUM_EXP, Shape.of(5, 2), false, 1);
      Tensor x = Tensor.of(Shape.of(5, 2), 1e4f, 0, -1e4f, -2e4f, -inf, -inf, inf, 0, Float.NaN, 1);
      Tensor y = forward(plan, x, way.par(), "");
      assertSameBits(Tensor.of(Shape.of(5), 1e4f, -1e4f, -inf, inf, Float.NaN), y, way.name());
    }
  }

  /** Float64 in between: a plain sum of float32 would be off by 100 times this bound. */
  @Test
  void longSumsStayExact() {
    Tensor ones = Tensor.zeros(1 << 22).fill(1.1f);
    for (Arithmetic arithmetic : ArithmeticCases.fused()) {
      AxisReduction plan = arithmetic.reduce(ReduceOp.SUM, ones.shape(), false);
      double e = 1.1f * (double) ones.size();
      assertClose(e, 40 * U * e, forward(plan, ones, ONE, "").get(), 0, "of 2^22");
    }
  }
}
