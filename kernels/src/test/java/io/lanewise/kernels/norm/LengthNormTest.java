package io.lanewise.kernels.norm;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
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
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors along every axis of every shape, in both layouts. */
final class LengthNormTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final double EPSILON = 1e-3;

  static Stream<Shape> shapes() {
    return Stream.concat(Stream.of(Shape.of(1), Shape.of(37)), NormCase.IMAGES.stream());
  }

  private static List<Tensor> run(LengthNorm op, Parallel par, String context) {
    Layout layout = op.layout();
    Tensor x = TestData.uniform(op.shape(), 1);
    Guarded in = Guarded.of(layout == Layout.CHANNELS_LAST ? x.copy(layout) : x);
    Tensor dy = TestData.uniform(op.shape(), 2);
    Guarded slopes = Guarded.of(layout == Layout.CHANNELS_LAST ? dy.copy(layout) : dy);
    Guarded y = Guarded.unwritten(op.shape(), layout);
    Guarded r = Guarded.unwritten(op.statistics());
    Guarded dx = Guarded.unwritten(op.shape(), layout);
    Workspace ws = TestData.workspace(op.workspace(), par);
    op.forward(in.tensor(), y.tensor(), r.tensor(), ws, par);
    ws = TestData.workspace(op.workspace(), par);
    op.backward(in.tensor(), r.tensor(), slopes.tensor(), dx.tensor(), ws, par);
    in.assertUnchanged(context);
    slopes.assertUnchanged(context);
    y.assertGuardsIntact(context);
    r.assertGuardsIntact(context);
    dx.assertGuardsIntact(context);
    return List.of(y.tensor().copy(), r.tensor().copy(), dx.tensor().copy());
  }

  /** |x| and |dy| are below 1: r, its cube and the dot product cost some u each. */
  @ParameterizedTest
  @MethodSource("shapes")
  void everyAxisStaysWithinTheErrorBound(Shape s) {
    for (Layout layout : Layout.values()) {
      for (int axis = 0;
          axis < s.rank() && (s.rank() > 1 || layout == Layout.CHANNELS_FIRST);
          axis++) {
        check(s, layout, axis);
      }
    }
  }

  private static void check(Shape s, Layout layout, int axis) {
    LengthNorm reference =
        new ReferenceBackend().normalisations().lengthNorm(s, layout, axis, EPSILON);
    List<Tensor> want = run(reference, ONE, "");
    double most = 1;
    for (float v : want.get(1).toArray()) {
      most = Math.max(most, v);
    }
    double[] bounds = {4 * U, 2 * U * most, 32 * U * most};
    List<Tensor> bits = null;
    for (Target t : Targets.all()) {
      LengthNorm op = new KernelNormalisations(t).lengthNorm(s, layout, axis - s.rank(), EPSILON);
      assertEquals(axis, op.axis());
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = s + " " + layout + " axis " + axis + " " + t.kernels().name();
        List<Tensor> got = run(op, par, context);
        for (int i = 0; i < 3; i++) {
          for (int e = 0; e < got.get(i).size(); e++) {
            float w = want.get(i).array()[e];
            assertClose(w, bounds[i], got.get(i).array()[e], e, context + " result " + i);
          }
        }
        boolean fused = !t.kernels().name().contains("without");
        for (int i = 0; fused && bits != null && i < 3; i++) {
          assertSameBits(bits.get(i), got.get(i), context);
        }
        bits = fused ? got : bits;
      }
    }
  }

  /** Central differences of Σ y · dy; a step's third derivative and y's roundings make 4e-3. */
  @ParameterizedTest
  @EnumSource
  void theReferencesGradientIsItsSlope(Layout layout) {
    Shape s = Shape.of(2, 5, 3, 4);
    for (int axis = 0; axis < s.rank(); axis++) {
      LengthNorm op = new ReferenceBackend().normalisations().lengthNorm(s, layout, axis, EPSILON);
      Tensor dx = run(op, ONE, "").get(2);
      Tensor x = TestData.uniform(s, 1).copy(layout);
      for (int i = 0; i < x.size(); i++) {
        float here = x.array()[i];
        float step = 0x1p-9f;
        x.array()[i] = here + step;
        double more = sum(op, x);
        x.array()[i] = here - step;
        double less = sum(op, x);
        x.array()[i] = here;
        double slope = (more - less) / (2 * step);
        double bound = 4e-3 * Math.max(1, Math.abs(slope));
        assertClose(slope, bound, dx.array()[i], i, layout + " axis " + axis);
      }
    }
  }

  private static double sum(LengthNorm op, Tensor x) {
    Tensor y = Tensor.zeros(op.shape(), op.layout());
    op.forward(x, y, null, Workspace.NONE, ONE);
    Tensor dy = TestData.uniform(op.shape(), 2).copy(op.layout());
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) y.array()[i] * dy.array()[i];
    }
    return sum;
  }

  /** By hand: 3, 4 have length 5; dx = (dy - y · 0.6) / 5 for dy = 1, 0. Zeros stay zeros. */
  @Test
  void byHand() {
    Shape s = Shape.of(2, 2);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      LengthNorm op = b.normalisations().lengthNorm(s, Layout.CHANNELS_FIRST, 0, Float.MIN_NORMAL);
      Workspace ws = TestData.workspace(op.workspace(), ONE);
      Tensor x = Tensor.of(s, 3, 0, 4, -0f);
      Tensor y = Tensor.zeros(s);
      Tensor r = Tensor.zeros(2);
      op.forward(x, y, r, ws, ONE);
      assertEquals(List.of(0.6f, 0f, 0.8f), List.of(y.get(0, 0), y.get(0, 1), y.get(1, 0)));
      assertEquals(0.2f, r.get(0));
      Tensor dx = Tensor.zeros(s);
      op.backward(x, r, Tensor.of(s, 1, 0, 0, 0), dx, ws, ONE);
      assertEquals(0.128f, dx.get(0, 0), 1e-7f);
      assertEquals(-0.096f, dx.get(1, 0), 1e-7f);
    }
  }

  /** Lengths beyond float's squares, an infinity, and a vector below epsilon. */
  @Test
  void extremes() {
    float inf = Float.POSITIVE_INFINITY;
    Shape s = Shape.of(4, 2);
    Tensor x = Tensor.of(s, 3e30f, 4e30f, inf, 1, 3e-30f, 4e-30f, Float.NaN, 1);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      LengthNorm op = b.normalisations().lengthNorm(s, Layout.CHANNELS_FIRST, 1, 1e-20);
      Tensor y = Tensor.zeros(s);
      Workspace ws = TestData.workspace(op.workspace(), ONE);
      op.forward(x, y, null, ws, ONE);
      float[] want = {0.6f, 0.8f, Float.NaN, 0, 3e-10f, 4e-10f, Float.NaN, Float.NaN};
      for (int i = 0; i < want.length; i++) {
        assertClose(want[i], 4 * U * Math.abs(want[i]), y.array()[i], i, b.describe());
      }
    }
  }
}
