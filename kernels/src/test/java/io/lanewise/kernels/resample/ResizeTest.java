package io.lanewise.kernels.resample;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceResize;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResizeTest {
  static List<ResizeShape> shapes() {
    return ResizeCases.all();
  }

  /** What a plan computes, with guards around it, a workspace of NaN, and its input unchanged. */
  private static Tensor run(Resize plan, Tensor src, boolean forward, Parallel par) {
    Guarded in = Guarded.of(src.copy(plan.layout()));
    Shape shape = forward ? plan.shape().y() : plan.shape().x();
    Guarded out = Guarded.unwritten(shape, plan.layout());
    Workspace ws = TestData.workspace(plan.workspace(), par);
    if (forward) {
      plan.forward(in.tensor(), out.tensor(), ws, par);
    } else {
      plan.backward(in.tensor(), out.tensor(), ws, par);
    }
    out.assertGuardsIntact(plan.shape().toString());
    in.assertUnchanged(plan.shape().toString());
    return out.tensor().copy(Layout.CHANNELS_FIRST);
  }

  private static Tensor reference(ResizeShape s, Tensor src, boolean forward) {
    return run(new ReferenceResize(s, Layout.CHANNELS_FIRST), src, forward, Parallel.SEQUENTIAL);
  }

  private static Resize plan(ResizeShape s, Layout layout, Target target) {
    return new KernelResampling(target).resize(s, layout);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardIsTheReferences(ResizeShape s) {
    check(s, TestData.uniform(s.x(), 1), true);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backwardIsTheReferences(ResizeShape s) {
    check(s, TestData.uniform(s.y(), 2), false);
  }

  private static void check(ResizeShape s, Tensor src, boolean forward) {
    Tensor expected = reference(s, src, forward);
    Tensor magnitudes = Weights.magnitudes(s, src, forward);
    Tensor fused = null;
    for (Target target : Targets.all()) {
      for (Layout layout : Layout.values()) {
        Resize plan = plan(s, layout, target);
        Tensor once = run(plan, src, forward, Parallel.SEQUENTIAL);
        String name = target.kernels().name() + " " + layout + " " + s;
        assertSums(expected, magnitudes, Weights.roundings(s, forward), once, name);
        assertSameBits(once, run(plan, src, forward, Teams.THREE), name);
        if (target.kernels().name().equals("scalar")) {
          fused = fused == null ? once : fused;
        }
      }
    }
    for (Layout layout : Layout.values()) {
      assertSameBits(fused, run(plan(s, layout, Targets.best()), src, forward, Teams.TWO), "best");
    }
  }

  /** ⟨dy, Ax⟩ = ⟨Aᵀdy, x⟩, and central differences: the map is linear. */
  @ParameterizedTest
  @MethodSource("shapes")
  void theReferencesGradientIsTheTranspose(ResizeShape s) {
    if ((long) s.x().size() * s.y().size() > 30_000 || s.extrapolation() != 0) {
      return; // the extrapolation value adds a constant
    }
    Tensor x = TestData.uniform(s.x(), 3);
    Tensor dy = TestData.uniform(s.y(), 4);
    Tensor dx = reference(s, dy, false);
    for (int i = 0; i < x.size(); i++) {
      Tensor up = x.copy();
      Tensor down = x.copy();
      up.array()[i] += 0.5f;
      down.array()[i] -= 0.5f;
      double slope = dot(reference(s, up, true), dy) - dot(reference(s, down, true), dy);
      assertEquals(slope, dx.array()[i], 1e-4, "element " + i);
    }
    assertEquals(dot(reference(s, x, true), dy), dot(dx, x), 1e-4);
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  private static float[] row(ResizeShape s, float... x) {
    Tensor t = Tensor.of(s.x(), x);
    Resize plan = plan(s, Layout.CHANNELS_FIRST, Targets.best());
    return run(plan, t, true, Parallel.SEQUENTIAL).toArray();
  }

  private static void assertRow(float[] expected, float[] got) {
    assertEquals(expected.length, got.length);
    for (int i = 0; i < got.length; i++) {
      assertEquals(expected[i], got[i], 1e-5f, "element " + i);
    }
  }

  /** Worked by hand from the formulas: 4 to 8 half pixels lie at -1/4, 1/4, 3/4, ... */
  @Test
  void linearByHand() {
    ResizeShape.Builder b = ResizeShape.of(1, 1, 4);
    float[] half = {1, 1.25f, 1.75f, 2.25f, 2.75f, 3.25f, 3.75f, 4};
    assertRow(half, row(b.to(8).build(), 1, 2, 3, 4));
    float[] first = {1, 1.5f, 2, 2.5f, 3, 3.5f, 4, 4};
    assertRow(first, row(b.to(8).coordinates(ResizeCoordinates.ASYMMETRIC).build(), 1, 2, 3, 4));
    float[] corners = {1, 2, 3, 4};
    ResizeShape.Builder two = ResizeShape.of(1, 1, 2).coordinates(ResizeCoordinates.ALIGN_CORNERS);
    assertRow(corners, row(two.to(4).build(), 1, 4));
  }

  /**
   * Keys' kernel halfway, with a = -0.75: (-3, 19, 19, -3) / 32; with -0.5: (-1, 9, 9, -1) / 16.
   */
  @Test
  void cubicByHand() {
    ResizeShape.Builder b =
        ResizeShape.of(1, 1, 4)
            .to(7)
            .by(Interpolation.CUBIC)
            .coordinates(ResizeCoordinates.ALIGN_CORNERS);
    float[] x = {1, 5, 2, 8};
    assertEquals((-3 * 1 + 19 * 5 + 19 * 2 - 3 * 8) / 32f, row(b.build(), x)[3], 1e-6f);
    float keys = (-1 * 1 + 9 * 5 + 9 * 2 - 1 * 8) / 16f;
    assertEquals(keys, row(b.cubicA(-0.5).build(), x)[3], 1e-6f);
    assertEquals(5f, row(b.build(), x)[2]);
  }

  /** A third as many pixels, antialiased: the triangle over five of them, 1 2 3 2 1. */
  @Test
  void antialiasByHand() {
    ResizeShape s = ResizeShape.of(1, 1, 9).to(3).antialias().build();
    float[] x = {9, 0, 0, 1, 5, 2, 0, 7, 0};
    assertEquals((1 * 2 + 3 * 5 + 2 * 2) / 9f, row(s, x)[1], 1e-6f);
    assertEquals((1 * 9 + 2 * 9 + 1 * 1) / 9f, row(s, x)[0], 1e-6f); // the edge stands for outside
    ResizeShape cut = ResizeShape.of(1, 1, 9).to(3).antialias().excludeOutside().build();
    assertEquals((2 * 9 + 1 * 1) / 8f, row(cut, x)[0], 1e-6f);
  }

  @Test
  void cropByHand() {
    ResizeShape s =
        ResizeShape.of(1, 1, 3).to(5).crop(new double[] {-0.5}, new double[] {1.5}, 7).build();
    assertRow(new float[] {7, 1, 2, 3, 7}, row(s, 1, 2, 3));
  }

  @Test
  void specialValuesShowWhereTheyAreReadAndNowhereElse() {
    for (ResizeShape s : ResizeCases.all()) {
      Tensor x = TestData.withSpecials(s.x(), 5);
      Tensor expected = reference(s, x, true);
      for (Layout layout : Layout.values()) {
        Tensor got = run(plan(s, layout, Targets.best()), x, true, Parallel.SEQUENTIAL);
        for (int i = 0; i < got.size(); i++) {
          boolean finite = Float.isFinite(expected.array()[i]);
          assertEquals(finite, Float.isFinite(got.array()[i]), s + " element " + i);
        }
      }
    }
  }

  @Test
  void nearestCopiesBitsAndSubnormalsSurvive() {
    ResizeShape near = ResizeShape.of(1, 1, 2).to(4).by(Interpolation.NEAREST).build();
    float[] got = row(near, -0f, Float.MIN_VALUE);
    assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(got[1]));
    assertEquals(Float.MIN_VALUE, got[2]);
    float[] line = row(ResizeShape.of(1, 1, 1).to(20).build(), Float.MIN_VALUE);
    assertEquals(Float.MIN_VALUE, line[19]);
    float[] zeros = row(ResizeShape.of(1, 1, 2).to(40).build(), -0f, -0f);
    assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(zeros[17]));
  }

  @Test
  void inputsThatNobodyReadsGetAPlainZero() {
    ResizeShape s =
        ResizeShape.of(1, 1, 40)
            .to(10)
            .by(Interpolation.NEAREST)
            .coordinates(ResizeCoordinates.ASYMMETRIC)
            .build();
    Tensor dy = Tensor.zeros(s.y()).fill(Float.POSITIVE_INFINITY);
    Tensor dx = run(plan(s, Layout.CHANNELS_FIRST, Targets.best()), dy, false, Teams.TWO);
    for (int i = 0; i < dx.size(); i++) {
      float expected = i % 4 == 0 ? Float.POSITIVE_INFINITY : 0f;
      assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(dx.array()[i]));
    }
  }

  @Test
  void aConstantStaysWithinARounding() {
    for (ResizeShape s : ResizeCases.all()) {
      if (s.extrapolation() == 0) {
        Tensor x = Tensor.zeros(s.x()).fill(3);
        float[] y =
            run(plan(s, Layout.CHANNELS_LAST, Targets.best()), x, true, Teams.TWO).toArray();
        for (float v : y) {
          assertEquals(3, v, 1e-5f, s.toString());
        }
      }
    }
  }

  @Test
  void badArguments() {
    ResizeShape s = ResizeShape.of(1, 2, 3, 4).to(5, 6).build();
    Resize plan = plan(s, Layout.CHANNELS_FIRST, Targets.best());
    Workspace ws = TestData.workspace(plan.workspace(), Parallel.SEQUENTIAL);
    Tensor x = Tensor.zeros(s.x());
    Tensor y = Tensor.zeros(s.y());
    Parallel one = Parallel.SEQUENTIAL;
    assertRefused(() -> plan.forward(y, y, ws, one), "x must have shape", "[1, 2, 3, 4]");
    assertRefused(() -> plan.forward(x, x, ws, one), "y must have shape");
    assertRefused(() -> plan.backward(x, x, ws, one), "dy must have shape");
    assertRefused(() -> plan.backward(y, y, ws, one), "dx must have shape");
    Tensor last = Tensor.zeros(s.x(), Layout.CHANNELS_LAST);
    assertRefused(() -> plan.forward(last, y, ws, one), "CHANNELS_FIRST", "CHANNELS_LAST");
    Tensor inside = Tensor.wrap(s.x(), y.array(), 10);
    assertRefused(() -> plan.forward(inside, y, ws, one), "y must not share elements with x");
    assertRefused(() -> plan.backward(y, inside, ws, one), "dx must not share elements with dy");
    assertTrue(plan.workspace().floatsPerWorker() > 0);
    assertRefused(() -> plan.forward(x, y, Workspace.NONE, one), "workspace");
  }

  @Test
  void badShapes() {
    assertRefused(() -> ResizeShape.of(1, 2).to().build(), "needs sizes or scales");
    assertRefused(() -> ResizeShape.of(1, 2).scales().build(), "one to three spatial axes");
    assertRefused(() -> ResizeShape.of(1, 2, 3).to(4, 5).build(), "needs 1 output sizes");
    assertRefused(() -> ResizeShape.of(1, 2, 3).scales(4, 5).build(), "needs 1 scales");
    assertRefused(() -> ResizeShape.of(1, 2, 3).to(0).build(), "at least 1");
    assertRefused(() -> ResizeShape.of(1, 2, 0).to(3).build(), "at least 1");
    assertRefused(() -> ResizeShape.of(1, 2, 3).scales(0.1).build(), "at least 1");
    assertRefused(() -> ResizeShape.of(1, 2, 3).scales(Double.NaN).build(), "at least 1");
    assertRefused(() -> ResizeShape.of(1, 2, 3).to(6).scales(3).build(), "has 9 outputs, got 6");
    assertRefused(
        () -> ResizeShape.of(1, 2, 3).to(6).by(Interpolation.NEAREST).antialias().build(),
        "antialias needs LINEAR or CUBIC");
    assertRefused(
        () -> ResizeShape.of(1, 2, 3).to(6).cubicA(Double.NaN).build(), "cubicA must be finite");
    double[] far = {Double.POSITIVE_INFINITY};
    assertRefused(() -> ResizeShape.of(1, 2, 3).to(6).crop(far, far, 0).build(), "starts and ends");
    assertRefused(
        () -> ResizeShape.of(1, 2, 3).to(6).crop(new double[2], far, 0).build(), "one number");
  }
}
