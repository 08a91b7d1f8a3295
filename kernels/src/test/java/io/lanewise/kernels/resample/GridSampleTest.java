package io.lanewise.kernels.resample;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.reference.ReferenceGridSample;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridSampleTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static List<GridSampleShape> shapes() {
    List<GridSampleShape> all = new ArrayList<>();
    for (Interpolation kind : Interpolation.values()) {
      for (GridPadding padding : GridPadding.values()) {
        for (boolean corners : new boolean[] {false, true}) {
          add(all, kind, padding, corners, Shape.of(2, 3, 5, 4), Shape.of(2, 3, 7, 2));
          add(all, kind, padding, corners, Shape.of(1, 17, 1, 3), Shape.of(1, 20, 14, 2));
          add(all, kind, padding, corners, Shape.of(0, 3, 5, 4), Shape.of(0, 3, 7, 2));
          add(all, kind, padding, corners, Shape.of(1, 2, 5, 4), Shape.of(1, 0, 7, 2));
          if (kind != Interpolation.CUBIC) {
            add(all, kind, padding, corners, Shape.of(1, 2, 3, 4, 2), Shape.of(1, 2, 3, 5, 3));
          }
        }
      }
    }
    return all;
  }

  private static void add(
      List<GridSampleShape> all,
      Interpolation kind,
      GridPadding padding,
      boolean corners,
      Shape x,
      Shape grid) {
    all.add(new GridSampleShape(x, grid, kind, padding, corners));
  }

  /** Positions in the image, beside it and, now and then, far away. */
  private static Tensor grid(GridSampleShape s) {
    Tensor grid = TestData.uniform(s.grid(), 3);
    for (int i = 0; i < grid.size(); i++) {
      grid.array()[i] *= i % 11 == 5 ? 9 : 1.3f;
    }
    return grid;
  }

  /** y, dx and dgrid. */
  private static List<Tensor> run(GridSample plan, Tensor x, Tensor grid, Tensor dy, Parallel par) {
    Guarded y = Guarded.unwritten(plan.shape().y());
    Guarded dx = Guarded.unwritten(plan.shape().x());
    Guarded dgrid = Guarded.unwritten(plan.shape().grid());
    Guarded in = Guarded.of(x);
    Guarded at = Guarded.of(grid);
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.forward(in.tensor(), at.tensor(), y.tensor(), ws, par);
    plan.backwardImage(dy, at.tensor(), dx.tensor(), ws, par);
    plan.backwardGrid(dy, in.tensor(), at.tensor(), dgrid.tensor(), ws, par);
    for (Guarded g : List.of(y, dx, dgrid)) {
      g.assertGuardsIntact(plan.shape().toString());
    }
    in.assertUnchanged("x");
    at.assertUnchanged("grid");
    return List.of(y.tensor().copy(), dx.tensor().copy(), dgrid.tensor().copy());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithTheReferenceInTheSameBits(GridSampleShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    Tensor grid = grid(s);
    List<Tensor> expected = run(new ReferenceGridSample(s), x, grid, dy, ONE);
    double[] bounds = bounds(s);
    List<Tensor> scalar = null;
    for (Target target : Targets.all().reversed()) { // unfused, scalar, SIMD
      GridSample plan = new KernelResampling(target).gridSample(s);
      List<Tensor> got = run(plan, x, grid, dy, ONE);
      List<Tensor> shared = run(plan, x, grid, dy, Teams.THREE);
      for (int t = 0; t < 3; t++) {
        String name = target.kernels().name() + " " + s + " result " + t;
        assertSameBits(got.get(t), shared.get(t), name);
        for (int i = 0; i < got.get(t).size(); i++) {
          assertClose(expected.get(t).array()[i], bounds[t], got.get(t).array()[i], i, name);
        }
        boolean simd = target.kernels().name().startsWith("SIMD");
        if (simd && scalar != null) {
          assertSameBits(scalar.get(t), got.get(t), name);
        }
      }
      scalar = target.kernels().name().equals("scalar") ? got : scalar;
    }
  }

  /**
   * Roundings times the sum of magnitudes: all values are below 1, an axis' weights sum to at most
   * 1.4 in magnitude and its slopes to 3 pixels' worth.
   */
  private static double[] bounds(GridSampleShape s) {
    int taps = s.axes() == 3 ? 8 : s.interpolation() == Interpolation.CUBIC ? 16 : 4;
    double slope = 0;
    for (int axis = 0; axis < s.axes(); axis++) {
      slope = Math.max(slope, 3 * 2 * s.in(axis) / 2.0);
    }
    int outputs = Math.max(1, s.y().size());
    int channels = s.x().dim(1);
    return new double[] {
      (taps + 3) * U * 2,
      (outputs + 3) * U * 2 * Math.sqrt(outputs),
      (taps + channels + 3) * U * slope * channels
    };
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theReferencesGradientsAreFiniteDifferences(GridSampleShape s) {
    if (s.y().size() == 0 || s.y().size() > 200) {
      return;
    }
    Tensor x = TestData.uniform(s.x(), 4);
    Tensor dy = TestData.uniform(s.y(), 5);
    Tensor grid = grid(s);
    GridSample plan = new ReferenceGridSample(s);
    List<Tensor> at = run(plan, x, grid, dy, ONE);
    assertEquals(dot(at.get(0), dy), dot(at.get(1), x), 1e-5); // linear in x
    boolean sloped = s.interpolation() != Interpolation.NEAREST;
    float h = 1f / 1024;
    for (int i = 0; i < grid.size() && sloped; i++) {
      float here = grid.array()[i];
      double[] values = new double[3];
      for (int k = 0; k < 3; k++) {
        grid.array()[i] = here + (k - 1) * h;
        values[k] = dot(run(plan, x, grid, dy, ONE).get(0), dy);
      }
      grid.array()[i] = here;
      double up = (values[2] - values[1]) / h;
      double down = (values[1] - values[0]) / h;
      if (Math.abs(up - down) < 0.05) { // not beside a kink
        assertEquals((up + down) / 2, at.get(2).array()[i], 0.02, "element " + i);
      }
    }
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  private static float[] sample(GridPadding padding, boolean corners, float... at) {
    GridSampleShape s =
        new GridSampleShape(
            Shape.of(1, 1, 1, 4),
            Shape.of(1, 1, at.length, 2),
            Interpolation.LINEAR,
            padding,
            corners);
    Tensor grid = Tensor.zeros(s.grid());
    for (int i = 0; i < at.length; i++) {
      grid.array()[2 * i] = at[i];
    }
    Tensor y = Tensor.zeros(s.y());
    GridSample plan = new KernelResampling(Targets.best()).gridSample(s);
    Tensor x = Tensor.of(s.x(), 1, 2, 4, 8);
    plan.forward(x, grid, y, TestData.workspace(plan.workspace(), ONE), ONE);
    return y.toArray();
  }

  /** Four pixels 1 2 4 8: with corners they lie at -1, -1/3, 1/3, 1; without at ±1/4 and ±3/4. */
  @Test
  void byHand() {
    float[] corners = sample(GridPadding.ZEROS, true, -1, 1, 0, 1.3333334f);
    float[] wanted = {1, 8, 3, 4};
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], corners[i], 1e-5f);
    }
    float[] edges = sample(GridPadding.ZEROS, false, -0.75f, -1, 0, 1.25f);
    float[] half = {1, 0.5f, 3, 0};
    for (int i = 0; i < half.length; i++) {
      assertEquals(half[i], edges[i], 1e-5f);
    }
    assertEquals(8, sample(GridPadding.BORDER, false, 7)[0]);
    assertEquals(4, sample(GridPadding.REFLECTION, false, 1.75f)[0], 1e-5f); // as 0.25
    assertEquals(8, sample(GridPadding.BORDER, false, Float.POSITIVE_INFINITY)[0]);
    assertEquals(0, sample(GridPadding.ZEROS, false, Float.NEGATIVE_INFINITY)[0]);
    assertEquals(1, sample(GridPadding.ZEROS, true, Float.NaN)[0]); // as -1
  }

  @Test
  void specialPixelsShowOnlyWhereTheyAreRead() {
    for (GridSampleShape s : shapes()) {
      Tensor x = TestData.withSpecials(s.x(), 6);
      Tensor dy = TestData.uniform(s.y(), 7);
      Tensor expected = run(new ReferenceGridSample(s), x, grid(s), dy, ONE).get(0);
      GridSample plan = new KernelResampling(Targets.best()).gridSample(s);
      Tensor got = run(plan, x, grid(s), dy, ONE).get(0);
      for (int i = 0; i < got.size(); i++) {
        float e = expected.array()[i];
        assertEquals(Float.isFinite(e), Float.isFinite(got.array()[i]), s + " element " + i);
      }
    }
  }

  /**
   * Padding moves all four taps to the one pixel: their weights, of either sign, are 1 together.
   */
  @Test
  void anInfinitePixelThatSeveralTapsReadIsItself() {
    for (GridPadding padding : List.of(GridPadding.BORDER, GridPadding.REFLECTION)) {
      for (boolean corners : new boolean[] {false, true}) {
        GridSampleShape s =
            new GridSampleShape(
                Shape.of(1, 1, 1, 1), Shape.of(1, 1, 3, 2), Interpolation.CUBIC, padding, corners);
        Tensor x = Tensor.of(s.x(), Float.NEGATIVE_INFINITY);
        Tensor grid = Tensor.of(s.grid(), 0.3f, 0.7f, -0.2f, 0, 1, -4);
        for (GridSample plan :
            List.of(
                new ReferenceGridSample(s), new KernelResampling(Targets.best()).gridSample(s))) {
          Tensor y = run(plan, x, grid, Tensor.zeros(s.y()), ONE).get(0);
          for (float value : y.toArray()) {
            assertEquals(Float.NEGATIVE_INFINITY, value, s.toString());
          }
        }
      }
    }
  }

  @Test
  void affineGrids() {
    for (Shape grid :
        new Shape[] {Shape.of(2, 3, 4, 2), Shape.of(1, 2, 3, 5, 3), Shape.of(2, 1, 1, 2)}) {
      for (boolean corners : new boolean[] {false, true}) {
        AffineGrid reference = new ReferenceBackend().resampling().affineGrid(grid, corners);
        AffineGrid plan = new KernelResampling(Targets.best()).affineGrid(grid, corners);
        Tensor theta = TestData.uniform(plan.theta(), 1);
        Tensor expected = Tensor.zeros(grid);
        Tensor got = Tensor.zeros(grid);
        reference.forward(theta, expected, ONE);
        plan.forward(theta, got, Teams.THREE);
        assertSameBits(expected, got, "grid");
        Tensor dgrid = TestData.uniform(grid, 2);
        Tensor dtheta = Tensor.zeros(plan.theta());
        Tensor wanted = Tensor.zeros(plan.theta());
        reference.backward(dgrid, wanted, ONE);
        plan.backward(dgrid, dtheta, Teams.THREE);
        assertSameBits(wanted, dtheta, "theta");
        assertEquals(dot(got, dgrid), dot(theta, dtheta), 1e-5);
      }
    }
  }

  /** The identity's grid reads every pixel in its place; half a turn reads them backwards. */
  @Test
  void theIdentityAndHalfATurn() {
    Shape image = Shape.of(1, 2, 3, 4);
    for (boolean corners : new boolean[] {false, true}) {
      GridSampleShape s =
          new GridSampleShape(
              image, Shape.of(1, 3, 4, 2), Interpolation.LINEAR, GridPadding.ZEROS, corners);
      KernelResampling all = new KernelResampling(Targets.best());
      Tensor x = TestData.uniform(image, 1);
      Tensor y = Tensor.zeros(image);
      Tensor grid = Tensor.zeros(s.grid());
      GridSample plan = all.gridSample(s);
      Workspace ws = TestData.workspace(plan.workspace(), ONE);
      all.affineGrid(s.grid(), corners)
          .forward(Tensor.of(Shape.of(1, 2, 3), 1, 0, 0, 0, 1, 0), grid, ONE);
      plan.forward(x, grid, y, ws, ONE);
      for (int i = 0; i < x.size(); i++) {
        assertEquals(x.array()[i], y.array()[i], 1e-5f);
      }
      all.affineGrid(s.grid(), corners)
          .forward(Tensor.of(Shape.of(1, 2, 3), -1, 0, 0, 0, -1, 0), grid, ONE);
      plan.forward(x, grid, y, ws, ONE);
      for (int i = 0; i < 12; i++) {
        assertEquals(x.array()[11 - i], y.array()[i], 1e-5f);
      }
    }
  }

  @Test
  void badArguments() {
    Shape image = Shape.of(1, 2, 3, 4);
    Shape at = Shape.of(1, 5, 6, 2);
    GridSampleShape s =
        new GridSampleShape(image, at, Interpolation.LINEAR, GridPadding.ZEROS, false);
    Tensor x = Tensor.zeros(image);
    Tensor grid = Tensor.zeros(at);
    Tensor y = Tensor.zeros(s.y());
    for (GridSample plan :
        List.of(new KernelResampling(Targets.best()).gridSample(s), new ReferenceGridSample(s))) {
      Workspace ws = TestData.workspace(plan.workspace(), ONE);
      assertRefused(() -> plan.forward(y, grid, y, ws, ONE), "x must have shape [1, 2, 3, 4]");
      assertRefused(() -> plan.forward(x, x, y, ws, ONE), "grid must have shape");
      assertRefused(() -> plan.forward(x, grid, x, ws, ONE), "y must have shape [1, 2, 5, 6]");
      assertRefused(() -> plan.backwardImage(x, grid, x, ws, ONE), "dy must have shape");
      assertRefused(() -> plan.backwardGrid(y, x, grid, x, ws, ONE), "dgrid must have shape");
      Tensor over = Tensor.wrap(image, y.array(), 3);
      assertRefused(() -> plan.forward(over, grid, y, ws, ONE), "y must not share");
      assertRefused(() -> plan.backwardImage(y, grid, over, ws, ONE), "dx must not share");
      Tensor same = Tensor.wrap(at, y.array(), 0);
      assertRefused(() -> plan.backwardGrid(y, x, grid, same, ws, ONE), "dgrid must not share");
    }
    assertRefused(
        () ->
            new GridSampleShape(
                Shape.of(1, 2, 3), at, Interpolation.LINEAR, GridPadding.ZEROS, false),
        "4 or 5 axes");
    assertRefused(
        () ->
            new GridSampleShape(
                image, Shape.of(1, 5, 6, 3), Interpolation.LINEAR, GridPadding.ZEROS, false),
        "and [2], got [1, 5, 6, 3]");
    assertRefused(
        () ->
            new GridSampleShape(
                Shape.of(1, 2, 3, 4, 5),
                Shape.of(1, 5, 6, 7, 3),
                Interpolation.CUBIC,
                GridPadding.ZEROS,
                false),
        "cubic grid sampling is for images");
    assertRefused(
        () ->
            new GridSampleShape(
                Shape.of(1, 2, 0, 4), at, Interpolation.LINEAR, GridPadding.ZEROS, false),
        "at least 1");
    KernelResampling all = new KernelResampling(Targets.best());
    assertRefused(() -> all.affineGrid(Shape.of(1, 2, 3, 3), true), "a grid must be");
    AffineGrid affine = all.affineGrid(at, true);
    assertRefused(() -> affine.forward(grid, grid, ONE), "theta must have shape [1, 2, 3]");
    assertRefused(() -> affine.backward(x, grid, ONE), "dgrid must have shape");
  }
}
