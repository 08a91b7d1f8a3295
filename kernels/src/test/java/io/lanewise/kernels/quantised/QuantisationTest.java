package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The values that codes stand for, and what is refused. */
final class QuantisationTest {
  private static final Quantisation U = Quantisation.perTensor(QuantisedType.UINT8, 0.5f, 10);
  private static final Quantisation S = Quantisation.perTensor(QuantisedType.INT8, 2f, -3);

  @Test
  void codesWorkedByHand() {
    assertEquals(10, U.code(0f, 0));
    assertEquals(12, U.code(0.75f, 0)); // 1.5 is as near to 1 as to 2
    assertEquals(10, U.code(0.25f, 0));
    assertEquals((byte) 255, U.code(1e30f, 0));
    assertEquals(0, U.code(Float.NEGATIVE_INFINITY, 0));
    assertEquals(10, U.code(Float.NaN, 0));
    assertEquals(-128, S.code(-1e9f, 0));
    assertEquals(1, S.code(7f, 0)); // 3.5 is as near to 3 as to 4
    assertEquals(122.5f, U.value((byte) 255, 0));
    assertEquals(-250f, S.value((byte) -128, 0));
  }

  @Test
  void whatItTells() {
    Quantisation c = Quantisation.perChannel(QuantisedType.INT8, 1, new float[] {1, 2});
    assertTrue(c.isPerChannel() && c.isSymmetric() && c.channels() == 2 && c.scale(1) == 2);
    assertFalse(U.isPerChannel() || U.isSymmetric());
    assertEquals(245, U.reach());
    assertEquals(130, S.reach());
    assertEquals(U, Quantisation.perTensor(QuantisedType.UINT8, 0.5f, 10));
    assertEquals(U.hashCode(), Quantisation.perTensor(QuantisedType.UINT8, 0.5f, 10).hashCode());
    assertNotEquals(U, S);
    assertEquals("INT8, 2 scales along axis 1", c.toString());
    assertEquals("UINT8 scale 0.5 zero 10", U.toString());
    c.requireFits(Shape.of(5, 2, 3));
    assertRefused(() -> c.requireFits(Shape.of(5, 3)), "2 scales along axis 1", "[5, 3]");
    assertRefused(() -> c.requireFits(Shape.of(2)), "do not fit shape [2]");
    assertRefused(() -> c.requirePerTensor("x"), "x must be quantised per tensor", "2 scales");
  }

