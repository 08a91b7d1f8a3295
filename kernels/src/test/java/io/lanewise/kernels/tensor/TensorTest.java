package io.lanewise.kernels.tensor;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TensorTest {
  private final float[] array = {0, 1, 2, 3, 4, 5, 6, 7};
  private final Tensor t = Tensor.wrap(Shape.of(2, 3), array, 1);

  @Test
  void isAWindowInRowMajorOrder() {
    assertEquals(1f, t.get(0, 0));
    assertEquals(3f, t.get(0, 2));
    assertEquals(4f, t.get(1, 0));
    assertEquals(6f, t.get(1, 2));
    t.set(-1f, 1, 1);
    assertEquals(-1f, array[5]);
    assertSame(array, t.array());
    assertEquals(1, t.offset());
    assertEquals(6, t.size());
  }

  @Test
  void refusesIndicesOutside() {
    assertRefused(() -> t.get(1), "index [1] does not fit shape [2, 3]");
    assertThrows(IndexOutOfBoundsException.class, () -> t.get(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> t.get(-1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> t.set(0f, 2, 0));
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    Shape shape = Shape.of(2, 3);
    assertRefused(() -> Tensor.wrap(shape, array, 3), "6 elements at offset 3", "array of 8");
    assertRefused(() -> Tensor.wrap(shape, array, -1), "offset -1");
    assertRefused(() -> Tensor.wrap(shape, array, Integer.MAX_VALUE), "offset 2147483647");
    assertRefused(() -> Tensor.of(shape, 1f, 2f), "[2, 3] needs 6 values, got 2");
    assertEquals(0, Tensor.wrap(Shape.of(0, 3), array, 8).size());
  }

  @Test
  void viewsShareElements() {
    assertEquals(3f, t.reshape(3, 2).get(1, 0));
    Tensor row = t.slice(1, 2);
    assertEquals(Shape.of(1, 3), row.shape());
    row.fill(9f);
    assertArrayEquals(new float[] {0, 1, 2, 3, 9, 9, 9, 7}, array);
    assertEquals(0, t.slice(2, 2).size());
    assertEquals(0, Tensor.zeros(0, 3).slice(0, 0).size());
    assertRefused(() -> t.reshape(4), "cannot reshape [2, 3] to [4]");
    assertRefused(() -> t.slice(0, 3), "slice [0, 3) is outside the first dimension of [2, 3]");
    assertRefused(() -> t.slice(2, 1), "slice [2, 1)");
    assertRefused(() -> t.slice(-1, 1), "slice [-1, 1)");
  }

  @Test
  void copiesShareNothing() {
    Tensor copy = t.copy();
    assertNotSame(array, copy.array());
    assertTrue(copy.sameBits(t));
    copy.fill(0f);
    assertEquals(1f, t.get(0, 0));
    assertSame(copy, copy.copyFrom(t));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, copy.toArray());
    assertRefused(() -> copy.copyFrom(Tensor.zeros(3, 2)), "src must have shape [2, 3]");
  }

  @Test
  void overlapMeansASharedElement() {
    assertTrue(t.overlaps(Tensor.wrap(Shape.of(1), array, 6)));
    assertFalse(t.overlaps(Tensor.wrap(Shape.of(1), array, 7)));
    assertFalse(t.overlaps(Tensor.wrap(Shape.of(1), array, 0)));
    assertFalse(t.overlaps(t.copy()));
    assertRefused(
        () -> Tensor.requireDisjoint(t, "y", t.slice(0, 1), "x"),
        "y must not share elements with x");
  }

  @Test
  void anEmptyWindowSharesNothing() {
    Tensor empty = Tensor.wrap(Shape.of(0), array, 3);
    assertFalse(t.overlaps(empty), "an empty window inside another");
    assertFalse(empty.overlaps(t), "an empty window inside another");
  }

  @Test
  void sameBitsTellsZerosApartButNotNans() {
    Tensor zero = Tensor.of(Shape.of(2), 0f, Float.NaN);
    assertTrue(zero.sameBits(Tensor.of(Shape.of(2), 0f, Float.NaN)));
    assertFalse(zero.sameBits(Tensor.of(Shape.of(2), -0f, Float.NaN)));
    assertFalse(zero.sameBits(Tensor.of(Shape.of(1, 2), 0f, Float.NaN)));
  }

  @Test
  void printsItsShapeAndAFewElements() {
    assertEquals("Tensor[2, 3] {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}", t.toString());
    assertTrue(Tensor.zeros(9).toString().endsWith("0.0, ...}"));
    assertEquals("Tensor[0] {}", Tensor.zeros(0).toString());
  }

  @Test
  void namesTheArgumentOfTheWrongShape() {
    assertRefused(
        () -> Tensor.requireShape(t, Shape.of(6), "dy"), "dy must have shape [6], got [2, 3]");
    assertThrows(NullPointerException.class, () -> Tensor.requireShape(null, Shape.of(6), "dy"));
  }
}
