package io.lanewise.training.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
  private static Tensor row(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  @Test
  void highestComeFirst() {
    assertArrayEquals(new int[] {3, 1}, TopK.topK(row(0.1f, 0.3f, 0.15f, 0.45f), 2));
    assertArrayEquals(new int[] {3, 1, 2, 0}, TopK.topK(row(0.1f, 0.3f, 0.15f, 0.45f), 4));
  }

  @Test
  void ofEqualsTheLowerIndexComesFirst() {
    assertArrayEquals(new int[] {0, 1, 2}, TopK.topK(row(1, 1, 1, 1), 3));
    assertArrayEquals(new int[] {2, 0, 1}, TopK.topK(row(1, 1, 2, 1), 3));
    assertArrayEquals(new int[] {0, 1}, TopK.topK(row(0f, -0f), 2));
  }

  @Test
  void notANumberComesLast() {
    float nan = Float.NaN;
    assertArrayEquals(
        new int[] {3, 1, 0, 2}, TopK.topK(row(nan, Float.NEGATIVE_INFINITY, nan, 0), 4));
  }

  @Test
  void agreesWithAStableSort() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      float[] p = new float[1 + random.nextInt(30)];
      for (int i = 0; i < p.length; i++) {
        p[i] = random.nextInt(8); // many ties
      }
      int[] sorted =
          IntStream.range(0, p.length)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -p[i]))
              .mapToInt(i -> i)
              .toArray();
      int k = 1 + random.nextInt(p.length);
      assertArrayEquals(IntStream.of(sorted).limit(k).toArray(), TopK.topK(row(p), k));
      assertEquals(sorted[0], TopK.best(p, 0, p.length));
    }
  }

  @Test
  void oneRowOfABatchWillDo() {
    Tensor batch = Tensor.of(Shape.of(2, 3), 9, 8, 7, 1, 2, 3);
    assertArrayEquals(new int[] {2, 1}, TopK.topK(batch.slice(1, 2), 2));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TopK.topK(batch, 2));
    assertEquals("expected one row of probabilities, got shape [2, 3]", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> TopK.topK(Tensor.of(Shape.of(), 1), 1));
  }

  @Test
  void kOutsideTheClassesIsRefused() {
    for (int k : new int[] {-1, 0, 4}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> TopK.topK(row(1, 2, 3), k));
      assertEquals("expected k from 1 to 3, got " + k, e.getMessage());
    }
  }
}
