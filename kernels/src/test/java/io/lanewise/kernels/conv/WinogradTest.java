package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Winograd's algorithm against the reference, with the factor by which it may exceed a sum's bound.
 */
final class WinogradTest {
  /**
   * (|Aᵀ|·(|G|·1 ⊙ |Bᵀ|·1))² over the 9 taps of a plain sum, 64 / 9, and up to twice as many
   * roundings where there is one channel.
   */
  private static final int FACTOR_2 = 15;

  /** The same, 2304 / 9. */
  private static final int FACTOR_4 = 536;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic1 ih3 oc1 kh3",
        "n2 ic3 ih7 iw9 oc5 kh3 p1",
        "n1 ic17 ih8 oc33 kh3 p1",
        "n3 ic16 ih14 oc20 kh3 p1",
        "n1 ic5 ih6 iw13 oc70 kh3 pt0 pb2 pl3 pr1",
        "n1 ic2 ih1 iw1 oc3 kh3 p9",
        "n0 ic2 ih5 oc3 kh3",
        "n2 ic40 ih11 iw10 oc8 kh3 p2"
      })
  void staysWithinItsBound(String text) {
    ConvShape s = ConvShape.parse(text);
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor bias = TestData.uniform(s.bias(), 3);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, bias, expected);
    Tensor magnitudes = Tensor.zeros(s.y());
    ReferenceConv.forward(s, absolute(x), absolute(w), absolute(bias), magnitudes);
    for (int m : new int[] {2, 4}) {
      // an output's tile reads all of its patch, whose greatest magnitudes bound its error
      double worst = greatest(magnitudes);
      Tensor bound = Tensor.zeros(s.y()).fill((float) worst);
      long k = (long) s.reduction() * (m == 2 ? FACTOR_2 : FACTOR_4);
      forEachPlan(
          m,
          s,
          (plan, par, context) ->
              assertSums(expected, bound, k, run(plan, x, w, bias, par, context), context));
    }
  }

  private static double greatest(Tensor t) {
    double greatest = 0;
    for (float v : t.toArray()) {
      greatest = Math.max(greatest, v);
    }
    return greatest;
  }

  @Test
  void ofTwoIsExactOnIntegers() {
    ConvShape s = ConvShape.parse("n2 ic19 ih9 iw6 oc35 kh3 p1");
    Tensor x = TestData.integers(s.x(), 4);
    Tensor w = TestData.integers(s.w(), 5);
    Tensor bias = TestData.integers(s.bias(), 6);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, bias, expected);
    forEachPlan(
        2,
        s,
        (plan, par, context) ->
            assertExact(expected, run(plan, x, w, bias, par, context), context));
  }

  /**
   * A machine whose L2 holds next to nothing: weights are transformed on the way, piece by piece.
   */
  @Test
  void sameBitsWhereWeightsDoNotFitTheCache() {
    ConvShape s = ConvShape.parse("n9 ic19 ih13 oc70 kh3 p1");
    Target big = Targets.best();
    Machine machine = big.machine();
    Target small =
        new Target(
            new Machine(
                machine.arch(),
                machine.cores(),
                4 << 10,
                64 << 10,
                machine.fma(),
                machine.noSimd()),
            big.kernels());
    Tensor x = TestData.uniform(s.x(), 7);
    Tensor w = TestData.uniform(s.w(), 8);
    Tensor bias = TestData.uniform(s.bias(), 9);
    for (int m : new int[] {2, 4}) {
      ConvOptions options = ConvOptions.DEFAULT.channelsLast();
      ConvForward alone = new WinogradConv(m, 1).plan(s, options, big);
      ConvForward together = new WinogradConv(m, 1).plan(s, options, small);
      assertEquals(0, alone.workspace().sharedFloats());
      assertTrue(together.workspace().sharedFloats() > 0);
      Tensor expected = run(alone, x, w, bias, Parallel.SEQUENTIAL, "");
      for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
        assertExact(expected, run(together, x, w, bias, par, "m " + m), "m " + m);
      }
    }
  }

  @Test
  void strictPrecisionRefusesIt() {
    ConvShape s = ConvShape.parse("ic32 ih28 oc32 kh3 p1");
    CpuBackend backend = CpuBackend.best();
    assertEquals("winograd-f4x4-3x3", backend.convForward(s).algorithm());
    assertEquals("winograd-f4x4-3x3", backend.convBackwardData(s).algorithm());
    ConvOptions strict = ConvOptions.DEFAULT.strict();
    assertEquals("im2strip", backend.convForward(s, strict).algorithm());
    assertEquals("im2strip", backend.convBackwardData(s, strict).algorithm());
  }

  private static void forEachPlan(int m, ConvShape s, ConvContract.Check<ConvForward> check) {
    ConvAlgorithm<ConvForward> algorithm = new WinogradConv(m, 1);
    for (Target target : Targets.all()) {
      for (ConvOptions options : ConvContract.ALL) {
        ConvForward plan = algorithm.plan(s, options, target);
        for (Parallel par : Teams.ONE_AND_THREE) {
          check.run(plan, par, ConvContract.describe(algorithm, options, target, par, s));
        }
      }
    }
  }

  /**
   * Runs in the plan's layout, with everything around the tensors and in the workspace poisoned.
   */
  private static Tensor run(
      ConvForward plan, Tensor x, Tensor w, Tensor bias, Parallel par, String context) {
    Guarded in = Guarded.of(x.copy(plan.layout()));
    Guarded y = Guarded.unwritten(plan.shape().y(), plan.layout());
    Guarded b = Guarded.of(bias);
    PackedWeights packed = plan.newWeights();
    Arrays.fill(packed.data(), Float.NaN);
    plan.pack(w, packed);
    plan.run(
        in.tensor(),
        packed,
        Epilogue.bias(b.tensor()),
        y.tensor(),
        TestData.workspace(plan.workspace(), par),
        par);
    in.assertUnchanged(context);
    b.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor().copy(Layout.CHANNELS_FIRST);
  }
}
