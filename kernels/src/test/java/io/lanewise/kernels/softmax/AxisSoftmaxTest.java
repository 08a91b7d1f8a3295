package io.lanewise.kernels.softmax;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceAxisSoftmax;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Softmax and its logarithm along every axis of shapes around the tiles' and the vectors' sizes.
 */
final class AxisSoftmaxTest {
  private static final double FLUSHED = 2e-38; // below e^-87 softmax's exponential gives 0

  static Stream<Shape> shapes() {
    return Stream.of(
        Shape.of(1),
        Shape.of(19),
        Shape.of(0, 3),
        Shape.of(3, 0, 2),
        Shape.of(17, 5),
        Shape.of(5, 33),
        Shape.of(2, 21, 15),
        Shape.of(3, 7, 16),
        Shape.of(2, 35, 3, 17),
        Shape.of(1, 1, 1));
  }

  private static Tensor run(AxisSoftmax op, Tensor x, Tensor dy, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded slopes = Guarded.of(dy);
    Guarded out = Guarded.unwritten(x.shape());
    Workspace ws = TestData.workspace(op.workspace(), par);
    if (dy == null) {
      op.forward(in.tensor(), out.tensor(), ws, par);
    } else {
      op.backward(in.tensor(), slopes.tensor(), out.tensor(), ws, par);
      slopes.assertUnchanged(context);
    }
    in.assertUnchanged(context);
    out.assertGuardsIntact(context);
    return out.tensor().copy();
  }

