package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class WarmUpTest {
  private static final ConvShape CONV = ConvShape.parse("n1 ic64 ih28 oc64 kh3 p1");
  private static final LinearShape LINEAR = LinearShape.parse("n1 in400 out120");

  static List<Backend> backends() {
    return List.of(CpuBackend.best(), CpuBackend.scalar(), new ReferenceBackend());
  }

  private static WarmUp everything(Backend b) {
    PoolShape pool = PoolShape.parse("n1 c16 ih28 kh2 s2");
    return WarmUp.of(b)
        .add(b.gemm(GemmShape.of(100, 100, 100)))
        .add(b.convForward(CONV))
        .add(b.convBackwardData(CONV))
        .add(b.convBackwardWeights(CONV))
        .add(b.linearForward(LINEAR))
        .add(b.linearBackwardData(LINEAR))
        .add(b.linearBackwardWeights(LINEAR))
        .add(b.maxPool(pool))
        .add(b.avgPool(pool, true))
        .add(b.activation(Activation.relu()))
        .add(b.activation(Activation.tanh()))
        .add(b.softmax())
        .add(b.softmaxCrossEntropy());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyOperationRuns(Backend b) {
    WarmUpResult result = everything(b).run(Duration.ofSeconds(5));
    assertEquals(13, result.plans().size(), () -> result.plans().toString());
    assertTrue(
        result.plans().stream().allMatch(p -> p.runs() > 0), () -> result.plans().toString());
  }

  @Test
  void whatIsWarmStaysSoAndIsToldFast() {
    Backend b = CpuBackend.best();
    Duration patience = Duration.ofSeconds(20);
    WarmUpResult first = everything(b).run(patience);
    assertTrue(first.complete(), () -> first.plans().toString());
    WarmUpResult again = everything(b).run(patience);
    assertTrue(again.complete(), () -> again.plans().toString());
    assertTrue(again.took().toMillis() < 2_000, again::toString);
    assertTrue(again.toString().matches("13 plans warm after \\d+ ms"), again::toString);
  }

  /** Small runs are forced to the algorithm of the plan, which has to accept them. */
  @Test
  void everyAlgorithmTakesTheSmallShape() throws IOException {
    for (Backend b : backends()) {
      for (ConvShape s : SmallShapesTest.thatBite()) {
        for (Layout order : Layout.values()) {
          ConvOptions options = ConvOptions.DEFAULT.layout(order);
          WarmUp warm = WarmUp.of(b);
          int plans = 0;
          for (ConvForward plan : b.convForwardPlans(s, options)) {
            warm.add(plan);
            plans++;
          }
          for (ConvBackwardData plan : b.convBackwardDataPlans(s, options)) {
            warm.add(plan);
            plans++;
          }
          for (ConvBackwardWeights plan : b.convBackwardWeightsPlans(s, options)) {
            warm.add(plan);
            plans++;
          }
          assertEquals(plans, warm.run(Duration.ZERO).plans().size(), s::toString);
        }
      }
    }
  }

  @Test
  void plansWithTheSameSmallRunAreOne() {
    Backend b = CpuBackend.best();
    WarmUp warm = WarmUp.of(b).add(b.convForward(CONV)).add(b.convForward(CONV.withBatch(2)));
    assertEquals(1, warm.run(Duration.ZERO).plans().size());
    warm.add(b.convForward(CONV, ConvOptions.DEFAULT.channelsLast()));
    warm.add(b.convForward(CONV, ConvOptions.DEFAULT.strict()));
    assertEquals(3, warm.run(Duration.ZERO).plans().size());
  }

  @Test
  void withoutTimeNothingRuns() {
    WarmUpResult result = everything(CpuBackend.best()).run(Duration.ZERO);
    assertFalse(result.complete());
    assertTrue(result.plans().stream().allMatch(p -> p.runs() == 0));
    assertTrue(result.toString().startsWith("13 of 13 plans not warm after "), result::toString);
  }

  @Test
  void theBudgetIsKept() {
    Backend slow = new ReferenceBackend();
    WarmUpResult result = everything(slow).run(Duration.ofMillis(50));
    assertTrue(result.took().toMillis() >= 50, result::toString);
    assertTrue(result.took().toMillis() < 5_000, result::toString);
  }

  @Test
  void otherWorkIsDoneInBetweenAndDoesNotCount() {
    int[] pieces = {0};
    Runnable piece =
        () -> {
          pieces[0]++;
          sleep(20);
        };
    Backend slow = new ReferenceBackend();
    WarmUpResult result =
        everything(slow).run(Duration.ofMillis(50), Collections.nCopies(3, piece).iterator());
    assertTrue(pieces[0] > 0 && pieces[0] <= 3, () -> pieces[0] + " pieces");
    assertTrue(result.took().toMillis() >= 50, result::toString);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingToWarmTakesNoTime() {
    WarmUpResult result = WarmUp.of(CpuBackend.best()).run(Duration.ofSeconds(Long.MAX_VALUE));
    assertTrue(result.complete());
    assertEquals(List.of(), result.plans());
  }

  @Test
  void refusals() {
    WarmUp warm = WarmUp.of(CpuBackend.best());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> warm.run(Duration.ofMillis(-1)));
    assertEquals("the budget must be at least 0, got PT-0.001S", e.getMessage());
    assertEquals(
        "backend", assertThrows(NullPointerException.class, () -> WarmUp.of(null)).getMessage());
  }

  /** The first run in a JVM; usually it takes 40 times as long without a warm-up, same bits. */
  @Test
  void theFirstRunIsFast(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Machine.detect().noSimd().isEmpty(), "scalar code is soon compiled");
    List<String> cold = probe(folder);
    List<String> warm = new ArrayList<>(probe(folder, "warm"));
    String said = warm.removeFirst();
    assertTrue(said.startsWith("1 plans warm after"), said);
    assertTrue(3 * Long.parseLong(warm.get(0)) < Long.parseLong(cold.get(0)), cold + " " + warm);
    assertEquals(cold.get(1), warm.get(1));
  }

  private static List<String> probe(Path folder, String... arguments) throws Exception {
    return OtherJvm.run(
            folder, WarmUpProbe.class, List.of(arguments), "--add-modules=jdk.incubator.vector")
        .out();
  }
}
