package io.lanewise.training.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  @Test
  void countsRightAndWrong() {
    Accuracy accuracy = new Accuracy();
    accuracy.add(1, 1);
    accuracy.add(2, 1);
    accuracy.add(0, 0);
    assertEquals(3, accuracy.count());
    assertEquals(2, accuracy.correct());
    assertEquals(2 / 3.0, accuracy.value());
    assertEquals("66.67% (2 of 3)", accuracy.toString());
  }

  @Test
  void nothingIsNotANumber() {
    Accuracy accuracy = new Accuracy();
    assertEquals(Double.NaN, accuracy.value());
    assertEquals("no predictions", accuracy.toString());
    accuracy.add(1, 1);
    accuracy.reset();
    assertEquals(0, accuracy.count());
    assertEquals(Double.NaN, accuracy.value());
  }

  @Test
  void batchTakesTheFirstHighestOfEachRow() {
    float[] scores = {9, 9, 9, 1, 3, 2, 5, 5, 0, Float.NaN, -1, -2};
    Accuracy accuracy = new Accuracy();
    accuracy.add(Tensor.wrap(Shape.of(3, 3), scores, 3), new int[] {7, 1, 0, 1}, 1);
    assertEquals("100.00% (3 of 3)", accuracy.toString());
    accuracy.add(Tensor.wrap(Shape.of(1, 3), scores, 6), new int[] {1}, 0);
    assertEquals("75.00% (3 of 4)", accuracy.toString());
  }

  @Test
  void batchOfAnotherShapeIsRefused() {
    Accuracy accuracy = new Accuracy();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> accuracy.add(Tensor.zeros(2, 3, 4), new int[2], 0));
    assertEquals("expected scores of shape [n][classes], got [2, 3, 4]", e.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class, () -> accuracy.add(Tensor.zeros(2, 3), new int[2], 1));
    assertEquals(0, accuracy.count());
  }
}
