package io.lanewise.kernels.resample;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
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
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.reference.ReferenceRoiAlign;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoiTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  /** Inside, over a border, outside, without extent, turned round, larger than the image. */
  private static final Tensor REGIONS =
      Tensor.of(
          Shape.of(7, 4),
          1,
          2,
          5,
          6,
          -4,
          -3,
          3,
          4,
          30,
          30,
          40,
          40,
          3,
          3,
          3,
          3,
          5,
          5,
          2,
          1,
          -9,
          -9,
          25,
          20,
          0.3f,
          1.7f,
          6.1f,
          4.9f);

  private static final int[] IMAGES = {0, 1, 0, 1, 1, 0, 1};

  static List<RoiAlignShape> shapes() {
    List<RoiAlignShape> all = new ArrayList<>();
    for (int samples : new int[] {0, 1, 2, 3}) {
      for (boolean max : new boolean[] {false, true}) {
        for (boolean half : new boolean[] {false, true}) {
          Shape few = Shape.of(2, 3, 7, 9);
          all.add(new RoiAlignShape(new RoiShape(few, 7, 3, 2, 1), samples, max, half));
          Shape many = Shape.of(2, 19, 5, 4);
          all.add(new RoiAlignShape(new RoiShape(many, 7, 5, 5, 0.5), samples, max, half));
          Shape pixel = Shape.of(2, 1, 1, 1);
          all.add(new RoiAlignShape(new RoiShape(pixel, 7, 1, 1, 0.25), samples, max, half));
        }
      }
    }
    return all;
  }

  /** y and dx. */
  private static List<Tensor> run(RoiAlign plan, Tensor x, Tensor dy, Parallel par) {
    RoiShape s = plan.shape().roi();
    Guarded y = Guarded.unwritten(s.y());
    Guarded dx = Guarded.unwritten(s.x());
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.forward(x, REGIONS, IMAGES, y.tensor(), ws, par);
    plan.backward(dy, x, REGIONS, IMAGES, dx.tensor(), ws, par);
    y.assertGuardsIntact(s.toString());
    dx.assertGuardsIntact(s.toString());
    return List.of(y.tensor().copy(), dx.tensor().copy());
  }

  private static RoiAlign plan(RoiAlignShape s, Target target) {
    return new KernelResampling(target).roiAlign(s);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void alignAgreesWithTheReferenceInTheSameBits(RoiAlignShape s) {
    Tensor x = TestData.uniform(s.roi().x(), 1);
    Tensor dy = TestData.uniform(s.roi().y(), 2);
    List<Tensor> expected = run(new ReferenceRoiAlign(s), x, dy, ONE);
    // Four weights, a product each, and a sum of at most 34 x 34 samples whose weights sum to 1.
    int roundings = 4 * 34 * 34;
    double[] bounds = {roundings * U / 8, (roundings + 7 * 25) * U};
    for (Target target : Targets.all()) {
      List<Tensor> got = run(plan(s, target), x, dy, ONE);
      List<Tensor> shared = run(plan(s, target), x, dy, Teams.THREE);
      for (int t = 0; t < 2; t++) {
        String name = target.kernels().name() + " " + s + " result " + t;
        assertSameBits(got.get(t), shared.get(t), name);
        for (int i = 0; i < got.get(t).size(); i++) {
          float e = expected.get(t).array()[i];
          assertClose(e, bounds[t] * Math.max(1, Math.abs(e)), got.get(t).array()[i], i, name);
        }
      }
    }
    List<Tensor> best = run(plan(s, Targets.best()), x, dy, ONE);
    List<Tensor> scalar = run(plan(s, CpuBackend.scalar().target()), x, dy, ONE);
    assertSameBits(scalar.get(0), best.get(0), "y");
    assertSameBits(scalar.get(1), best.get(1), "dx");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theReferencesGradientIsTheTranspose(RoiAlignShape s) {
    Tensor x = TestData.uniform(s.roi().x(), 3);
    Tensor dy = TestData.uniform(s.roi().y(), 4);
    List<Tensor> at = run(new ReferenceRoiAlign(s), x, dy, ONE);
    // The mean is linear in x, the greatest where its choice stays.
    assertEquals(dot(at.get(0), dy), dot(at.get(1), x), 1e-4);
    Tensor more = TestData.uniform(s.roi().x(), 5);
    Tensor near = x.copy();
    float h = 0x1p-12f;
    for (int i = 0; i < x.size(); i++) {
      near.array()[i] += h * more.array()[i];
    }
    double slope =
        (dot(run(new ReferenceRoiAlign(s), near, dy, ONE).get(0), dy) - dot(at.get(0), dy)) / h;
    assertEquals(slope, dot(at.get(1), more), s.max() ? 0.2 : 0.02);
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  /** A ramp is read exactly: a bin's mean is its middle's value. */
  @Test
  void alignByHand() {
    Tensor ramp = Tensor.zeros(1, 1, 8, 8);
    for (int i = 0; i < 64; i++) {
      ramp.array()[i] = 10 * (i / 8) + i % 8;
    }
    Tensor region = Tensor.of(Shape.of(1, 4), 1, 2, 5, 6);
    for (boolean max : new boolean[] {false, true}) {
      for (boolean half : new boolean[] {false, true}) {
        RoiAlignShape s = new RoiAlignShape(new RoiShape(ramp.shape(), 1, 2, 2, 1), 2, max, half);
        RoiAlign plan = plan(s, Targets.best());
        Tensor y = Tensor.zeros(s.roi().y());
        plan.forward(ramp, region, new int[1], y, TestData.workspace(plan.workspace(), ONE), ONE);
        // Bins of 2 x 2 pixels from (2, 1): their middles are (3, 2), (3, 4), (5, 2), (5, 4).
        float shift = (half ? -5.5f : 0) + (max ? 5.5f : 0); // the last sample is half a pixel on
        float[] expected = {32 + shift, 34 + shift, 52 + shift, 54 + shift};
        assertArrayEquals(expected, y.toArray(), 1e-4f);
      }
    }
  }

  @Test
  void specialPixelsShowOnlyWhereTheyAreRead() {
    for (RoiAlignShape s : shapes()) {
      Tensor x = TestData.withSpecials(s.roi().x(), 6);
      Tensor dy = TestData.uniform(s.roi().y(), 7);
      Tensor expected = run(new ReferenceRoiAlign(s), x, dy, ONE).get(0);
      Tensor got = run(plan(s, Targets.best()), x, dy, ONE).get(0);
      for (int i = 0; i < got.size() && !s.max(); i++) {
        float e = expected.array()[i];
        assertEquals(Float.isFinite(e), Float.isFinite(got.array()[i]), s + " element " + i);
      }
    }
  }

  @Test
  void poolIsTheReferences() {
    for (Shape image : new Shape[] {Shape.of(2, 3, 7, 9), Shape.of(2, 17, 3, 2)}) {
      for (double scale : new double[] {1, 0.25}) {
        RoiShape s = new RoiShape(image, 7, 3, 2, scale);
        RoiPool reference = new ReferenceBackend().resampling().roiPool(s);
        RoiPool plan = new KernelResampling(Targets.best()).roiPool(s);
        for (Parallel par : Teams.ONE_AND_THREE) {
          for (Tensor x : List.of(TestData.uniform(image, 1), TestData.withSpecials(image, 2))) {
            Tensor expected = Tensor.zeros(s.y());
            Guarded got = Guarded.unwritten(s.y());
            int[] wanted = new int[expected.size()];
            int[] indices = new int[expected.size()];
            reference.forward(x, REGIONS, IMAGES, expected, wanted, ONE);
            plan.forward(x, REGIONS, IMAGES, got.tensor(), indices, par);
            got.assertGuardsIntact("y");
            assertExact(expected, got.tensor().copy(), "y");
            assertArrayEquals(wanted, indices);
            Tensor dy = TestData.integers(s.y(), 3);
            Tensor dx = Tensor.zeros(image);
            Guarded gotDx = Guarded.unwritten(image);
            reference.backward(dy, IMAGES, wanted, dx, ONE);
            plan.backward(dy, IMAGES, indices, gotDx.tensor(), par);
            gotDx.assertGuardsIntact("dx");
            assertExact(dx, gotDx.tensor().copy(), "dx");
          }
        }
      }
    }
  }

  /** 4 x 4 pixels from (1, 1) in 2 x 2 bins; a bin outside is 0. */
  @Test
  void poolByHand() {
    Tensor x = Tensor.zeros(1, 1, 6, 6);
    for (int i = 0; i < 36; i++) {
      x.array()[i] = i;
    }
    RoiShape s = new RoiShape(x.shape(), 2, 2, 2, 1);
    Tensor regions = Tensor.of(s.regions(), 1, 1, 4, 4, 5, 5, 8, 8);
    Tensor y = Tensor.zeros(s.y());
    int[] indices = new int[8];
    new KernelResampling(Targets.best())
        .roiPool(s)
        .forward(x, regions, new int[2], y, indices, ONE);
    assertArrayEquals(new float[] {14, 16, 26, 28, 35, 0, 0, 0}, y.toArray());
    assertArrayEquals(new int[] {14, 16, 26, 28, 35, -1, -1, -1}, indices);
  }

  @Test
  void badArguments() {
    Shape image = Shape.of(1, 2, 3, 4);
    RoiShape roi = new RoiShape(image, 1, 2, 2, 1);
    RoiAlignShape s = new RoiAlignShape(roi, 0, false, true);
    Tensor x = Tensor.zeros(image);
    Tensor y = Tensor.zeros(roi.y());
    Tensor boxes = Tensor.zeros(roi.regions());
    Tensor huge = Tensor.of(roi.regions(), 0, 0, 1e9f, 1);
    Tensor nan = Tensor.of(roi.regions(), 0, 0, Float.NaN, 1);
    int[] images = {0};
    int[] indices = new int[y.size()];
    for (Resampling all :
        List.of(new KernelResampling(Targets.best()), new ReferenceBackend().resampling())) {
      RoiAlign align = all.roiAlign(s);
      Workspace ws = TestData.workspace(align.workspace(), ONE);
      assertRefused(() -> align.forward(y, boxes, images, y, ws, ONE), "x must have shape");
      assertRefused(() -> align.forward(x, x, images, y, ws, ONE), "regions must have shape");
      assertRefused(() -> align.forward(x, boxes, images, x, ws, ONE), "y must have shape");
      assertRefused(() -> align.forward(x, boxes, new int[2], y, ws, ONE), "that is 1, got 2");
      int[] none = {1};
      assertRefused(() -> align.forward(x, boxes, none, y, ws, ONE), "region 0", "[0, 1), got 1");
      assertRefused(() -> align.forward(x, huge, images, y, ws, ONE), "region 0", "1024 samples");
      assertRefused(() -> align.forward(x, nan, images, y, ws, ONE), "region 0", "NaN");
      Tensor over = Tensor.wrap(roi.y(), x.array(), 2);
      assertRefused(() -> align.forward(x, boxes, images, over, ws, ONE), "y must not share");
      assertRefused(
          () -> align.backward(y, x, boxes, images, x, ws, ONE), "dx must not share elements");
      RoiPool pool = all.roiPool(roi);
      assertRefused(() -> pool.forward(y, boxes, images, y, indices, ONE), "x must have shape");
      assertRefused(() -> pool.forward(x, boxes, none, y, indices, ONE), "region 0");
      assertRefused(
          () -> pool.forward(x, boxes, images, y, new int[3], ONE), "8 elements", "got 3");
      assertRefused(() -> pool.backward(x, images, indices, x, ONE), "dy must have shape");
      assertRefused(() -> pool.backward(y, images, new int[3], x, ONE), "8 elements");
      assertRefused(() -> pool.backward(over, images, indices, x, ONE), "dx must not share");
    }
    assertRefused(() -> new RoiShape(Shape.of(1, 2, 3), 1, 1, 1, 1), "[n][c][ih][iw]");
    assertRefused(() -> new RoiShape(image, -1, 1, 1, 1), "rois=-1");
    assertRefused(() -> new RoiShape(image, 1, 0, 1, 1), "ph=0");
    assertRefused(() -> new RoiShape(image, 1, 1, 1, 0), "scale must be finite and above 0");
    assertRefused(() -> new RoiAlignShape(roi, -1, false, true), "samples must be in [0, 1024]");
  }
}
