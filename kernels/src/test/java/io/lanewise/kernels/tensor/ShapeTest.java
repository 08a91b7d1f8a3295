package io.lanewise.kernels.tensor;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class ShapeTest {
  @Test
  void countsAndNamesItsDimensions() {
    Shape s = Shape.of(2, 3, 5);
    assertEquals(3, s.rank());
    assertEquals(30, s.size());
    assertEquals(2, s.dim(0));
    assertEquals(5, s.dim(-1));
    assertEquals(2, s.dim(-3));
    assertEquals("[2, 3, 5]", s.toString());
    assertArrayEquals(new int[] {2, 3, 5}, s.toArray());
    assertRefused(() -> s.dim(3), "axis 3 is outside shape [2, 3, 5]");
    assertRefused(() -> s.dim(-4), "axis -4");
  }

  @Test
  void isAValue() {
    int[] dims = {2, 3};
    Shape s = Shape.of(dims);
    dims[0] = 9;
    s.toArray()[1] = 9;
    assertEquals(Shape.of(2, 3), s);
    assertEquals(Shape.of(2, 3).hashCode(), s.hashCode());
    assertNotEquals(Shape.of(3, 2), s);
    assertNotEquals(Shape.of(2, 3, 1), s);
  }

  @Test
  void changesItsFirstDimension() {
    Shape s = Shape.of(2, 3);
    assertEquals(Shape.of(7, 3), s.withFirst(7));
    assertEquals(Shape.of(7, 2, 3), s.prepend(7));
    assertEquals(Shape.of(3), s.dropFirst());
    assertEquals(Shape.of(4), Shape.of().prepend(4));
    assertRefused(() -> Shape.of().withFirst(1), "no first dimension");
    assertRefused(() -> Shape.of().dropFirst(), "no first dimension");
  }

  @Test
  void scalarsAndEmptyBatchesHaveASize() {
    assertEquals(1, Shape.of().size());
    assertEquals(0, Shape.of(0, 1 << 30, 1 << 30).size());
    assertEquals(Integer.MAX_VALUE, Shape.of(1, Integer.MAX_VALUE).size());
  }

  @Test
  void refusesWhatNoArrayHolds() {
    assertRefused(() -> Shape.of(2, -1), "at least 0, got [2, -1]");
    assertRefused(() -> Shape.of(0, -1), "at least 0, got [0, -1]");
    assertRefused(() -> Shape.of(1 << 16, 1 << 15), "2^31 - 1 elements, got shape [65536, 32768]");
    int m = Integer.MAX_VALUE;
    assertRefused(() -> Shape.of(m, m, m, m), "2^31 - 1 elements");
  }
}
