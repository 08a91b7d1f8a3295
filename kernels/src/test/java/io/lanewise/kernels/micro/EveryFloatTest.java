package io.lanewise.kernels.micro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.reference.ReferenceNormal;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Curves against float64, at every float (behind the tag "long") or at one of a few thousand
 * neighbours. exp was found to be off by 1.1 ulp at most, expm1 by 1.7, log by 1, log1p by 1.5, erf
 * by 1.3, tanh by 1.4; the activations' bounds are not much above what was found.
 */
final class EveryFloatTest {
  private static final int BLOCKS = 1 << 12;
  private static final int BLOCK = 1 << 20; // floats whose bits begin alike
  private static final int STRIDE = 4099; // a prime: all patterns of low bits come
  private static final int MANY = 31;
  private static final int AROUND = 100;
  private static final float INF = Float.POSITIVE_INFINITY;

  /** A curve, what it should give, and the greatest error in units in the last place. */
  record Accuracy(Curve curve, float p, float q, float r, double ulps, DoubleUnaryOperator truth) {
    @Override
    public String toString() {
      return "%s(%s, %s, %s) within %s ulp".formatted(curve, p, q, r, ulps);
    }
  }

  private static Accuracy plain(Curve curve, double ulps, DoubleUnaryOperator truth) {
    return new Accuracy(curve, 0, 0, 0, ulps, truth);
  }

  /** What the others are made of. */
  static List<Accuracy> functions() {
    return List.of(
        plain(Curve.EXP, 2, Math::exp),
        plain(Curve.EXPM1, 2, Math::expm1),
        plain(Curve.LOG, 2, Math::log),
        plain(Curve.LOG1P, 2, Math::log1p),
        plain(Curve.ERF, 2, NormalTable::erf),
        plain(Curve.TANH, 2, Math::tanh));
  }

  static List<Accuracy> activations() {
    return List.of(
        plain(Curve.SIGMOID, 2.5, EveryFloatTest::sigmoid),
        plain(Curve.SILU, 3, x -> x == -INF ? -0. : x * sigmoid(x)),
        new Accuracy(Curve.ELU, 1, 1, 1, 2, x -> x > 0 ? x : Math.expm1(x)),
        new Accuracy(Curve.SOFTPLUS, 1, INF, 1, 2, EveryFloatTest::softplus),
        plain(Curve.MISH, 4, x -> x == -INF ? -0. : x * Math.tanh(softplus(x))),
        plain(Curve.GELU, 8, EveryFloatTest::gelu));
  }

