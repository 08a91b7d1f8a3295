package io.lanewise.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pooling by hand, and its gradients by differences. */
final class ReferencePoolTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float[] FOUR_BY_FOUR = {
    1, 2, 3, 4,
    8, 7, 6, 5,
    9, 9, 9, 9,
    -4, -3, -2, -1
  };

  private static void assertMax(PoolShape s, float[] x, float[] y, int... indices) {
    Tensor out = Tensor.zeros(s.y());
    int[] found = new int[out.size()];
    ReferencePool.max(s, Tensor.of(s.x(), x), out, found);
    assertArrayEquals(y, out.array());
    assertArrayEquals(indices, found);
  }

  private static float[] average(PoolShape s, boolean countsPadding, float... x) {
    Tensor y = Tensor.zeros(s.y()).fill(Float.NaN);
    ReferencePool.average(s, countsPadding, Tensor.of(s.x(), x), y);
    return y.array();
  }

  @Test
  void theGreatestAndTheFirstOfEquals() {
    PoolShape s = PoolShape.square(1, 1, 4, 4, 2, 2, 0);
    assertMax(s, FOUR_BY_FOUR, new float[] {8, 6, 9, 9}, 4, 6, 8, 10);
  }

  @Test
  void paddingNeverWins() {
    PoolShape s = PoolShape.square(1, 1, 2, 2, 2, 2, 1);
    assertMax(s, new float[] {-1, -2, -3, -4}, new float[] {-1, -2, -3, -4}, 0, 1, 2, 3);
  }

  @Test
  void dilationSkipsRowsAndColumns() {
    PoolShape s = new PoolShape(1, 1, 4, 4, 2, 2, 1, 1, 2, 2, Padding.NONE);
    assertMax(s, FOUR_BY_FOUR, new float[] {9, 9, 8, 7}, 8, 9, 4, 5);
  }

  @Test
  void paddingAloneGivesMinusInfinityAndNoIndex() {
    PoolShape s = new PoolShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, new Padding(0, 0, 1, 1));
    assertMax(s, new float[] {5}, new float[] {-INF, 5, -INF}, -1, 0, -1);
  }

  @Test
  void nanWinsOverEverythingAndMinusInfinityOverNothing() {
    PoolShape s = new PoolShape(1, 1, 1, 4, 1, 2, 1, 1, 1, 1, Padding.NONE);
    float[] x = {-INF, -INF, INF, Float.NaN};
    assertMax(s, x, new float[] {-INF, INF, Float.NaN}, 0, 2, 3);
    PoolShape whole = new PoolShape(1, 1, 1, 4, 1, 4, 1, 1, 1, 1, Padding.NONE);
    float[] two = {1, Float.NaN, 7, Float.NaN};
    assertMax(whole, two, new float[] {Float.NaN}, 1);
  }

  @Test
  void averages() {
    PoolShape s = PoolShape.square(1, 1, 4, 4, 2, 2, 0);
    assertArrayEquals(new float[] {4.5f, 4.5f, 2.75f, 3.75f}, average(s, true, FOUR_BY_FOUR));
  }

  @Test
  void paddingCountsOnlyIfAsked() {
    PoolShape s = PoolShape.square(1, 1, 2, 2, 2, 1, 1);
    float[] counted = {1, 3, 2, 4, 10, 6, 3, 7, 4};
    float[] inside = {4, 6, 8, 8, 10, 12, 12, 14, 16};
    assertArrayEquals(counted, average(s, true, 4, 8, 12, 16));
    assertArrayEquals(inside, average(s, false, 4, 8, 12, 16));
  }

  @Test
  void paddingAloneAveragesToZero() {
    PoolShape s = new PoolShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, new Padding(0, 0, 1, 1));
    assertArrayEquals(new float[] {0, 5, 0}, average(s, false, 5));
    assertArrayEquals(new float[] {0, 5, 0}, average(s, true, 5));
  }

  /** The loss Σ r·y is linear in x; windows of four divide without rounding. */
  @Test
  void gradientsOfAveragesAreDifferences() {
    List<PoolShape> shapes =
        List.of(
            PoolShape.square(2, 2, 5, 6, 2, 1, 1),
            PoolShape.square(1, 2, 5, 5, 2, 3, 2),
            new PoolShape(1, 1, 3, 7, 2, 2, 1, 2, 2, 3, new Padding(1, 2, 3, 0)));
    for (PoolShape s : shapes) {
      for (boolean counts : new boolean[] {true, false}) {
        Tensor x = TestData.integers(s.x(), 1);
        Tensor r = TestData.integers(s.y(), 2);
        Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
        ReferencePool.averageBackward(s, counts, r, dx);
        for (int i = 0; i < x.size(); i++) {
          double before = dot(average(s, counts, x.array()), r);
          Tensor moved = x.copy();
          moved.array()[i] += 1;
          double after = dot(average(s, counts, moved.array()), r);
          assertEquals(after - before, dx.array()[i], "dx[" + i + "], counts " + counts + ", " + s);
        }
      }
    }
  }

  /** Between different integers, half a step leaves each window's choice as it is. */
  @Test
  void gradientsOfMaximaAreDifferences() {
    PoolShape s = PoolShape.square(2, 2, 5, 6, 3, 2, 1);
    Tensor x = Tensor.zeros(s.x());
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = i * 37 % x.size(); // a permutation: 37 and 120 share no divisor
    }
    Tensor r = TestData.integers(s.y(), 3);
    Tensor y = Tensor.zeros(s.y());
    int[] indices = new int[y.size()];
    ReferencePool.max(s, x, y, indices);
    double before = dot(y.array(), r);
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    ReferencePool.maxBackward(s, r, indices, dx);
    for (int i = 0; i < x.size(); i++) {
      Tensor moved = x.copy();
      moved.array()[i] += 0.5f;
      ReferencePool.max(s, moved, y, new int[y.size()]);
      assertEquals((dot(y.array(), r) - before) / 0.5, dx.array()[i], "dx[" + i + "]");
    }
  }

  private static double dot(float[] y, Tensor r) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (double) y[i] * r.array()[i];
    }
    return sum;
  }

  private static final Pooling ALL = new ReferenceBackend().pooling();
  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  @Test
  void sequencesAndVolumes() {
    PoolShape flat = PoolShape.parse("c1 iw5 kw2 s2 ceil");
    assertMax(flat, new float[] {1, 3, 2, 5, 4}, new float[] {3, 5, 4}, 1, 3, 4);
    assertArrayEquals(new float[] {2, 3.5f, 4}, average(flat, true, 1, 3, 2, 5, 4));
    PoolShape deep = PoolShape.parse("c1 id2 ih2 iw3 kd2 kh2 kw2");
    float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    assertMax(deep, x, new float[] {11, 12}, 10, 11);
    assertArrayEquals(new float[] {6, 7}, average(deep, true, x));
  }

  /** Positions 3, 4 and 5 of the padded input, which ends with 5: two count, one is inside. */
  @Test
  void aWindowBeyondThePaddingIsCutOffThere() {
    PoolShape s = PoolShape.parse("c1 iw3 kw3 s3 p1 ceil");
    assertArrayEquals(new float[] {1, 4}, average(s, true, 1, 2, 8));
    assertArrayEquals(new float[] {1.5f, 8}, average(s, false, 1, 2, 8));
  }

  @Test
  void norms() {
    PoolShape s = PoolShape.parse("c1 iw5 kw2 s2 pr1");
    float[] x = {-3, 4, 0, 0, -2};
    float[][] expected = {{7, 0, 2}, {5, 0, 2}, {(float) Math.cbrt(91), 0, 2}};
    float[][] gradients = {{-1, 1, 0, 0, -3}, {-0.6f, 0.8f, 0, 0, -3}};
    for (int p = 1; p <= 3; p++) {
      LpPool plan = ALL.lp(s, p, FIRST);
      Tensor y = Tensor.zeros(s.y());
      Tensor in = Tensor.of(s.x(), x);
      plan.forward(in, y, null, null);
      assertArrayEquals(expected[p - 1], y.array(), "p " + p);
      if (p < 3) {
        Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
        plan.backward(in, y, Tensor.of(s.y(), 1, 2, 3), dx, null);
        assertArrayEquals(gradients[p - 1], dx.array(), 1e-7f, "p " + p);
      }
    }
  }

  @Test
  void gradientsOfNormsAreDifferences() {
    PoolShape s = PoolShape.parse("n2 c2 ih5 iw6 kh3 kw2 s2 d2 p1 ceil");
    double h = 1.0 / 256;
    for (double p : new double[] {1, 2, 3, 2.5}) {
      LpPool plan = ALL.lp(s, p, FIRST);
      Tensor x = TestData.uniform(s.x(), 1);
      for (int i = 0; i < x.size(); i++) {
        x.array()[i] = Math.copySign(Math.abs(x.array()[i]) + 0.25f, x.array()[i]);
      }
      Tensor r = TestData.uniform(s.y(), 2);
      Tensor y = Tensor.zeros(s.y());
      Tensor dx = Tensor.zeros(s.x());
      plan.forward(x, y, null, null);
      plan.backward(x, y, r, dx, null);
      for (int i = 0; i < x.size(); i++) {
        double[] f = new double[2];
        for (int side = 0; side < 2; side++) {
          Tensor moved = x.copy();
          moved.array()[i] += (float) (side == 0 ? -h : h);
          plan.forward(moved, y, null, null);
          f[side] = dot(y.array(), r);
        }
        assertEquals((f[1] - f[0]) / (2 * h), dx.array()[i], 3e-4, "p " + p + " dx[" + i + "]");
      }
    }
  }

  @Test
  void adaptiveWindows() {
    AdaptivePoolShape s = AdaptivePoolShape.of(Shape.of(1, 1, 5), 3); // [0, 2) [1, 4) [3, 5)
    Tensor x = Tensor.of(s.x(), 5, 1, 3, 9, 7);
    Tensor y = Tensor.zeros(s.y());
    Tensor dy = Tensor.of(s.y(), 6, 12, 30);
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    int[] indices = new int[3];
    AdaptiveMaxPool max = ALL.adaptiveMax(s, FIRST);
    max.forward(x, y, indices, null, null);
    assertArrayEquals(new float[] {5, 9, 9}, y.array());
    assertArrayEquals(new int[] {0, 3, 3}, indices);
    max.backward(dy, indices, dx, null);
    assertArrayEquals(new float[] {6, 0, 0, 42, 0}, dx.array());
    AdaptiveAvgPool mean = ALL.adaptiveAverage(s, FIRST);
    mean.forward(x, y, null, null);
    assertArrayEquals(new float[] {3, 13f / 3, 8}, y.array());
    mean.backward(dy, dx, null, null);
    assertArrayEquals(new float[] {3, 7, 4, 19, 15}, dx.array());
  }

  @Test
  void unpooling() {
    MaxUnpool plan = ALL.maxUnpool(Shape.of(1, 2, 2), Shape.of(1, 2, 3), FIRST);
    Tensor x = Tensor.of(plan.x(), 1, 2, 3, 4);
    Tensor y = Tensor.zeros(plan.y()).fill(Float.NaN);
    int[] indices = {2, 0, 1, 1};
    plan.forward(x, indices, y, null);
    assertArrayEquals(new float[] {2, 0, 1, 0, 4, 0}, y.array()); // the last of two wins
    plan.forward(x, new int[] {-1, 0, 2, -1}, y, null);
    assertArrayEquals(new float[] {2, 0, 0, 0, 0, 3}, y.array());
    Tensor dx = Tensor.zeros(plan.x()).fill(Float.NaN);
    plan.backward(Tensor.of(plan.y(), 1, 2, 3, 4, 5, 6), indices, dx, null);
    assertArrayEquals(new float[] {3, 1, 5, 5}, dx.array());
    plan.backward(Tensor.of(plan.y(), 1, 2, 3, 4, 5, 6), new int[] {-1, 0, 2, -1}, dx, null);
    assertArrayEquals(new float[] {0, 1, 6, 0}, dx.array());
  }

  @Test
  void specialValuesOfNorms() {
    PoolShape s = PoolShape.parse("c1 iw8 kw2 s2");
    Tensor x = Tensor.of(s.x(), 1, Float.NaN, -INF, 2, Float.MIN_VALUE, -0f, 3.4e38f, 3.4e38f);
    Tensor y = Tensor.zeros(s.y());
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      for (double p : new double[] {1, 2, 3}) {
        LpPool plan = b.pooling().lp(s, p, FIRST);
        plan.forward(x, y, Workspace.allocate(plan.workspace(), 1), Parallel.SEQUENTIAL);
        String context = b.describe() + " p " + p;
        assertEquals(Float.NaN, y.array()[0], context);
        assertEquals(INF, y.array()[1], context);
        boolean exact =
            p != 2 || b instanceof ReferenceBackend; // of a float's square nothing stays
        assertEquals(exact ? Float.MIN_VALUE : 0f, y.array()[2], context);
        assertEquals(INF, y.array()[3], context); // beyond the greatest float, whatever the sum
      }
    }
  }
}
