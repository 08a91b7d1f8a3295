package io.lanewise.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.TestData;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
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
}
