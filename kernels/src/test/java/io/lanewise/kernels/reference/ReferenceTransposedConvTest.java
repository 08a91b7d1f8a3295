package io.lanewise.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.TestData;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The transposed convolution that all others are held to: by hand, and gradients by differences.
 */
final class ReferenceTransposedConvTest {
  private static float[] forward(String shape, float[] x, float[] w, float... bias) {
    TransposedConvShape s = TransposedConvShape.parse(shape);
    Tensor y = Tensor.zeros(s.y()).fill(Float.NaN);
    Tensor b = bias.length == 0 ? null : Tensor.of(s.bias(), bias);
    ReferenceTransposedConv.forward(s, Tensor.of(s.x(), x), Tensor.of(s.w(), w), b, y);
    return y.array();
  }

  private static float[] values(float... v) {
    return v;
  }

  @Test
  void eachInputIsStampedWithTheKernel() {
    float[] y = forward("ic1 iw2 oc1 kw2 s2", values(3, 5), values(1, 10));
    assertArrayEquals(values(3, 30, 5, 50), y);
  }

  @Test
  void stampsThatOverlapAdd() {
    float[] y = forward("ic1 iw3 oc1 kw2", values(1, 2, 3), values(1, 10), 0.5f);
    assertArrayEquals(values(1.5f, 12.5f, 23.5f, 30.5f), y);
  }

  @Test
  void dilationSpreadsTheStamp() {
    float[] y = forward("ic1 iw2 oc1 kw2 d2", values(1, 2), values(1, 10));
    assertArrayEquals(values(1, 2, 10, 20), y);
  }

  @Test
  void paddingCutsAndOutputPaddingAppends() {
    // whole: 1 10 100+2 20 200
    float[] x = values(1, 2);
    float[] w = values(1, 10, 100);
    assertArrayEquals(values(10, 102, 20), forward("ic1 iw2 oc1 kw3 s2 p1", x, w));
    assertArrayEquals(values(10, 102, 20, 200), forward("ic1 iw2 oc1 kw3 s2 p1 op1", x, w));
    assertArrayEquals(values(1, 10, 102, 20, 200, 0), forward("ic1 iw2 oc1 kw3 s2 op1", x, w));
    assertArrayEquals(values(102, 20), forward("ic1 iw2 oc1 kw3 s2 pl2 pr1", x, w));
  }

  @Test
  void alongTwoAxes() {
    // stamps of 1 2 / 3 4 with stride 1 over 1 10 / 100 1000
    float[] y = forward("ic1 ih2 oc1 kh2", values(1, 2, 3, 4), values(1, 10, 100, 1000));
    assertArrayEquals(values(1, 12, 20, 103, 1234, 2040, 300, 3400, 4000), y);
  }

  @Test
  void alongThreeAxes() {
    // planes 1 2 and 3 4; a kernel of 1 and, a plane further on, 10; every second plane
    float[] y = forward("ic1 id2 ih1 iw2 oc1 kd2 kh1 sd2", values(1, 2, 3, 4), values(1, 10));
    assertArrayEquals(values(1, 2, 10, 20, 3, 4, 30, 40), y);
  }

  @Test
  void channelsFiltersAndGroups() {
    // w[c][o]: channel 0 gives 1 and 2 of its input, channel 1 3 and 4
    assertArrayEquals(
        values(5 + 21, 10 + 28), forward("ic2 iw1 oc2 kw1", values(5, 7), values(1, 2, 3, 4)));
    assertArrayEquals(
        values(5, 10, 21, 28), forward("ic2 iw1 oc4 kw1 g2", values(5, 7), values(1, 2, 3, 4)));
  }

  @Test
  void gradientsByHand() {
    TransposedConvShape s = TransposedConvShape.parse("ic1 iw2 oc1 kw3 s2 p1");
    Tensor dy = Tensor.of(s.y(), 1, 2, 3);
    Tensor dx = Tensor.zeros(s.x());
    ReferenceTransposedConv.backwardData(s, dy, Tensor.of(s.w(), 1, 10, 100), dx);
    assertArrayEquals(values(210, 32), dx.array()); // 10·1 + 100·2, 1·2 + 10·3
    Tensor dw = Tensor.zeros(s.w()).fill(1000);
    Tensor db = Tensor.zeros(s.bias()).fill(1);
    ReferenceTransposedConv.backwardWeights(s, Tensor.of(s.x(), 5, 7), dy, dw, db);
    // 7·2, 5·1 + 7·3, 5·2
    assertArrayEquals(values(1014, 1026, 1010), dw.array());
    assertArrayEquals(values(7), db.array());
  }

  @Test
  void eitherLayout() {
    TransposedConvShape s = TransposedConvShape.parse("n2 ic4 ih2 iw3 oc6 kh3 s2 p1 g2");
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Tensor y = Tensor.zeros(s.y());
    Tensor last = Tensor.zeros(s.y(), Layout.CHANNELS_LAST);
    ReferenceTransposedConv.forward(s, x, w, null, y);
    ReferenceTransposedConv.forward(s, x.copy(Layout.CHANNELS_LAST), w, null, last);
    assertArrayEquals(y.array(), last.copy(Layout.CHANNELS_FIRST).array());
  }

  /** As in {@link ReferenceConvTest}: the loss Σ r·y is linear in x, in w and in the bias. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic2 iw5 oc3 kw4 s3 p2 op1",
        "n1 ic2 ih3 iw4 oc3 kh3 kw2 s2 p1",
        "n2 ic4 ih2 oc6 kh3 s2 d2 p2 op1 g2",
        "n1 ic2 ih3 iw2 oc2 kh2 sh3 sw2 pt2 pb0 pl1 pr0",
        "n1 ic2 id2 ih3 iw2 oc2 kd3 kh2 kw2 sd2 p1 opd1"
      })
  void gradientsAreDifferences(String text) {
    TransposedConvShape s = TransposedConvShape.parse(text);
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Tensor b = TestData.integers(s.bias(), 3);
    Tensor r = TestData.integers(s.y(), 4);
    Tensor dx = Tensor.zeros(s.x());
    Tensor dw = Tensor.zeros(s.w());
    Tensor db = Tensor.zeros(s.bias());
    ReferenceTransposedConv.backwardData(s, r, w, dx);
    ReferenceTransposedConv.backwardWeights(s, x, r, dw, db);
    Tensor[] variables = {x, w, b};
    Tensor[] gradients = {dx, dw, db};
    double before = loss(s, x, w, b, r);
    for (int v = 0; v < variables.length; v++) {
      float[] values = variables[v].array();
      for (int i = 0; i < values.length; i++) {
        values[i] += 1;
        double difference = loss(s, x, w, b, r) - before;
        values[i] -= 1;
        assertEquals(difference, gradients[v].array()[i], "variable " + v + "[" + i + "], " + s);
      }
    }
  }

  private static double loss(TransposedConvShape s, Tensor x, Tensor w, Tensor b, Tensor r) {
    Tensor y = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, b, y);
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) r.array()[i] * y.array()[i];
    }
    return sum;
  }
}