  @Test
  void nonsenseIsRefused() {
    for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e-39f}) {
      assertRefused(() -> Quantisation.perTensor(QuantisedType.INT8, scale, 0), "" + scale);
    }
    assertRefused(
        () -> Quantisation.perTensor(QuantisedType.INT8, 1, 128), "[-128, 127]", "got 128");
    assertRefused(() -> Quantisation.perTensor(QuantisedType.UINT8, 1, -1), "[0, 255], got -1");
    assertRefused(
        () -> Quantisation.perChannel(QuantisedType.INT8, 0, new float[2], new int[1]),
        "2 scales and 1 zero points");
    assertRefused(
        () -> Quantisation.perChannel(QuantisedType.INT8, 0, new float[0]), "one at least");
    assertRefused(() -> Quantisation.perChannel(QuantisedType.INT8, -1, new float[] {1}), "got -1");
  }

  @Test
  void tensorsOfCodes() {
    ByteTensor t = ByteTensor.of(Shape.of(2, 2), (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    assertEquals("ByteTensor[2, 2]", t.toString());
    assertEquals(
        "IntTensor[1, 2] channels last",
        IntTensor.zeros(Shape.of(1, 2), Layout.CHANNELS_LAST).toString());
    assertRefused(() -> ByteTensor.of(Shape.of(3), (byte) 1), "needs 3 values, got 1");
    assertRefused(() -> IntTensor.of(Shape.of(3), 1), "needs 3 values, got 1");
    Layout last = Layout.CHANNELS_LAST;
    assertRefused(() -> ByteTensor.zeros(Shape.of(3), last), "no channels");
    assertRefused(() -> IntTensor.zeros(Shape.of(3), last), "no channels");
    Layout first = Layout.CHANNELS_FIRST;
    assertRefused(
        () -> ByteTensor.wrap(Shape.of(3), first, new byte[4], 2), "window of 3", "offset 2");
    assertRefused(
        () -> IntTensor.wrap(Shape.of(3), first, new int[4], -1), "window of 3", "offset -1");
    ByteTensor x = ByteTensor.wrap(Shape.of(3), first, t.array(), 0);
    ByteTensor y = ByteTensor.wrap(Shape.of(2), first, t.array(), 2);
    assertTrue(x.overlaps(y) && y.overlaps(x));
    assertFalse(ByteTensor.wrap(Shape.of(2), first, t.array(), 0).overlaps(y));
    assertFalse(ByteTensor.wrap(Shape.of(0), first, t.array(), 2).overlaps(y));
    assertRefused(() -> ByteTensor.requireDisjoint(y, "y", x, "x"), "y must not share", "x");
  }

  @Test
  void factorsOfARequantisation() {
    Quantisation y = Quantisation.perTensor(QuantisedType.UINT8, 4f, 7);
    Quantisation w = Quantisation.perChannel(QuantisedType.INT8, 0, new float[] {0.25f, 3f});
    Requantisation byScale = Requantisation.byScale(U, w, y, 2);
    assertEquals(0.375f, byScale.scale(1));
    Requantisation fixed = Requantisation.fixedPoint(U, w, y, 2);
    assertEquals(0x60000000, fixed.multiplier(1));
    assertEquals(0.375, Math.scalb((double) fixed.multiplier(1), -fixed.shift(1)));
    assertEquals(7, byScale.relu().lo());
    assertEquals(255, byScale.relu().hi());
    assertEquals("2 multipliers to UINT8 [0, 255], zero 7", fixed.toString());
    assertNotEquals(byScale, fixed);
    assertEquals(byScale, Requantisation.byScale(U, w, y, 2));
    assertEquals(byScale.hashCode(), Requantisation.byScale(U, w, y, 2).hashCode());
    assertRefused(() -> byScale.clamp(8, 255), "around the zero point 7", "[8, 255]");
    assertRefused(() -> byScale.clamp(-1, 255), "[-1, 255]");
    assertRefused(() -> byScale.clamp(0, 256), "[0, 256]");
    assertRefused(() -> byScale.requireFits(3), "3 outputs", "got 2");
    assertRefused(() -> Requantisation.byScale(U, w, y, 3), "3 outputs need 1 or 3", "got 2");
    assertRefused(() -> Requantisation.byScale(w, U, y, 1), "x must be quantised per tensor");
    assertRefused(() -> Requantisation.byScale(U, U, w, 1), "y must be quantised per tensor");
    Quantisation tiny = Quantisation.perTensor(QuantisedType.INT8, 2e-38f, 0);
    assertRefused(() -> Requantisation.byScale(U, tiny, y, 1), "positive normal float");
    assertRefused(() -> Requantisation.fixedPoint(U, tiny, y, 1), "[2^-32, 2^30)");
    Quantisation huge = Quantisation.perTensor(QuantisedType.INT8, 1e38f, 0);
    assertRefused(() -> Requantisation.fixedPoint(U, huge, y, 1), "[2^-32, 2^30)");
    // (1 - 2^-16) · (1 + 2^-16) is 1 - 2^-32, whose multiplier rounds up to the next power of two.
    Quantisation less = Quantisation.perTensor(QuantisedType.INT8, 1 - 0x1p-16f, 0);
    Quantisation more = Quantisation.perTensor(QuantisedType.INT8, 1 + 0x1p-16f, 0);
    Quantisation unit = Quantisation.perTensor(QuantisedType.INT8, 1, 0);
    Requantisation rounded = Requantisation.fixedPoint(less, more, unit, 1);
    assertEquals(1 << 30, rounded.multiplier(0));
    assertEquals(30, rounded.shift(0));
  }
}
