package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Scales and zero points worked by hand, and what they are chosen for. */
final class CalibrationTest {
  private static final QuantisedType I = QuantisedType.INT8;
  private static final QuantisedType U = QuantisedType.UINT8;

  @Test
  void affineReachesBothEndsAndZero() {
    Quantisation q = Calibration.affine(U, new Range(-1, 4.1f));
    assertEquals(5.1f / 255, q.scale(0), 1e-9);
    assertEquals(50, q.zeroPoint(0));
    assertEquals(-128, Calibration.affine(I, new Range(2, 4)).zeroPoint(0)); // from 0
    assertEquals(127, Calibration.affine(I, new Range(-4, -2)).zeroPoint(0));
    assertEquals(4f / 255, Calibration.affine(I, new Range(2, 4)).scale(0));
    assertEquals(1f, Calibration.affine(I, new Range(0, 0)).scale(0));
    assertEquals(0f, q.value(q.code(0f, 0), 0));
  }

  @Test
  void symmetricHasItsZeroInTheMiddle() {
    Quantisation q = Calibration.symmetric(I, new Range(-12.7f, 3));
    assertEquals(0.1f, q.scale(0), 1e-8);
    assertEquals(0, q.zeroPoint(0));
    assertEquals(-127, q.code(-12.7f, 0));
    assertEquals(128, Calibration.symmetric(U, new Range(-1, 1)).zeroPoint(0));
    assertEquals(1f, Calibration.symmetric(U, new Range(0, 0)).scale(0));
    float least = Float.MIN_VALUE;
    assertEquals(Float.MIN_NORMAL, Calibration.symmetric(I, new Range(0, least)).scale(0));
  }

  @Test
  void rangesOfValues() {
    assertEquals(new Range(-3, 5), Calibration.minMax(1, -3, 5));
    assertEquals(new Range(2, 2), Calibration.minMax(2));
    assertEquals(new Range(0, 0), Calibration.minMax());
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[(i * 619) % values.length] = i;
    }
    assertEquals(new Range(250, 749), Calibration.percentile(0.5, values));
    assertEquals(new Range(0, 999), Calibration.percentile(1, values));
    assertEquals(new Range(499, 500), Calibration.percentile(1e-9, values));
    assertEquals(new Range(7, 7), Calibration.percentile(0.5, 7));
    assertEquals(new Range(0, 0), Calibration.percentile(0.5));
  }

  @Test
  void leastSquaresCutsOutliersOff() {
    float[] values = new float[2001];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    values[0] = 8;
    Function<Range, Quantisation> symmetric = r -> Calibration.symmetric(I, r);
    Range range = Calibration.leastSquares(symmetric, values);
    double chosen = Calibration.squaredError(symmetric.apply(range), values);
    assertTrue(range.max() < 8);
    for (float share = 0.01f; share <= 1; share += 0.01f) {
      Range whole = Calibration.minMax(values);
      Range other = new Range(whole.min() * share, whole.max() * share);
      assertTrue(chosen <= Calibration.squaredError(symmetric.apply(other), values) * 1.0001);
    }
    assertEquals(new Range(0, 0), Calibration.leastSquares(symmetric));
    assertEquals(0.0, Calibration.squaredError(symmetric.apply(new Range(0, 127)), 3, -5));
  }

  @Test
  void eachChannelByItself() {
    Tensor x = Tensor.of(Shape.of(2, 2, 2), 1, 2, 10, 20, -3, 1, -30, 40);
    Quantisation q = Calibration.symmetricPerChannel(x, 1, I);
    assertEquals(3f / 127, q.scale(0));
    assertEquals(40f / 127, q.scale(1));
    assertEquals(1, q.axis());
    Quantisation a =
        Calibration.perChannel(x, 0, v -> Calibration.affine(U, Calibration.minMax(v)));
    assertEquals(70f / 255, a.scale(1));
    assertEquals(109, a.zeroPoint(1));
  }

  @Test
  void nonsenseIsRefused() {
    assertRefused(() -> Calibration.minMax(1, Float.NaN), "finite", "NaN at 1");
    assertRefused(() -> Calibration.percentile(0.5, Float.POSITIVE_INFINITY), "Infinity at 0");
    assertRefused(() -> Calibration.percentile(0, 1), "(0, 1], got 0.0");
    assertRefused(() -> Calibration.percentile(1.1, 1), "got 1.1");
    assertRefused(() -> new Range(2, 1), "[2.0, 1.0]");
    assertRefused(() -> new Range(0, Float.POSITIVE_INFINITY), "finite");
    Tensor x = Tensor.zeros(2, 3);
    assertRefused(() -> Calibration.symmetricPerChannel(x, 2, I), "axis 2", "[2, 3]");
    Tensor last = x.copy(Layout.CHANNELS_LAST);
    assertRefused(() -> Calibration.symmetricPerChannel(last, 0, I), "channels first");
    assertRefused(
        () -> Calibration.symmetricPerChannel(Tensor.zeros(0, 3), 0, I), "has no entries");
  }
}
