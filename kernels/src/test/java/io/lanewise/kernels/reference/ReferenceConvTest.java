package io.lanewise.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.TestData;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The convolution that all others are held to: by hand, and its gradients by differences. */
final class ReferenceConvTest {
  private static float[] forward(String shape, float[] x, float[] w, float... bias) {
    ConvShape s = ConvShape.parse(shape);
    Tensor y = Tensor.zeros(s.y()).fill(Float.NaN);
    Tensor b = bias.length == 0 ? null : Tensor.of(s.bias(), bias);
    ReferenceConv.forward(s, Tensor.of(s.x(), x), Tensor.of(s.w(), w), b, y);
    return y.array();
  }

  /** 1, 2, 3, ... */
  private static float[] count(int n) {
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = i + 1;
    }
    return v;
  }

  private static float[] ones(int n) {
    return Tensor.zeros(n).fill(1f).array();
  }

  @Test
  void plain() {
    float[] y = forward("ic1 ih3 oc1 kh2", count(9), count(4));
    assertArrayEquals(new float[] {37, 47, 67, 77}, y);
  }

  @Test
  void bias() {
    float[] y = forward("ic1 ih3 oc1 kh2", count(9), count(4), 0.5f);
    assertArrayEquals(new float[] {37.5f, 47.5f, 67.5f, 77.5f}, y);
  }

  @Test
  void strideAndPadding() {
    float[] y = forward("ic1 ih4 oc1 kh3 s2 p1", count(16), ones(9));
    assertArrayEquals(new float[] {14, 30, 57, 99}, y);
  }

  @Test
  void stridesThatDiffer() {
    // 1 2 3 4 / 5 6 7 8 / 9 10 11 12: every row, every third column
    float[] y = forward("ic1 ih3 iw4 oc1 kh1 sw3", count(12), new float[] {2});
    assertArrayEquals(new float[] {2, 8, 10, 16, 18, 24}, y);
  }

  @Test
  void dilation() {
    float[] y = forward("ic1 ih4 oc1 kh2 d2", count(16), count(4));
    assertArrayEquals(new float[] {78, 88, 118, 128}, y);
  }

  @Test
  void paddingThatDiffersFromSideToSide() {
    float[] y = forward("ic1 ih3 oc1 kh2 pt1 pb0 pl0 pr1", count(9), ones(4));
    assertArrayEquals(new float[] {3, 5, 3, 12, 16, 9, 24, 28, 15}, y);
  }

  @Test
  void groups() {
    float[] y = forward("ic4 ih1 oc2 kh1 g2", count(4), new float[] {5, 6, 7, 8}, 1, -1);
    assertArrayEquals(new float[] {18, 52}, y);
  }

  @Test
  void channelsFiltersAndImages() {
    // two images of two channels of one pixel; filters (1 2) and (3 4)
    float[] y = forward("n2 ic2 ih1 oc2 kh1", count(4), count(4));
    assertArrayEquals(new float[] {5, 11, 11, 25}, y);
  }

  @Test
  void alongOneAxis() {
    // 1*0 + 2*1 + 3*2, 1*2 + 2*3 + 3*4, 1*4 + 2*5 + 3*0
    float[] y = forward("ic1 iw5 oc1 kw3 s2 p1", count(5), count(3));
    assertArrayEquals(new float[] {8, 20, 14}, y);
  }

  @Test
  void alongThreeAxes() {
    // planes 1 2 3 / 4 5 6 and 7 8 9 / 10 11 12; the window has two planes of 2x2
    float[] y = forward("ic1 id2 ih2 iw3 oc1 kd2 kh2", count(12), count(8), 0.5f);
    assertArrayEquals(new float[] {278.5f, 314.5f}, y);
  }

  /** Planes 1 2 / 3 4, 5 6 / 7 8 and 9 10 / 11 12; a window of one pixel and the one behind it. */
  @ParameterizedTest
  @CsvSource({
    "ic1 id3 ih2 oc1 kd2 kh1, 51 62 73 84 95 106 117 128",
    "ic1 id3 ih2 oc1 kd2 kh1 sd2, 51 62 73 84",
    "ic1 id3 ih2 oc1 kd2 kh1 sd2 pf1, 10 20 30 40 95 106 117 128",
    "ic1 id3 ih2 oc1 kd2 kh1 sd3 pk3, 51 62 73 84 0 0 0 0",
    "ic1 id3 ih2 oc1 kd2 kh1 dd2, 91 102 113 124"
  })
  void depth(String shape, String expected) {
    float[] y = forward(shape, count(12), new float[] {1, 10});
    assertEquals(expected, String.join(" ", values(y)));
  }

  private static List<String> values(float[] y) {
    List<String> all = new ArrayList<>();
    for (float v : y) {
      all.add(Integer.toString((int) v));
    }
    return all;
  }

  @Test
  void gradientsAlongThreeAxes() {
    // windows of a pixel and the one behind it, weights 1 and 10; dy 1 2 / 3 4 / 5 6
    ConvShape s = ConvShape.parse("ic1 id4 ih1 iw2 oc1 kd2 kh1");
    Tensor dy = Tensor.of(s.y(), count(6));
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    ReferenceConv.backwardData(s, dy, Tensor.of(s.w(), 1, 10), dx);
    assertArrayEquals(new float[] {1, 2, 13, 24, 35, 46, 50, 60}, dx.array());
    Tensor dw = Tensor.zeros(s.w());
    ReferenceConv.backwardWeights(s, Tensor.of(s.x(), count(8)), dy, dw, null);
    // 1+4+9+16+25+36, and x two further on: 3+8+15+24+35+48
    assertArrayEquals(new float[] {91, 133}, dw.array());
  }

  @Test
  void inputGradient() {
    ConvShape s = ConvShape.parse("ic1 ih3 oc1 kh2");
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    ReferenceConv.backwardData(s, Tensor.of(s.y(), count(4)), Tensor.of(s.w(), count(4)), dx);
    assertArrayEquals(new float[] {1, 4, 4, 6, 20, 16, 9, 24, 16}, dx.array());
  }

  @Test
  void weightAndBiasGradientAreAdded() {
    ConvShape s = ConvShape.parse("ic1 ih3 oc1 kh2");
    Tensor dw = Tensor.zeros(s.w()).fill(100f);
    Tensor db = Tensor.zeros(s.bias()).fill(1f);
    ReferenceConv.backwardWeights(
        s, Tensor.of(s.x(), count(9)), Tensor.of(s.y(), count(4)), dw, db);
    assertArrayEquals(new float[] {137, 147, 167, 177}, dw.array());
    assertArrayEquals(new float[] {11}, db.array());
  }

  /**
   * The loss Σ r·y is linear in x, in w and in the bias: on integers its difference quotient with
   * step 1 is its gradient, exactly.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic2 ih4 iw5 oc3 kh3 kw2",
        "n1 ic2 ih5 oc2 kh3 s2 p1",
        "n1 ic2 ih6 oc2 kh2 kw3 d2 p2",
        "n2 ic4 ih3 oc6 kh2 g2 p1",
        "n1 ic3 ih4 iw7 oc3 kh2 sh3 sw2 pt2 pb0 pl1 pr3 g3",
        "n2 ic1 ih1 iw9 oc2 kh1 kw3 dw2",
        "n2 ic4 iw11 oc6 kw3 s2 d2 p3 g2",
        "n2 ic2 id3 ih4 iw3 oc3 kd2 kh3 kw2",
        "n1 ic2 id5 ih3 iw4 oc2 kd3 kh2 s2 d2 p2",
        "n1 ic4 id4 ih3 iw3 oc6 kd2 kh1 kw2 sd3 sh1 sw2 pf2 pk0 pt1 pb0 pl0 pr1 g2"
      })
  void gradientsAreDifferences(String text) {
    ConvShape s = ConvShape.parse(text);
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Tensor b = TestData.integers(s.bias(), 3);
    Tensor r = TestData.integers(s.y(), 4);
    Tensor dx = Tensor.zeros(s.x());
    Tensor dw = Tensor.zeros(s.w());
    Tensor db = Tensor.zeros(s.bias());
    ReferenceConv.backwardData(s, r, w, dx);
    ReferenceConv.backwardWeights(s, x, r, dw, db);
    assertGradient(s, x, w, b, r, x, dx, "x");
    assertGradient(s, x, w, b, r, w, dw, "w");
    assertGradient(s, x, w, b, r, b, db, "bias");
  }

  private static void assertGradient(
      ConvShape s,
      Tensor x,
      Tensor w,
      Tensor b,
      Tensor r,
      Tensor variable,
      Tensor gradient,
      String name) {
    double before = loss(s, x, w, b, r);
    for (int i = 0; i < variable.size(); i++) {
      variable.array()[i] += 1;
      double difference = loss(s, x, w, b, r) - before;
      variable.array()[i] -= 1;
      assertEquals(difference, gradient.array()[i], "d" + name + "[" + i + "], shape " + s);
    }
  }

  private static double loss(ConvShape s, Tensor x, Tensor w, Tensor b, Tensor r) {
    Tensor y = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, b, y);
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) r.array()[i] * y.array()[i];
    }
    return sum;
  }
}
