package io.lanewise.kernels.micro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops whose results are exact or fixed to the bit, at every size up to two wide vectors. */
final class ElementwiseKernelsTest {
  private static final int SIZES = 36;

  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void sumAddsSixteenPartialSumsInOrder(Target t) {
    for (int n = 0; n <= 3 * SIZES; n++) {
      Tensor x = Guarded.of(TestData.uniform(Shape.of(n), n)).tensor();
      float[] partial = new float[16];
      for (int i = 0; i < n; i++) {
        partial[i % 16] += x.get(i);
      }
      float expected = 0;
      for (float p : partial) {
        expected += p;
      }
      float got = t.kernels().elementwise().sum(x.array(), x.offset(), n);
      assertEquals(expected, got, t.kernels().name() + ", n " + n);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void maxFindsTheGreatestWhereverItLies(Target t) {
    ElementwiseKernels kernels = t.kernels().elementwise();
    for (int n = 1; n <= SIZES; n++) {
      for (int at = 0; at < n; at++) {
        Tensor x = Guarded.of(Tensor.zeros(n).fill(-3f)).tensor();
        x.set(-2f, at);
        assertEquals(-2f, kernels.max(x.array(), x.offset(), n), "n " + n + " at " + at);
        x.set(Float.NaN, at);
        assertEquals(Float.NaN, kernels.max(x.array(), x.offset(), n), "n " + n + " at " + at);
      }
    }
    assertEquals(Float.NEGATIVE_INFINITY, kernels.max(new float[1], 1, 0));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void placesAreThoseOfTheFirstExtremeOrTheFirstNaN(Target t) {
    ElementwiseKernels kernels = t.kernels().elementwise();
    for (int n = 1; n <= 5 * SIZES; n += n < 2 * SIZES ? 1 : 13) {
      for (int at = 0; at < n; at++) {
        Tensor x = Guarded.of(Tensor.zeros(n).fill(-3f)).tensor();
        x.set(-2f, at);
        x.set(-2f, n - 1);
        String context = t.kernels().name() + ", n " + n + " at " + at;
        assertEquals(at, kernels.placeOfMax(x.array(), x.offset(), n), context);
        x.set(-4f, at);
        x.set(-4f, n - 1);
        assertEquals(at, kernels.placeOfMin(x.array(), x.offset(), n), context);
        x.set(Float.NaN, at);
        x.set(Float.NaN, n - 1);
        assertEquals(at, kernels.placeOfMax(x.array(), x.offset(), n), context);
        assertEquals(at, kernels.placeOfMin(x.array(), x.offset(), n), context);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void zerosAreEqualAndInfinitiesAreNumbersToPlaces(Target t) {
    ElementwiseKernels kernels = t.kernels().elementwise();
    float[] x = new float[100];
    x[70] = -0f;
    x[3] = -0f;
    assertEquals(0, kernels.placeOfMax(x, 0, 100));
    assertEquals(0, kernels.placeOfMin(x, 0, 100));
    x[40] = Float.POSITIVE_INFINITY;
    x[41] = Float.NEGATIVE_INFINITY;
    x[90] = Float.POSITIVE_INFINITY;
    assertEquals(40, kernels.placeOfMax(x, 0, 100));
    assertEquals(41, kernels.placeOfMin(x, 0, 100));
    Arrays.fill(x, Float.NEGATIVE_INFINITY);
    assertEquals(1, kernels.placeOfMax(x, 1, 99) + 1);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void scaleAndAddTouchTheirElementsOnly(Target t) {
    for (int n = 0; n <= SIZES; n++) {
      Tensor values = TestData.uniform(Shape.of(n), n);
      Guarded x = Guarded.of(TestData.uniform(Shape.of(n), n + 100));
      Guarded y = Guarded.of(values);
      Tensor a = x.tensor();
      Tensor b = y.tensor();
      t.kernels().elementwise().scale(b.array(), b.offset(), n, 0.7f);
      t.kernels().elementwise().add(a.array(), a.offset(), b.array(), b.offset(), n);
      x.assertUnchanged("x of add, n " + n);
      y.assertGuardsIntact("y of scale and add, n " + n);
      float[] expected = values.toArray();
      for (int i = 0; i < n; i++) {
        float scaled = expected[i] * 0.7f;
        expected[i] = scaled + a.get(i);
      }
      assertArrayEquals(expected, b.toArray(), t.kernels().name() + ", n " + n);
    }
  }
}
