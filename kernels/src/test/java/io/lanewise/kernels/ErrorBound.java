package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.lanewise.kernels.tensor.Tensor;

/** Comparisons of results, with bounds that follow from the arithmetic. */
public final class ErrorBound {
  /** Half a unit in the last place of 1: the relative error of one float operation. */
  public static final double U = 0x1p-24;

  private ErrorBound() {}

  /**
   * Sums of k products: {@code |got - expected| <= (k + 2) · u · Σ|products|}. Each product and
   * each partial sum is rounded once, and so is the expected value (Higham, Accuracy and Stability
   * of Numerical Algorithms, 2nd ed. 2002, §3.1).
   *
   * @param magnitudes {@code Σ|products|} of each element, the reference's result on absolute
   *     values
   */
  public static void assertSums(
      Tensor expected, Tensor magnitudes, long k, Tensor got, String context) {
    assertEquals(expected.shape(), got.shape(), context);
    for (int i = 0; i < expected.size(); i++) {
      double bound = (k + 2) * U * at(magnitudes, i) + Float.MIN_VALUE;
      assertClose(at(expected, i), bound, at(got, i), i, context);
    }
  }

  /** One element: {@code |got - expected| <= bound}; NaN equals NaN, infinities themselves. */
  public static void assertClose(
      double expected, double bound, double got, int index, String context) {
    boolean same = Double.compare(expected, got) == 0 || expected == got;
    if (!same && !(Math.abs(got - expected) <= bound)) {
      fail(
          "element %d: got %s, expected %s within %s; %s"
              .formatted(index, got, expected, bound, context));
    }
  }

  /** Equal values, without any tolerance; NaN equals NaN and -0 equals 0. */
  public static void assertExact(Tensor expected, Tensor got, String context) {
    assertEquals(expected.shape(), got.shape(), context);
    for (int i = 0; i < expected.size(); i++) {
      assertClose(at(expected, i), 0, at(got, i), i, context);
    }
  }

  /** Equal bits; NaN equals NaN, but -0 is not 0. */
  public static void assertSameBits(Tensor expected, Tensor got, String context) {
    assertEquals(expected.shape(), got.shape(), context);
    for (int i = 0; i < expected.size(); i++) {
      float e = at(expected, i);
      float g = at(got, i);
      if (Float.floatToIntBits(e) != Float.floatToIntBits(g)) {
        fail(
            "element %d: got %s (%a), expected the bits of %s (%a); %s"
                .formatted(i, g, g, e, e, context));
      }
    }
  }

  /** Distance of {@code got} from {@code truth} in units in the last place of the nearest float. */
  public static double ulps(float got, double truth) {
    return Math.abs(got - truth) / Math.ulp((float) truth);
  }

  private static float at(Tensor t, int i) {
    return t.array()[t.offset() + i];
  }
}
