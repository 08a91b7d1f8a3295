package io.lanewise.training.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  /** Rows actual, columns predicted: cat [3 1 0], dog [2 4 0], owl [0 0 0]. */
  private static ConfusionMatrix animals() {
    ConfusionMatrix m = new ConfusionMatrix(List.of("cat", "dog", "größte owl"));
    long[][] counts = {{3, 1, 0}, {2, 4, 0}, {0, 0, 0}};
    for (int actual = 0; actual < 3; actual++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        for (long i = 0; i < counts[actual][predicted]; i++) {
          m.add(actual, predicted);
        }
      }
    }
    return m;
  }

  @Test
  void countsByActualAndPredicted() {
    ConfusionMatrix m = animals();
    assertEquals(1, m.count(0, 1));
    assertEquals(2, m.count(1, 0));
    assertEquals(10, m.count());
    assertEquals(6, m.actualCount(1));
    assertEquals(5, m.predictedCount(1));
    assertEquals(0.7, m.accuracy());
  }

  @Test
  void precisionRecallAndF1() {
    ConfusionMatrix m = animals();
    assertEquals(3 / 5.0, m.precision(0));
    assertEquals(3 / 4.0, m.recall(0));
    assertEquals(2 / (1 / m.precision(0) + 1 / m.recall(0)), m.f1(0), 1e-15);
    assertEquals(4 / 5.0, m.precision(1));
    assertEquals(4 / 6.0, m.recall(1));
    assertEquals(8 / 11.0, m.f1(1));
  }

  @Test
  void whatNeverCameIsNotANumberAndWhatWasNeverRightIsZero() {
    ConfusionMatrix m = animals();
    assertEquals(Double.NaN, m.precision(2));
    assertEquals(Double.NaN, m.recall(2));
    assertEquals(Double.NaN, m.f1(2));
    m.add(2, 0);
    assertEquals(Double.NaN, m.precision(2));
    assertEquals(0, m.recall(2));
    assertEquals(0, m.f1(2));
    assertEquals(Double.NaN, new ConfusionMatrix(2).accuracy());
  }

  @Test
  void tableIsAligned() {
    assertEquals(
        """
        actual \\ predicted  0  1  2  prec  recall    F1
        0 cat               3  1  0  60.0    75.0  66.7
        1 dog               2  4  0  80.0    66.7  72.7
        2 größte owl        0  0  0     -       -     -
        accuracy 70.0% of 10
        """,
        animals().toString());
  }

  @Test
  void tableGrowsWithItsCounts() {
    ConfusionMatrix m = new ConfusionMatrix(2);
    for (int i = 0; i < 1234; i++) {
      m.add(0, 1);
    }
    assertEquals(
        """
        actual \\ predicted  0     1  prec  recall   F1
        0                   0  1234     -     0.0  0.0
        1                   0     0   0.0       -  0.0
        accuracy 0.0% of 1234
        """,
        m.toString());
  }

  @Test
  void unknownClassesAreRefused() {
    ConfusionMatrix m = new ConfusionMatrix(2);
    assertThrows(IndexOutOfBoundsException.class, () -> m.add(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> m.add(-1, 0));
    assertEquals(0, m.count());
    assertEquals(
        "expected at least one class, got 0",
        assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(0)).getMessage());
  }
}
