package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchesTest {
  @Test
  void jmhFindsTheBenchOfEveryOperation() {
    Set<String> found =
        BenchmarkList.defaultList()
            .find(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of("io.lanewise"),
                List.of())
            .stream()
            .map(BenchmarkListEntry::getUsername)
            .collect(Collectors.toSet());

    assertEquals(
        Arrays.stream(Op.values())
            .map(op -> op.bench().getName() + ".run")
            .collect(Collectors.toSet()),
        found);
  }

  @Test
  void oneRunsInThisJvmWithAPeakBesideEachIteration() throws IOException {
    String shape = "n1 ic6 ih14 oc16 kh5";
    BenchOptions quick = BenchOptions.parse(List.of("--quick"));
    Measurement.Problem problem =
        new Measurement.Problem(Op.CONV, shape, 1, "scalar", "im2col", Op.CONV.flops(shape));

    Measurement m = JmhRun.run(problem, quick, 0);

    assertEquals(quick.iterations(), m.iterations().size());
    for (Measurement.Iteration i : m.iterations()) {
      assertTrue(i.nanos() > 1_000, "480,000 operations take longer than " + i.nanos() + " ns");
      assertTrue(i.peakGflops() > 2 && i.peakGflops() < 500, "peak " + i.peakGflops());
    }
  }

  @Test
  void aFailureCarriesJmhsReport() {
    BenchOptions quick = BenchOptions.parse(List.of("--quick"));
    Measurement.Problem problem =
        new Measurement.Problem(Op.CONV, "ic1 ih2 oc1 kh3", 1, "scalar", "im2col", 1);
    IOException e = assertThrows(IOException.class, () -> JmhRun.run(problem, quick, 0));
    assertTrue(e.getMessage().contains("IllegalArgumentException"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"simd, 1", "scalar, 1", "simd, 2"})
  void allCheckTheirResultsAndRun(String backend, int threads) {
    Team team = new Team();
    team.threads = threads;
    team.start();
    GemmBench gemm = new GemmBench();
    gemm.shape = "20 30 40";
    gemm.backend = backend;
    gemm.plan(team);
    assertEquals(20 * 30, gemm.run(team, null).size());
    ConvForwardBench forward = new ConvForwardBench();
    forward.shape = "n2 ic4 ih9 oc8 kh3 s2 p1 g2";
    forward.backend = backend;
    forward.plan(team);
    assertEquals(2 * 8 * 25, forward.run(team, null).size());
    ConvBackwardDataBench data = new ConvBackwardDataBench();
    data.shape = forward.shape;
    data.backend = backend;
    data.plan(team);
    assertEquals(2 * 4 * 81, data.run(team, null).size());
    ConvBackwardWeightsBench weights = new ConvBackwardWeightsBench();
    weights.shape = forward.shape;
    weights.backend = backend;
    weights.plan(team);
    assertEquals(8 * 2 * 9, weights.run(team, null).size());
    team.stop();
  }

  @Test
  void peakOfATeamCountsEveryThread() {
    Team team = new Team();
    team.threads = 2;
    team.start();
    PeakCounter counter = new PeakCounter();
    counter.warmUp(team);
    counter.before(team);
    counter.after(team);
    assertEquals(2, team.parallel().workers());
    assertTrue(counter.peakGflops() > 2 && counter.peakGflops() < 1000);
    team.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", ""})
  void otherBackendsAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Inputs.backend(name));
  }
}
