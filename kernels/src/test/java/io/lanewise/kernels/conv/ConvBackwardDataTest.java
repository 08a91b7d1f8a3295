package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every algorithm's input gradient against the reference. */
final class ConvBackwardDataTest {
  static Set<ConvShape> shapes() {
    return ConvShapes.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(ConvShape s) {
    Tensor dy = TestData.uniform(s.y(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor expected = reference(s, dy, w);
    Tensor magnitudes = reference(s, absolute(dy), absolute(w));
    long k = (long) s.ocg() * s.area();
    ConvContract.forEachPlan(
        ConvAlgorithms.BACKWARD_DATA,
        s,
        (plan, par, context) ->
            assertSums(expected, magnitudes, k, run(plan, dy, w, par, context), context));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isExactOnIntegers(ConvShape s) {
    assertSameAsReference(s, TestData.integers(s.y(), 3), TestData.integers(s.w(), 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic3 ih9 iw21 oc5 kh3 s2 p2",
        "n1 ic4 ih6 oc6 kh3 d2 p2 g2",
        "n1 ic4 id5 ih4 iw6 oc6 kd3 kh2 p1 g2",
        "n1 ic9 ih1 iw37 oc193 kh1"
      })
  void nanAndInfinityReachJustTheInputsThatTheyDependOn(String text) {
    ConvShape s = ConvShape.parse(text);
    assertSameAsReference(s, TestData.withSpecials(s.y(), 5), TestData.integers(s.w(), 6));
  }

  private static void assertSameAsReference(ConvShape s, Tensor dy, Tensor w) {
    Tensor expected = reference(s, dy, w);
    ConvContract.forEachPlan(
        ConvAlgorithms.BACKWARD_DATA,
        s,
        (plan, par, context) -> assertExact(expected, run(plan, dy, w, par, context), context));
  }

  private static Tensor reference(ConvShape s, Tensor dy, Tensor w) {
    Tensor dx = Tensor.zeros(s.x());
    ReferenceConv.backwardData(s, dy, w, dx);
    return dx;
  }

  /**
   * Runs in the plan's layout, with everything around the tensors and in the workspace poisoned.
   */
  private static Tensor run(
      ConvBackwardData plan, Tensor dy, Tensor w, Parallel par, String context) {
    Guarded in = Guarded.of(dy.copy(plan.layout()));
    Guarded weights = Guarded.of(w);
    Guarded dx = Guarded.unwritten(plan.shape().x(), plan.layout());
    PackedWeights packed = plan.newWeights();
    Arrays.fill(packed.data(), Float.NaN);
    plan.pack(weights.tensor(), packed);
    plan.run(in.tensor(), packed, dx.tensor(), TestData.workspace(plan.workspace(), par), par);
    in.assertUnchanged(context);
    weights.assertUnchanged(context);
    dx.assertGuardsIntact(context);
    return dx.tensor().copy(Layout.CHANNELS_FIRST);
  }
}
