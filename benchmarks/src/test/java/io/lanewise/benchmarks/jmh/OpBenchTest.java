package io.lanewise.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.model.SmallModel;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class OpBenchTest {
  private static String shape(Op op) {
    return switch (op.forward()) {
      case GEMM -> "m20 n30 k40";
      case CONV -> "n2 ic4 ih9 oc8 kh3 s2 p1 g2";
      case CONV_SEQUENCE -> "lenet5 n1";
      case MODEL -> SmallModel.file() + " 1x3x8x8";
      case CONV_TRANSPOSED -> "n2 ic8 ih5 oc4 kh3 s2 p1 op1 g2";
      case CONV_INT8 -> "n1 ic4 ih6 oc5 kh3 p1";
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> "n3 in20 out30";
      case GROUP_NORM -> "2x64x5x6";
      case MAX_POOL, AVG_POOL -> "n2 c5 ih9 kh3 s2 p1";
      case SOFTMAX -> "5x33";
      default -> op.axes() == 2 ? "40x41" : op.axes() == 4 ? "2x5x8x10" : "3x40x41";
    };
  }

  private static PreparedTask task(Op op) {
    PreparedTask task = new PreparedTask();
    task.op = op.option();
    task.shape = shape(op);
    task.contender = "lanewise";
    task.variant = "";
    task.threads = 1;
    return task;
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void everyOperationIsPreparedCheckedAndRun(Op op) {
    PreparedTask task = task(op);
    task.prepare();
    new OpBench().run(task, null);
    task.close();
  }

  @Test
  void aWrongResultIsRefused() {
    PreparedTask task = task(Op.CONV);
    task.contender = "fake-wrong";
    AssertionError e = assertThrows(AssertionError.class, task::prepare);
    assertTrue(e.getMessage().contains("element 0 is "), e.getMessage());
    task.op = "convolve";
    assertThrows(IllegalArgumentException.class, task::prepare);
  }

  /** In this JVM, so that no fork has to start. */
  @Test
  void jmhRunsItWithTheRoofsBesideEachIteration() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("OpBench")
                    .param("op", "relu")
                    .param("shape", "64x56x56")
                    .forks(0)
                    .warmupIterations(1)
                    .measurementIterations(2)
                    .warmupTime(TimeValue.milliseconds(20))
                    .measurementTime(TimeValue.milliseconds(20))
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    assertEquals(1, results.size());
    RunResult result = results.iterator().next();
    assertTrue(result.getPrimaryResult().getScore() > 100, "ns of 200,000 elements");
    Map<String, ? extends Result<?>> beside = Map.copyOf(secondary(result));
    assertTrue(beside.get("peakGflops").getScore() > 1, beside.toString());
    assertTrue(beside.get("copyGBs").getScore() > 0.1, beside.toString());
    assertEquals(64 * 56 * 56, score(beside.get("flops")), 1e-6);
    assertEquals(8 * 64 * 56 * 56, score(beside.get("bytes")), 1e-6);
  }

  /** Counts of two iterations are summed. */
  private static double score(Result<?> result) {
    return result.getScore() / 2;
  }

  @SuppressWarnings("rawtypes")
  private static Map<String, Result<?>> secondary(RunResult result) {
    Map<String, Result<?>> named = new java.util.HashMap<>();
    for (Map.Entry<String, Result> e : result.getSecondaryResults().entrySet()) {
      named.put(e.getKey(), e.getValue());
    }
    return named;
  }
}