  private static Tensor logits(Shape shape, float scale) {
    Tensor x = TestData.uniform(shape, 1);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] *= scale;
    }
    return x;
  }

  /**
   * The exponents are at most 2 · scale below the maximum, which costs softmax u each; exp itself
   * costs 16 u without fused steps, the sum one a term. The logarithm's error is the sum's.
   */
  @ParameterizedTest
  @MethodSource("shapes")
  void bothDirectionsStayWithinTheErrorBound(Shape shape) {
    for (float scale : new float[] {1f, 30f}) {
      for (int axis = -shape.rank(); axis < shape.rank(); axis++) {
        for (boolean log : new boolean[] {false, true}) {
          check(shape, axis, log, scale);
        }
      }
    }
  }

  private static void check(Shape shape, int axis, boolean log, float scale) {
    Tensor x = logits(shape, scale);
    Tensor dy = TestData.uniform(shape, 2);
    ReferenceAxisSoftmax reference = new ReferenceAxisSoftmax(shape, axis, log);
    Tensor y = run(reference, x, null, Parallel.SEQUENTIAL, "");
    Tensor dx = run(reference, y, dy, Parallel.SEQUENTIAL, "");
    int classes = shape.dim(Math.floorMod(axis, shape.rank()));
    double relative = U * (4 * scale + classes + 24);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context =
            "%s axis %d log %s scale %s %s %d workers"
                .formatted(shape, axis, log, scale, t.kernels().name(), par.workers());
        AxisSoftmax op = new KernelAxisSoftmax(shape, axis, log, t);
        Tensor gotY = run(op, x, null, par, context);
        Tensor gotDx = run(op, y, dy, par, context);
        for (int i = 0; i < x.size(); i++) {
          double e = y.array()[i];
          double bound = log ? relative + 2 * U * Math.abs(e) : relative * e + FLUSHED;
          assertClose(e, bound, gotY.array()[i], i, context);
          // |dy| < 1, so the sum is below classes; e^y is within 16 u of at most 1.
          double d = dx.array()[i];
          double exponential = log ? 16 * U * Math.exp(e) * classes : 0;
          double slopeBound = 2 * U * Math.abs(d) + exponential + 1e-13;
          assertClose(d, slopeBound, gotDx.array()[i], i, context);
        }
      }
    }
  }

  @Test
  void anyAxisGivesTheBitsOfRowsOnAnyTeam() {
    Shape rows = Shape.of(37, 21);
    Tensor x = logits(rows, 4f);
    Tensor transposed = transpose(x);
    Tensor softmax = Tensor.zeros(rows);
    CpuBackend.scalar().softmax().forward(x, softmax, Parallel.SEQUENTIAL);
    for (Target t : List.of(CpuBackend.scalar().target(), Targets.best())) {
      for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
        for (boolean log : new boolean[] {false, true}) {
          AxisSoftmax last = new KernelAxisSoftmax(rows, -1, log, t);
          AxisSoftmax first = new KernelAxisSoftmax(transposed.shape(), 0, log, t);
          Tensor y = run(last, x, null, par, "");
          assertSameBits(y, transpose(run(first, transposed, null, par, "")), "log " + log);
          if (!log) {
            assertSameBits(softmax, y, "the plain softmax");
          }
        }
      }
    }
  }

  private static Tensor transpose(Tensor x) {
    Tensor t = Tensor.zeros(x.shape().dim(1), x.shape().dim(0));
    for (int i = 0; i < x.shape().dim(0); i++) {
      for (int j = 0; j < x.shape().dim(1); j++) {
        t.set(x.get(i, j), j, i);
      }
    }
    return t;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void mayOverwriteItsInput(int axis) {
    Shape shape = Shape.of(3, 18, 20);
    for (boolean log : new boolean[] {false, true}) {
      AxisSoftmax op = new KernelAxisSoftmax(shape, axis, log, Targets.best());
      Workspace ws = TestData.workspace(op.workspace(), Parallel.SEQUENTIAL);
      Tensor x = logits(shape, 2f);
      Tensor y = run(op, x, null, Parallel.SEQUENTIAL, "");
      op.forward(x, x, ws, Parallel.SEQUENTIAL);
      assertSameBits(y, x, "y onto x");
      Tensor dy = TestData.uniform(shape, 3);
      Tensor dx = run(op, y, dy, Parallel.SEQUENTIAL, "");
      op.backward(y, dy, dy, ws, Parallel.SEQUENTIAL);
      assertSameBits(dx, dy, "dx onto dy");
    }
  }

  /** Where softmax rounds to 0 and beside logits of any size the logarithm is right. */
  @Test
  void theLogarithmIsStable() {
    for (Backend b : List.of(CpuBackend.best(), CpuBackend.scalar(), new ReferenceBackend())) {
      AxisSoftmax op = b.logSoftmax(Shape.of(2, 2), 1);
      Tensor x = Tensor.of(Shape.of(2, 2), 1000, 0, 3e38f, 3e38f);
      Tensor y = run(op, x, null, Parallel.SEQUENTIAL, "");
      float half = (float) Math.log(0.5);
      assertSameBits(Tensor.of(Shape.of(2, 2), 0, -1000, half, half), y, b.describe());
    }
  }

  @Test
  void nanStaysOnItsAxis() {
    float inf = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    Tensor x = Tensor.of(Shape.of(2, 4), 1, nan, inf, -inf, 1, 0, 0, -inf);
    for (Target t : Targets.all()) {
      for (boolean log : new boolean[] {false, true}) {
        AxisSoftmax op = new KernelAxisSoftmax(x.shape(), 0, log, t);
        float[] y = run(op, x, null, Parallel.SEQUENTIAL, "").toArray();
        float half = log ? (float) Math.log(0.5) : 0.5f;
        float[] expected = {half, nan, nan, nan, half, nan, nan, nan};
        for (int i = 0; i < y.length; i++) {
          assertEquals(expected[i], y[i], t.kernels().name() + " log " + log + " at " + i);
        }
      }
    }
  }

  /** By hand: the softmax of 0 and log 3 is 1/4 and 3/4. */
  @Test
  void theReferenceByHand() {
    Shape shape = Shape.of(2, 1);
    Tensor x = Tensor.of(shape, 0, (float) Math.log(3));
    Tensor dy = Tensor.of(shape, 1, 0);
    float[] y = {0.25f, 0.75f};
    float[] dx = {0.1875f, -0.1875f};
    float[] dlog = {0.75f, -0.75f};
    AxisSoftmax plain = new ReferenceAxisSoftmax(shape, 0, false);
    AxisSoftmax log = new ReferenceAxisSoftmax(shape, -2, true);
    Tensor p = run(plain, x, null, Parallel.SEQUENTIAL, "");
    Tensor q = run(log, x, null, Parallel.SEQUENTIAL, "");
    Tensor dp = run(plain, p, dy, Parallel.SEQUENTIAL, "");
    Tensor dq = run(log, q, dy, Parallel.SEQUENTIAL, "");
    for (int i = 0; i < 2; i++) {
      assertEquals(y[i], p.get(i, 0), 1e-7);
      assertEquals(Math.log(y[i]), q.get(i, 0), 2e-7);
      assertEquals(dx[i], dp.get(i, 0), 1e-7);
      assertEquals(dlog[i], dq.get(i, 0), 2e-7);
    }
  }

  @Test
  void refusesWrongArguments() {
    Shape shape = Shape.of(2, 3);
    assertRefused(
        () -> CpuBackend.best().softmax(shape, 2),
        "the axis must be in [-2, 2) of shape [2, 3], got 2");
    assertRefused(() -> new ReferenceBackend().logSoftmax(shape, -3), "got -3");
    AxisSoftmax op = CpuBackend.best().logSoftmax(shape, 1);
    Tensor x = Tensor.zeros(shape);
    Tensor wrong = Tensor.zeros(3, 2);
    Workspace ws = TestData.workspace(op.workspace(), Parallel.SEQUENTIAL);
    Parallel par = Parallel.SEQUENTIAL;
    assertRefused(() -> op.forward(wrong, x, ws, par), "x must have shape [2, 3], got [3, 2]");
    assertRefused(() -> op.forward(x, wrong, ws, par), "y must have shape [2, 3]");
    assertRefused(() -> op.backward(wrong, x, x, ws, par), "y must have shape [2, 3]");
    assertRefused(() -> op.backward(x, wrong, x, ws, par), "dy must have shape [2, 3]");
    assertRefused(() -> op.backward(x, x, wrong, ws, par), "dx must have shape [2, 3]");
  }
}