  private static double sigmoid(double x) {
    return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double gelu(double x) {
    if (x <= 0) {
      return x == -INF ? -0. : x * NormalTable.tail(-x);
    }
    return x - (x == INF ? 0 : x * NormalTable.tail(x));
  }

  @ParameterizedTest
  @MethodSource({"functions", "activations"})
  void isAccurateAtAMillionFloats(Accuracy a) {
    for (Target t : List.of(Targets.best(), CpuBackend.scalar().target())) {
      assertTrue(worst(a, t, STRIDE) <= a.ulps);
    }
  }

  /** Where one formula gives way to another, of any of the curves, and where floats do. */
  @ParameterizedTest
  @MethodSource({"functions", "activations"})
  void isAccurateAroundBorders(Accuracy a) {
    float[] borders = {
      0,
      Float.MIN_NORMAL,
      ExpConstants.TINY,
      0.25f,
      0.5f,
      TanhConstants.SMALL,
      0.70710677f,
      ErfConstants.ERF_SMALL,
      1,
      1.4142135f,
      2,
      ErfConstants.ERF_ONE,
      TanhConstants.ONE,
      11,
      14.5f,
      18,
      80,
      87.33655f,
      ExpConstants.TOP,
      103.97208f,
      112,
      1 << 24,
      Float.MAX_VALUE
    };
    for (float border : borders) {
      int bits = Float.floatToRawIntBits(border);
      float[] x = new float[4 * AROUND];
      for (int i = 0; i < AROUND; i++) {
        x[4 * i] = Float.intBitsToFloat(bits + i);
        x[4 * i + 1] = -x[4 * i];
        x[4 * i + 2] = Float.intBitsToFloat(Math.max(0, bits - i));
        x[4 * i + 3] = -x[4 * i + 2];
      }
      for (Target t : List.of(Targets.best(), CpuBackend.scalar().target())) {
        assertTrue(worst(a, t, x) <= a.ulps);
      }
    }
  }

  @Tag("long") // some two minutes each on two cores
  @ParameterizedTest
  @MethodSource("functions")
  void isAccurateAtEveryFloat(Accuracy a) {
    assertTrue(worst(a, Targets.best(), 1) <= a.ulps);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("activations")
  void isAccurateAtMoreFloats(Accuracy a) {
    assertTrue(worst(a, Targets.best(), MANY) <= a.ulps);
  }

  /** The greatest error at every {@code stride}-th float; throws where it is too great. */
  static double worst(Accuracy a, Target t, int stride) {
    return IntStream.range(0, BLOCKS)
        .parallel()
        .mapToDouble(block -> worstOfBlock(a, t, block, stride))
        .max()
        .orElseThrow();
  }

  private static double worstOfBlock(Accuracy a, Target t, int block, int stride) {
    float[] x = new float[Math.ceilDiv(BLOCK, stride)];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(block * BLOCK + i * stride);
    }
    return worst(a, t, x);
  }

  private static double worst(Accuracy a, Target t, float[] x) {
    float[] y = new float[x.length];
    t.kernels().activations().forward(a.curve, a.p, a.q, a.r, x, 0, y, 0, x.length);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double truth = a.truth.applyAsDouble(x[i]);
      double ulps = ulps(y[i], truth);
      if (!(ulps <= a.ulps)) {
        throw new AssertionError(
            "%s on %s: of %s (%08x) got %s, expected %s, is %s ulp off"
                .formatted(
                    a, t.kernels().name(), x[i], Float.floatToRawIntBits(x[i]), y[i], truth, ulps));
      }
      worst = Math.max(worst, ulps);
    }
    return worst;
  }

  /** As ErrorBound's, but NaN matches itself, and Infinity whatever rounds to it. */
  private static double ulps(float got, double truth) {
    float rounded = (float) truth;
    if (!Float.isFinite(rounded) || rounded == 0) {
      return Float.compare(got, rounded) == 0 ? 0 : off(got, truth); // tells the zeros apart
    }
    return off(got, truth);
  }

  private static double off(float got, double truth) {
    return got == 0 && truth == 0 ? INF : Math.abs(got - truth) / Math.ulp((float) truth);
  }

  @Test
  void tableIsTheReference() {
    for (double a = 0; a < 15; a += 0.0137) {
      double expected = ReferenceNormal.cumulative(-a);
      assertEquals(expected, NormalTable.tail(a), expected * 0x1p-42, "Φ(-" + a + ")");
      assertEquals(ReferenceNormal.erf(a / 3), NormalTable.erf(a / 3), 0x1p-50, "erf " + a / 3);
    }
  }

  @Test
  void simdAndScalarGiveTheSameBits() {
    Target simd = Targets.simdOrSkip();
    Target scalar = CpuBackend.scalar().target();
    int n = BLOCKS * 64;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = Float.intBitsToFloat(i * (int) ((1L << 32) / n) + i % 1021);
    }
    float[] dy = new float[n];
    for (int i = 0; i < n; i++) {
      dy[i] = 1 + i % 17;
    }
    for (Curve c : Curve.values()) {
      assertArrayEquals(forward(scalar, c, x), forward(simd, c, x), c.name());
      if (c.slope() != Curve.Slope.NONE) {
        assertArrayEquals(backward(scalar, c, x, dy), backward(simd, c, x, dy), c + "'s slope");
      }
    }
  }

  private static float[] forward(Target t, Curve c, float[] x) {
    float[] y = new float[x.length];
    t.kernels().activations().forward(c, 0.5f, 0.75f, 2f, x, 0, y, 0, x.length);
    return y;
  }

  private static float[] backward(Target t, Curve c, float[] s, float[] dy) {
    float[] dx = new float[s.length];
    t.kernels().activations().backward(c, 0.5f, 0.75f, 2f, s, 0, dy, 0, dx, 0, s.length);
    return dx;
  }
}
