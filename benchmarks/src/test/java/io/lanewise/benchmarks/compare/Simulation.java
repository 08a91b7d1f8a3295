package io.lanewise.benchmarks.compare;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.JvmInfo;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.benchmarks.result.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Results with the noise of a shared machine. On a row's logarithm of time lie: a shift of the
 * whole run (0.4 %), of a fork (0.5 %), of the row in a fork (1 % for the median row, others from
 * half to twice that; in 3 forks of 100, further code that came out slow, 10 % in the mean), and of
 * a round (3 %, with the heavy tails of Student's distribution of 3 degrees).
 *
 * @param rows how many rows
 * @param forks of each
 * @param rounds in each fork
 */
record Simulation(int rows, int forks, int rounds) {
  private static final double RUN = 0.004;
  private static final double FORK = 0.005;
  private static final double ROW_IN_FORK = 0.01;
  private static final double SLOW_CODE = 0.03;
  private static final double SLOWER_BY = 0.1;
  private static final double ROUND = 0.03;

  /**
   * One run.
   *
   * @param rowSeed makes the rows: the same in runs that are compared
   * @param noise differs in each run
   * @param factor how much slower the code is, 1 for the same
   */
  BenchResult run(long rowSeed, Random noise, double factor) {
    Random kinds = new Random(rowSeed);
    double run = RUN * noise.nextGaussian();
    double[] fork = noise.doubles(forks).map(u -> FORK * noise.nextGaussian()).toArray();
    List<Row> made = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double spread = ROW_IN_FORK * Math.exp(0.5 * kinds.nextGaussian());
      double round = ROUND * Math.exp(0.4 * kinds.nextGaussian());
      List<Sample> samples = new ArrayList<>();
      for (int f = 0; f < forks; f++) {
        double slow =
            noise.nextDouble() < SLOW_CODE ? -SLOWER_BY * Math.log(noise.nextDouble()) : 0;
        double level = run + fork[f] + spread * noise.nextGaussian() + slow;
        for (int r = 0; r < rounds; r++) {
          double peak = 130 * Math.exp(0.05 * noise.nextGaussian());
          double time = 1e8 * factor * Math.exp(level + round * student3(noise)) / peak;
          samples.add(new Sample(f + 1, r + 1, time, peak, 30));
        }
      }
      made.add(row(row, samples));
    }
    return result(made);
  }

  /** Variance 1. */
  private static double student3(Random random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double g = random.nextGaussian();
      squares += g * g;
    }
    return random.nextGaussian() / Math.sqrt(squares / 3) / Math.sqrt(3);
  }

  static Row row(int number, List<Sample> samples) {
    return new Row(
        Op.RELU,
        Integer.toString(number + 1),
        List.of(new Use("f", 1)),
        1_000,
        1_000,
        MemoryLevel.L1,
        "lanewise",
        "default",
        1,
        0.0,
        0.0,
        null,
        samples,
        null);
  }

  BenchResult result(List<Row> made) {
    return new BenchResult(
        BenchResult.VERSION,
        "2026-11-22T05:30:00Z",
        new HostInfo("cpu", "amd64", 2, 1 << 15, 1 << 20, null, "os"),
        new JvmInfo("vm", "25", List.of()),
        null,
        new Settings(
            List.of(),
            List.of(Op.RELU),
            List.of("f"),
            List.of(),
            List.of(1),
            forks,
            rounds,
            30,
            300),
        List.of(new ContenderInfo("lanewise", "1")),
        made);
  }
}
