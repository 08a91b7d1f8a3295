package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every algorithm's forward pass against the reference. */
final class ConvForwardTest {
  static Set<ConvShape> shapes() {
    return ConvShapes.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(ConvShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor bias = TestData.uniform(s.bias(), 3);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, bias, expected);
    Tensor magnitudes = Tensor.zeros(s.y());
    ReferenceConv.forward(s, absolute(x), absolute(w), absolute(bias), magnitudes);
    ConvContract.forEachPlan(
        ConvAlgorithms.FORWARD,
        s,
        (plan, par, context) -> {
          Tensor y = run(plan, x, w, Epilogue.bias(bias), par, context);
          assertSums(expected, magnitudes, s.reduction(), y, context);
        });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isExactOnIntegersAndClamps(ConvShape s) {
    Tensor x = TestData.integers(s.x(), 4);
    Tensor w = TestData.integers(s.w(), 5);
    Epilogue epilogue = Epilogue.none().clamp(-9f, 5f);
    Tensor expected = reference(s, x, w, epilogue);
    ConvContract.forEachPlan(
        ConvAlgorithms.FORWARD,
        s,
        (plan, par, context) ->
            assertExact(expected, run(plan, x, w, epilogue, par, context), context));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic3 ih9 iw21 oc5 kh3 s2 p2",
        "n1 ic4 ih6 oc6 kh3 d2 p2 g2",
        "n1 ic4 id5 ih4 iw6 oc6 kd3 kh2 p1 g2",
        "n1 ic193 ih1 iw37 oc9 kh1"
      })
  void nanAndInfinityReachJustTheOutputsThatReadThem(String text) {
    ConvShape s = ConvShape.parse(text);
    Tensor x = TestData.withSpecials(s.x(), 6);
    Tensor w = TestData.integers(s.w(), 7);
    Epilogue epilogue = Epilogue.bias(TestData.integers(s.bias(), 8)).relu();
    Tensor expected = reference(s, x, w, epilogue);
    ConvContract.forEachPlan(
        ConvAlgorithms.FORWARD,
        s,
        (plan, par, context) ->
            assertExact(expected, run(plan, x, w, epilogue, par, context), context));
  }

  @Test
  void nanAndInfinityInWeightsReachJustTheirFilters() {
    ConvShape s = ConvShape.parse("n2 ic3 ih5 oc13 kh2");
    Tensor x = TestData.integers(s.x(), 9);
    Tensor w = TestData.integers(s.w(), 10);
    w.set(Float.NaN, 3, 0, 1, 1);
    w.set(Float.POSITIVE_INFINITY, 12, 2, 0, 0);
    Tensor expected = reference(s, x, w, Epilogue.none());
    ConvContract.forEachPlan(
        ConvAlgorithms.FORWARD,
        s,
        (plan, par, context) ->
            assertExact(expected, run(plan, x, w, Epilogue.none(), par, context), context));
  }

  @Test
  void packingAgainReplacesTheWeights() {
    ConvShape s = ConvShape.parse("n1 ic5 ih4 oc7 kh3 p1");
    Tensor x = TestData.integers(s.x(), 11);
    Tensor w = TestData.integers(s.w(), 12);
    Tensor expected = reference(s, x, w, Epilogue.none());
    ConvContract.forEachPlan(
        ConvAlgorithms.FORWARD,
        s,
        (plan, par, context) -> {
          PackedWeights packed = plan.pack(TestData.uniform(s.w(), 13));
          plan.pack(w, packed);
          Tensor in = x.copy(plan.layout());
          Tensor y = Tensor.zeros(s.y(), plan.layout());
          plan.run(in, packed, Epilogue.none(), y, TestData.workspace(plan.workspace(), par), par);
          assertExact(expected, y.copy(Layout.CHANNELS_FIRST), context);
        });
  }

  private static Tensor reference(ConvShape s, Tensor x, Tensor w, Epilogue epilogue) {
    ConvForward plan = new ReferenceBackend().convForward(s);
    Tensor y = Tensor.zeros(s.y());
    plan.run(
        x,
        plan.pack(w),
        epilogue,
        y,
        TestData.workspace(plan.workspace(), Parallel.SEQUENTIAL),
        Parallel.SEQUENTIAL);
    return y;
  }

  /**
   * Runs in the plan's layout, with everything around the tensors and in the workspace poisoned.
   */
  private static Tensor run(
      ConvForward plan, Tensor x, Tensor w, Epilogue epilogue, Parallel par, String context) {
    assertEquals(x.shape(), plan.shape().x(), context);
    Guarded in = Guarded.of(x.copy(plan.layout()));
    Guarded weights = Guarded.of(w);
    Guarded bias = Guarded.of(epilogue.bias());
    Guarded y = Guarded.unwritten(plan.shape().y(), plan.layout());
    PackedWeights packed = plan.newWeights();
    Arrays.fill(packed.data(), Float.NaN);
    plan.pack(weights.tensor(), packed);
    Epilogue guardedEpilogue =
        bias == null ? epilogue : new Epilogue(bias.tensor(), null, epilogue.activation());
    plan.run(
        in.tensor(),
        packed,
        guardedEpilogue,
        y.tensor(),
        TestData.workspace(plan.workspace(), par),
        par);
    in.assertUnchanged(context);
    weights.assertUnchanged(context);
    if (bias != null) {
      bias.assertUnchanged(context);
    }
    y.assertGuardsIntact(context);
    return y.tensor().copy(Layout.CHANNELS_FIRST);
  }
}
