package io.lanewise.kernels.micro;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.ErrorBound;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic's loops: SIMD against scalar to the bit, and both against float64. */
final class ArithmeticKernelsTest {
  private static final float[] BITING = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    1.5f,
    2f,
    -2f,
    2.5f,
    3f,
    -3f,
    7f,
    1e-3f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-40f,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    8388607.5f,
    8388608f,
    16777218f,
    65536f,
    65537f,
    -70000f,
    4194303.5f,
    3.1415927f,
    1.5707964f,
    -88.7f,
    88.7f,
    127.5f,
    0.1f
  };

  static List<Target> targets() {
    return Targets.all();
  }

  /** Every pair of biting numbers, and random ones of all magnitudes. */
  private static float[][] pairs() {
    int biting = BITING.length * BITING.length;
    int n = biting + 5_003;
    float[] a = new float[n];
    float[] b = new float[n];
    Random random = new Random(1);
    for (int i = 0; i < n; i++) {
      a[i] = i < biting ? BITING[i / BITING.length] : anyFloat(random);
      b[i] = i < biting ? BITING[i % BITING.length] : anyFloat(random);
    }
    return new float[][] {a, b};
  }

  private static float anyFloat(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Float.intBitsToFloat(random.nextInt());
      case 1 -> (random.nextFloat() - 0.5f) * 20;
      default -> (float) Math.exp(random.nextGaussian() * 3) * (random.nextBoolean() ? 1 : -1);
    };
  }

  private static void assertSame(float[] expected, float[] got, String context) {
    Shape s = Shape.of(got.length);
    assertSameBits(Tensor.of(s, expected), Tensor.of(s, got), context);
  }

  @ParameterizedTest
  @EnumSource(BinaryCurve.class)
  void vectorsHaveTheScalarsBitsOfTwo(BinaryCurve f) {
    ArithmeticKernels simd = Targets.simdOrSkip().kernels().arithmetic();
    ArithmeticKernels scalar = CpuBackend.scalar().target().kernels().arithmetic();
    float[][] pairs = pairs();
    float[] a = pairs[0];
    float[] b = pairs[1];
    int n = a.length;
    assertSame(binary(scalar, f, a, b), binary(simd, f, a, b), f.name());
    for (float one : new float[] {0f, 2f, -3f, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] expected = new float[n];
      float[] got = new float[n];
      scalar.binaryA(f, one, b, 0, expected, 0, n);
      simd.binaryA(f, one, b, 0, got, 0, n);
      assertSame(expected, got, f + " of " + one + " and many");
      scalar.binaryB(f, a, 0, one, expected, 0, n);
      simd.binaryB(f, a, 0, one, got, 0, n);
      assertSame(expected, got, f + " of many and " + one);
      float[] ones = new float[n];
      Arrays.fill(ones, one);
      assertSame(binary(scalar, f, a, ones), expected, "one number as many");
    }
    float[] dy = new float[n];
    for (int i = 0; i < n; i++) {
      dy[i] = (i % 7 - 3) * 0.5f;
    }
    for (boolean ofA : new boolean[] {true, false}) {
      if (hasSlope(f, ofA)) {
        assertSame(slope(scalar, f, ofA, a, b, dy), slope(simd, f, ofA, a, b, dy), f + " slope");
      }
    }
  }

  private static boolean hasSlope(BinaryCurve f, boolean ofA) {
    return switch (f) {
      case MUL, DIV, MIN, MAX, POW -> true;
      case FMOD, MOD -> !ofA;
      default -> false;
    };
  }

  private static float[] binary(ArithmeticKernels k, BinaryCurve f, float[] a, float[] b) {
    float[] y = new float[a.length];
    k.binary(f, a, 0, b, 0, y, 0, a.length);
    return y;
  }

  private static float[] slope(
      ArithmeticKernels k, BinaryCurve f, boolean ofA, float[] a, float[] b, float[] dy) {
    float[] dx = new float[a.length];
    if (ofA) {
      k.slopeA(f, a, 0, b, 0, dy, 0, dx, 0, a.length);
    } else {
      k.slopeB(f, a, 0, b, 0, dy, 0, dx, 0, a.length);
    }
    return dx;
  }

  @ParameterizedTest
  @EnumSource(UnaryCurve.class)
  void vectorsHaveTheScalarsBitsOfOne(UnaryCurve f) {
    ArithmeticKernels simd = Targets.simdOrSkip().kernels().arithmetic();
    ArithmeticKernels scalar = CpuBackend.scalar().target().kernels().arithmetic();
    float[] x = pairs()[0];
    int n = x.length;
    float[] expected = new float[n];
    float[] got = new float[n];
    scalar.unary(f, -1.5f, 2.5f, x, 0, expected, 0, n);
    simd.unary(f, -1.5f, 2.5f, x, 0, got, 0, n);
    assertSame(expected, got, f.name());
    if (f != UnaryCurve.LOGICAL_NOT) {
      float[] dy = pairs()[1];
      scalar.unarySlope(f, -1.5f, 2.5f, x, 0, dy, 0, expected, 0, n);
      simd.unarySlope(f, -1.5f, 2.5f, x, 0, dy, 0, got, 0, n);
      assertSame(expected, got, f + " slope");
    }
  }

  @ParameterizedTest
  @EnumSource(Fold.class)
  void foldsHaveTheScalarsBits(Fold f) {
    ArithmeticKernels simd = Targets.simdOrSkip().kernels().arithmetic();
    ArithmeticKernels scalar = CpuBackend.scalar().target().kernels().arithmetic();
    float[] x = pairs()[0];
    for (int n : new int[] {1, 3, 15, 16, 17, 63, 64, 65, 131}) {
      for (int rows : new int[] {0, 1, 5}) {
        float[] expected = new float[n];
        float[] got = new float[n];
        scalar.foldRows(f, x, 3, rows, n + 2, expected, 0, n);
        simd.foldRows(f, x, 3, rows, n + 2, got, 0, n);
        assertSame(expected, got, f + " of " + rows + " x " + n);
        if (rows == 0) {
          assertEquals(f.none(), got[0]);
        }
      }
    }
  }

  private static void assertWithin(
      double most, UnaryCurve f, float[] x, DoubleUnaryOperator truth, Target t) {
    float[] y = new float[x.length];
    t.kernels().arithmetic().unary(f, 0, 0, x, 0, y, 0, x.length);
    double worst = 0;
    float at = 0;
    for (int i = 0; i < x.length; i++) {
      double e = truth.applyAsDouble(x[i]);
      if (Double.isNaN(e)) {
        assertTrue(Float.isNaN(y[i]), f + " of " + x[i]);
      } else if (ErrorBound.ulps(y[i], e) > worst) {
        worst = ErrorBound.ulps(y[i], e);
        at = x[i];
      }
    }
    assertTrue(worst <= most, f + " of " + at + " is off by " + worst + " ulp, " + t);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void wavesAreWithinTwoUlps(Target t) {
    Random random = new Random(2);
    float[] x = new float[120_000];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (i % 5) {
            case 0 -> (random.nextFloat() - 0.5f) * 20;
            case 1 -> (random.nextFloat() - 0.5f) * 131_000;
            case 2 -> (float) (random.nextInt(41_000) * Math.PI / 2); // where the result is near 0
            case 3 -> (float) (random.nextGaussian() * 1e6);
            default -> Float.intBitsToFloat(random.nextInt());
          };
    }
    assertWithin(2, UnaryCurve.SIN, x, StrictMath::sin, t);
    assertWithin(2, UnaryCurve.COS, x, StrictMath::cos, t);
  }

  @Tag("long") // every float that the steps take, some two minutes
  @Test
  void wavesAreWithinTwoUlpsEverywhere() {
    int block = 1 << 20;
    int last = Float.floatToIntBits(SineConstants.WAVE_FAR);
    float[] x = new float[block];
    for (int first = 0; first <= last; first += block) {
      for (int i = 0; i < block; i++) {
        x[i] = Float.intBitsToFloat(Math.min(first + i, last));
      }
      assertWithin(2, UnaryCurve.SIN, x, Math::sin, Targets.best());
      assertWithin(2, UnaryCurve.COS, x, Math::cos, Targets.best());
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void powersAreWithinTwoUlps(Target t) {
    Random random = new Random(3);
    int n = 150_000;
    float[] a = new float[n];
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) Math.exp(random.nextGaussian() * (i % 4 == 0 ? 20 : 1));
      b[i] = (float) (random.nextGaussian() * (i % 3 == 0 ? 100 : 4));
      if (i % 5 == 0) {
        // Results around the greatest and the least floats.
        double log = i % 2 == 0 ? 88.7 + random.nextFloat() * 0.05 : -103 + random.nextFloat() * 16;
        b[i] = (float) (log / Math.log(a[i]));
      }
      if (i % 7 == 0) {
        a[i] = -a[i];
        b[i] = Math.round(b[i]);
      }
    }
    DoubleBinaryOperator truth = StrictMath::pow;
    float[] y = binary(t.kernels().arithmetic(), BinaryCurve.POW, a, b);
    double worst = 0;
    String at = "";
    for (int i = 0; i < n; i++) {
      double e = truth.applyAsDouble(a[i], b[i]);
      if (Math.abs(e) < Float.MAX_VALUE && ErrorBound.ulps(y[i], e) > worst) {
        worst = ErrorBound.ulps(y[i], e);
        at = a[i] + "^" + b[i] + " = " + e + ", got " + y[i];
      }
      if (Math.abs(e) >= 0x1p128) {
        assertEquals((float) e, y[i], "beyond the floats");
      }
    }
    assertTrue(worst <= 2, at + " is off by " + worst + " ulp, " + t);
  }

  @Test
  void powersOfSpecialNumbersAreThoseOfC() {
    for (Target t : Targets.all()) {
      float inf = Float.POSITIVE_INFINITY;
      float nan = Float.NaN;
      float[] a = {0, 0, -0f, -0f, -0f, 1, 1, -1, -1, 2, nan, nan, -2, -8, inf, -inf, -inf, 0.5f};
      float[] b = {2, -1, 3, -3, 0.5f, nan, inf, inf, -inf, nan, 0, 1, 0.5f, 3, -1, 3, 0.5f, -inf};
      float[] y = {0, inf, -0f, -inf, 0, 1, 1, 1, 1, nan, 1, nan, nan, -512, 0, -inf, inf, inf};
      assertSame(y, binary(t.kernels().arithmetic(), BinaryCurve.POW, a, b), t.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void remaindersAreExact(Target t) {
    float[][] pairs = pairs();
    float[] a = pairs[0];
    float[] b = pairs[1];
    float[] f = binary(t.kernels().arithmetic(), BinaryCurve.FMOD, a, b);
    float[] m = binary(t.kernels().arithmetic(), BinaryCurve.MOD, a, b);
    float[] exact = new float[a.length];
    float[] floored = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      exact[i] = a[i] % b[i];
      boolean other = exact[i] < 0 != b[i] < 0;
      floored[i] = exact[i] == 0 ? Math.copySign(0f, b[i]) : other ? exact[i] + b[i] : exact[i];
    }
    assertSame(exact, f, t.toString());
    assertSame(floored, m, t.toString());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void roundingIsThatOfTheJdk(Target t) {
    float[] x = pairs()[0];
    float[] y = new float[x.length];
    float[] e = new float[x.length];
    for (UnaryCurve f : List.of(UnaryCurve.FLOOR, UnaryCurve.CEIL, UnaryCurve.ROUND)) {
      t.kernels().arithmetic().unary(f, 0, 0, x, 0, y, 0, x.length);
      for (int i = 0; i < x.length; i++) {
        double v = x[i];
        e[i] =
            (float)
                (f == UnaryCurve.FLOOR
                    ? Math.floor(v)
                    : f == UnaryCurve.CEIL ? Math.ceil(v) : Math.rint(v));
      }
      assertSame(e, y, f + " " + t);
    }
  }
}
