package io.lanewise.kernels.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lanewise.kernels.TestData;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Panels of the unrolled input, element by element, lanes past the end included. */
final class Im2colPackingTest {
  private static final int NR = 4;
  private static final int OFFSET = 3;

  /** All taps and pixels at once, then a part that begins and ends within a row and a channel. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic1 ih1 oc1 kh1",
        "n1 ic2 ih3 iw5 oc1 kh2 kw3",
        "n1 ic2 ih5 iw4 oc1 kh3 p1",
        "n1 ic1 ih7 iw9 oc1 kh2 kw3 sh3 sw2 pt1 pb0 pl2 pr1",
        "n1 ic3 ih5 iw6 oc1 kh2 dh2 dw3 p3",
        "n1 ic1 ih2 iw2 oc1 kh2 p4",
        "n1 ic2 iw9 oc1 kw3 s2 p1",
        "n1 ic2 id4 ih3 iw5 oc1 kd2 kh3 kw2 p1",
        "n1 ic1 id7 ih3 iw4 oc1 kd2 kh2 s2 d2 pf3 pk0 pt0 pb1 pl2 pr0"
      })
  void panelsHoldWhatTheWindowsRead(String text) {
    ConvShape s = ConvShape.parse(text);
    int taps = s.reduction();
    int pixels = s.yPixels();
    check(s, 0, taps, 0, pixels);
    check(s, taps / 3, taps - taps / 3, pixels / 4, pixels - pixels / 4);
  }

  private static void check(ConvShape s, int tap0, int taps, int pixel0, int pixels) {
    Im2colPacking packing = new Im2colPacking(s, NR);
    Tensor x = TestData.uniform(Shape.of(OFFSET + s.x().size()), 1);
    float[] byPixels = new float[OFFSET + taps * roundUp(pixels) + 1];
    float[] byTaps = new float[OFFSET + pixels * roundUp(taps) + 1];
    Arrays.fill(byPixels, Float.NaN);
    Arrays.fill(byTaps, Float.NaN);
    float[] wantByPixels = byPixels.clone();
    float[] wantByTaps = byTaps.clone();
    Arrays.fill(wantByPixels, OFFSET, wantByPixels.length - 1, 0f);
    Arrays.fill(wantByTaps, OFFSET, wantByTaps.length - 1, 0f);
    for (int t = 0; t < taps; t++) {
      for (int p = 0; p < pixels; p++) {
        float v = read(s, x.array(), tap0 + t, pixel0 + p);
        wantByPixels[OFFSET + (p / NR * taps + t) * NR + p % NR] = v;
        wantByTaps[OFFSET + (t / NR * pixels + p) * NR + t % NR] = v;
      }
    }
    packing.packPixels(x.array(), OFFSET, tap0, taps, pixel0, pixels, byPixels, OFFSET);
    assertArrayEquals(wantByPixels, byPixels, "lanes on pixels");
    packing.packTaps(x.array(), OFFSET, tap0, taps, pixel0, pixels, byTaps, OFFSET);
    assertArrayEquals(wantByTaps, byTaps, "lanes on taps");
  }

  private static int roundUp(int lanes) {
    return Math.ceilDiv(lanes, NR) * NR;
  }

  /** The input that a tap reads at an output pixel. */
  private static float read(ConvShape s, float[] x, int tap, int pixel) {
    int c = tap / (s.kd() * s.kh() * s.kw());
    int kz = tap / s.kw() / s.kh() % s.kd();
    int ky = tap / s.kw() % s.kh();
    int kx = tap % s.kw();
    int oy = pixel / s.ow() % s.oh();
    int oz = pixel / s.ow() / s.oh();
    int iz = oz * s.strideD() + kz * s.dilationD() - s.padding().front();
    int iy = oy * s.strideH() + ky * s.dilationH() - s.padding().top();
    int ix = pixel % s.ow() * s.strideW() + kx * s.dilationW() - s.padding().left();
    boolean inside = iz >= 0 && iz < s.id() && iy >= 0 && iy < s.ih() && ix >= 0 && ix < s.iw();
    return inside ? x[OFFSET + ((c * s.id() + iz) * s.ih() + iy) * s.iw() + ix] : 0f;
  }
}
