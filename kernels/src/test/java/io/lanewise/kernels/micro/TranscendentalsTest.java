package io.lanewise.kernels.micro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.ErrorBound;
import io.lanewise.kernels.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * exp, tanh, sigmoid and SiLU against float64, over every exponent of the floats and densely where
 * they bend.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the shortest form would hide what is meant
final class TranscendentalsTest {
  private static final double MAX_ULPS = 2;
  private static final double MAX_LOGISTIC_ULPS = 3;

  /** NaNs as hardware, files and other languages leave them. */
  private static final int[] NAN_BITS = {
    0x7fc00000, 0xffc00000, 0x7fc00001, 0x7fc000ff, 0x7fffffff, 0xffffffff, 0x7f800001
  };

  static List<Target> targets() {
    return Targets.all();
  }

  private static float[] tanh(Target t, float[] x) {
    float[] y = new float[x.length];
    t.kernels().activations().forward(Curve.TANH, 0, 0, 0, x, 0, y, 0, x.length);
    return y;
  }

  private static float[] sigmoid(Target t, float[] x) {
    float[] y = new float[x.length];
    t.kernels().activations().forward(Curve.SIGMOID, 0, 0, 0, x, 0, y, 0, x.length);
    return y;
  }

  private static float[] silu(Target t, float[] x) {
    float[] y = new float[x.length];
    t.kernels().activations().forward(Curve.SILU, 0, 0, 0, x, 0, y, 0, x.length);
    return y;
  }

  private static float[] exp(Target t, float[] x, float shift) {
    float[] y = new float[x.length];
    float sum = t.kernels().elementwise().exponentials(x, 0, shift, y, 0, x.length);
    assertEquals(t.kernels().elementwise().sum(y, 0, y.length), sum);
    return y;
  }

  /** None greater than most. */
  private static float[] atMost(float most, float[] x) {
    float[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.min(x[i], most);
    }
    return y;
  }

  /** Floats of all magnitudes and both signs, the borders between methods, and a dense range. */
  private static float[] sample(float dense, float... borders) {
    int steps = 120_000;
    int around = 64;
    float[] x = new float[2 * steps + 2 * steps + borders.length * (2 * around + 1)];
    int at = 0;
    int step = Float.floatToIntBits(Float.MAX_VALUE) / steps;
    for (int i = 0; i < steps; i++) {
      float v = Float.intBitsToFloat(i * step + i % step);
      x[at++] = v;
      x[at++] = -v;
    }
    for (int i = 0; i < 2 * steps; i++) {
      x[at++] = (i - steps) * (dense / steps);
    }
    for (float border : borders) {
      float v = border;
      for (int i = 0; i < around; i++) {
        v = Math.nextDown(v);
      }
      for (int i = -around; i <= around; i++, v = Math.nextUp(v)) {
        x[at++] = v;
      }
    }
    assertEquals(x.length, at);
    return x;
  }

  private static float[] tanhSample() {
    return sample(10f, 0f, 0.625f, -0.625f, 9.02f, -9.02f, Float.MIN_NORMAL, 1e-3f, 1f, -1f);
  }

  private static float[] expSample() {
    return sample(89f, 0f, -87f, 88.72f, 0.34657359f, -0.34657359f, 1f, Float.MIN_NORMAL);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void tanhIsWithinTwoUlps(Target t) {
    float[] x = tanhSample();
    assertAccurate("tanh", x, tanh(t, x), StrictMath::tanh, MAX_ULPS, t);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void sigmoidAndSiluAreWithinThreeUlps(Target t) {
    float[] x = sample(90f, 0f, -87f, 87f, -88.72f, 88.72f, -1.2784645f, 1f, Float.MIN_NORMAL);
    DoubleUnaryOperator sigmoid = v -> 1 / (1 + StrictMath.exp(-v));
    assertAccurate("sigmoid", x, sigmoid(t, x), sigmoid, MAX_LOGISTIC_ULPS, t);
    DoubleUnaryOperator silu = v -> v / (1 + StrictMath.exp(-v));
    assertAccurate("silu", x, silu(t, x), silu, MAX_LOGISTIC_ULPS, t);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void expIsWithinTwoUlpsInItsRange(Target t) {
    float[] x = atMost(0f, expSample());
    float[] y = exp(t, x, 0f);
    DoubleUnaryOperator truth = v -> v < -87f ? 0 : StrictMath.exp(v);
    assertAccurate("exp", x, y, truth, MAX_ULPS, t);
  }

  private static void assertAccurate(
      String name, float[] x, float[] y, DoubleUnaryOperator truth, double most, Target t) {
    for (int i = 0; i < x.length; i++) {
      double e = truth.applyAsDouble(x[i]);
      double ulps = ErrorBound.ulps(y[i], e);
      if (!(ulps <= most)) {
        throw new AssertionError(
            "%s(%s) on %s: got %s, expected %s within %s ulp, is %s ulp off"
                .formatted(name, x[i], t.kernels().name(), y[i], e, most, ulps));
      }
    }
  }

  @Test
  void simdAndScalarGiveTheSameBits() {
    Target simd = Targets.simdOrSkip();
    Target scalar = CpuBackend.scalar().target();
    float[] a = tanhSample();
    assertArrayEquals(tanh(scalar, a), tanh(simd, a));
    float[] b = expSample();
    assertArrayEquals(sigmoid(scalar, b), sigmoid(simd, b));
    assertArrayEquals(silu(scalar, b), silu(simd, b));
    for (float shift : new float[] {0f, 3.7f, -50f}) {
      float[] c = atMost(shift, b);
      assertArrayEquals(exp(scalar, c, shift), exp(simd, c, shift));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void limitsAreExact(Target t) {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {inf, -inf, 9.02f, -9.02f, Float.MAX_VALUE, -Float.MAX_VALUE, 0f, 1e-40f, -1e-45f};
    float[] expected = {1f, -1f, 1f, -1f, 1f, -1f, 0f, 1e-40f, -1e-45f};
    assertArrayEquals(expected, tanh(t, x));
    float[] e = exp(t, new float[] {-inf, -87.01f, 0f, -0f, -1e-40f}, 0f);
    assertArrayEquals(new float[] {0f, 0f, 1f, 1f, 1f}, e);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void tanhKeepsTheSignOfZero(Target t) {
    float y = tanh(t, new float[] {-0f})[0];
    assertEquals(0x80000000, Float.floatToRawIntBits(y), () -> "tanh(-0) is " + y);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anyNanStaysNan(Target t) {
    for (int bits : NAN_BITS) {
      float[] x = new float[19]; // whole vectors and a tail
      Arrays.fill(x, Float.intBitsToFloat(bits));
      String context = "of NaN %08x on %s".formatted(bits, t.kernels().name());
      for (float y : tanh(t, x)) {
        assertTrue(Float.isNaN(y), () -> "tanh " + context + " is " + y);
      }
      for (float y : sigmoid(t, x)) {
        assertTrue(Float.isNaN(y), () -> "sigmoid " + context + " is " + y);
      }
      for (float y : silu(t, x)) {
        assertTrue(Float.isNaN(y), () -> "silu " + context + " is " + y);
      }
      for (float y : exp(t, x, 0f)) {
        assertTrue(Float.isNaN(y), () -> "exp " + context + " is " + y);
      }
      for (float y : exp(t, new float[19], Float.intBitsToFloat(bits))) {
        assertTrue(Float.isNaN(y), () -> "exp shifted by it " + context + " is " + y);
      }
    }
  }
}
