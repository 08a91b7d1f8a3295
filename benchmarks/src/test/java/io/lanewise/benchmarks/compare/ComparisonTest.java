package io.lanewise.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.JvmInfo;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a comparison finds in noise of known kinds. */
class ComparisonTest {
  private static final int TRIES = 200;

  /** The promise of the class: intervals hold what they say, with few rows and forks, too. */
  @ParameterizedTest
  @CsvSource({"6, 3, 8", "46, 3, 8", "10, 5, 5", "1, 5, 8", "1, 3, 8", "2, 3, 8"})
  void nothingIsFoundInTheSameCode(int rows, int forks, int rounds) {
    Simulation simulation = new Simulation(rows, forks, rounds);
    Random noise = new Random(rows);
    int quiet = 0;
    for (int i = 0; i < TRIES; i++) {
      Comparison c = Comparison.of(simulation.run(i, noise, 1), simulation.run(i, noise, 1));
      quiet += c.nothingFound() ? 1 : 0;
    }
    assertTrue(quiet >= 0.97 * TRIES, quiet + " of " + TRIES);
  }

  /**
   * The promise of the project: in 19 of 20 runs a kernel of the same code shows no change. With 5
   * forks that takes some ten rows, with 10 forks three; with fewer, more tries end with "cannot
   * tell".
   */
  @ParameterizedTest
  @CsvSource({"6, 5, 8, 85", "10, 5, 8, 95", "46, 5, 8, 98", "3, 10, 8, 95"})
  void theSameCodeIsKnownToBeUnchanged(int rows, int forks, int rounds, int least) {
    Simulation simulation = new Simulation(rows, forks, rounds);
    Random noise = new Random(rows);
    int unchanged = 0;
    for (int i = 0; i < TRIES; i++) {
      Comparison c = Comparison.of(simulation.run(i, noise, 1), simulation.run(i, noise, 1));
      unchanged += c.unchanged() ? 1 : 0;
    }
    assertTrue(100 * unchanged >= least * TRIES, unchanged + " of " + TRIES);
  }

  @Test
  void whoCannotTellDoesNotSayUnchanged() {
    Change same = change(0.97, 1.03);
    Change unclear = change(0.5, 2);
    Row.Key key = new Row.Key(Op.RELU, "1", "lanewise", "default", 1);
    assertTrue(
        comparison(List.of(unclear, same), List.of(same)).unchanged(), "rows may be unclear");
    assertFalse(comparison(List.of(same, same), List.of(unclear)).unchanged());
    assertFalse(comparison(List.of(same, change(1.02, 1.1)), List.of(same)).unchanged());
    assertTrue(comparison(List.of(same), List.of()).unchanged());
    assertFalse(comparison(List.of(unclear), List.of()).unchanged());
    assertFalse(comparison(List.of(), List.of()).unchanged());
    assertFalse(new Comparison(List.of(same), List.of(same), List.of(key), List.of()).unchanged());
  }

  private static Comparison comparison(List<Change> rows, List<Change> kernels) {
    return new Comparison(rows, kernels, List.of(), List.of());
  }

  /**
   * Forks apart by 2 %, rounds alike: each mean of two has the variance 10^-4. With one row the
   * degrees of freedom are its own 2; of two equal ones each has 2 / (1/4 + 3/8) = 3.2.
   */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3.2", "3, 4", "10, 4"})
  void intervalsAreStudentsWithWhatRowsBorrow(int rows, double degreesOfFreedom) {
    Simulation simulation = new Simulation(rows, 2, 3);
    BenchResult result =
        simulation.result(
            IntStream.range(0, rows).mapToObj(i -> Simulation.row(i, apart(0.02))).toList());
    double risk = (1 - Comparison.CONFIDENCE) / 2 / rows;
    double t = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(risk / 2);
    for (Change c : Comparison.of(result, result).rows()) {
      assertEquals(t * Math.sqrt(2e-4), Math.log(c.high()), 1e-6);
    }
  }

  private static List<Sample> apart(double distance) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      samples.add(new Sample(1 + i / 3, 1 + i % 3, 1e6 * Math.exp(i < 3 ? 0 : distance), 130, 30));
    }
    return samples;
  }

  @ParameterizedTest
  @CsvSource({"6, 3, 8, 70", "46, 3, 8, 95", "10, 5, 5, 90", "10, 5, 8, 97"})
  void aKernelSlowedByFivePercentIsFound(int rows, int forks, int rounds, int least) {
    Simulation simulation = new Simulation(rows, forks, rounds);
    Random noise = new Random(rows);
    int found = 0;
    for (int i = 0; i < TRIES; i++) {
      Comparison c = Comparison.of(simulation.run(i, noise, 1), simulation.run(i, noise, 1.05));
      found += c.slower() ? 1 : 0;
      assertTrue(c.all().noneMatch(x -> x.verdict() == Verdict.FASTER));
    }
    assertTrue(100 * found >= least * TRIES, found + " of " + TRIES);
  }

  @Test
  void theRatioIsThatOfTheTimesAndTheIntervalHoldsIt() {
    Simulation simulation = new Simulation(10, 5, 8);
    Random noise = new Random(5);
    Comparison c = Comparison.of(simulation.run(1, noise, 1), simulation.run(1, noise, 0.5));
    assertEquals(10, c.rows().size());
    assertEquals(1, c.kernels().size(), "one kernel is all of its contender");
    assertEquals("relu, lanewise default, 1 thread", c.kernels().getFirst().what());
    assertEquals(10, c.kernels().getFirst().rows());
    c.all()
        .forEach(
            x -> {
              assertEquals(0.5, x.ratio(), 0.03);
              assertTrue(x.low() < 0.5 && 0.5 < x.high(), x.toString());
              assertEquals(Verdict.FASTER, x.verdict());
            });
    assertFalse(c.unchanged());
    assertFalse(c.slower());
  }

  /** The machine halves its clock between the runs, and peak and kernel with it. */
  @Test
  void whatSlowsThePeakTooIsNoChange() {
    Simulation simulation = new Simulation(4, 5, 8);
    Random noise = new Random(6);
    BenchResult old = simulation.run(1, noise, 1);
    List<Row> slow = new ArrayList<>();
    for (Row row : simulation.run(1, noise, 1).rows()) {
      slow.add(
          Simulation.row(
              slow.size(),
              row.samples().stream()
                  .map(
                      s ->
                          new Sample(
                              s.fork(), s.round(), 2 * s.nanos(), s.peakGflops() / 2, s.copyGBs()))
                  .toList()));
    }
    assertTrue(Comparison.of(old, simulation.result(slow)).unchanged());
  }

  /** Times that follow the copy loop are measured by it. */
  @Test
  void theRoofThatExplainsMoreIsTheUnit() {
    Simulation simulation = new Simulation(1, 3, 8);
    Random noise = new Random(7);
    BenchResult old = simulation.result(List.of(memoryBound(noise, 30)));
    BenchResult now = simulation.result(List.of(memoryBound(noise, 20)));
    Change change = Comparison.of(old, now).rows().getFirst();
    assertEquals(1, change.ratio(), 0.01);
    assertEquals(Verdict.SAME, change.verdict());
  }

  private static Row memoryBound(Random noise, double bandwidth) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      double copy = bandwidth * Math.exp(0.2 * noise.nextGaussian());
      double nanos = 1e9 / copy * Math.exp(0.003 * noise.nextGaussian());
      samples.add(new Sample(1 + i / 8, 1 + i % 8, nanos, 130, copy));
    }
    return Simulation.row(0, samples);
  }

  @Test
  void oneForkSaysNothing() {
    Simulation one = new Simulation(3, 1, 8);
    Random noise = new Random(8);
    Comparison c = Comparison.of(one.run(1, noise, 1), one.run(1, noise, 2));
    assertEquals(3, c.rows().size());
    assertTrue(c.rows().stream().allMatch(x -> x.verdict() == Verdict.UNCLEAR));
    assertTrue(c.nothingFound());
    assertFalse(c.unchanged());
    assertTrue(c.warnings().get(0).startsWith("the old result has one fork"), "" + c.warnings());
  }

  @Test
  void nothingInCommonIsNoComparison() {
    Simulation s = new Simulation(1, 3, 3);
    BenchResult some = s.run(1, new Random(9), 1);
    Comparison c = Comparison.of(s.result(List.of()), some);
    assertEquals(List.of(), c.rows());
    assertEquals(List.of(), c.lost());
    assertFalse(c.unchanged());
    assertEquals(
        List.of("1 row is in the new result only, such as: relu 1, lanewise default, 1 thread"),
        c.warnings());
  }

  @Test
  void otherCircumstancesAreToldOf() {
    BenchResult a = new Simulation(2, 3, 3).run(1, new Random(10), 1);
    BenchResult b =
        new BenchResult(
            a.version(),
            a.date(),
            new HostInfo("other", "amd64", 2, 1 << 15, 1 << 20, null, "os"),
            new JvmInfo("vm", "26", List.of("-XX:UseAVX=2")),
            null,
            a.settings(),
            List.of(new ContenderInfo("lanewise", "2")),
            a.rows());
    assertEquals(
        List.of(
            "the processors differ: old cpu, new other",
            "the JVMs differ: old vm 25, new vm 26",
            "the JVM flags differ: old , new -XX:UseAVX=2",
            "the versions of lanewise differ: old 1, new 2"),
        Comparison.of(a, b).warnings());
  }

  @Test
  void aRivalThatChangesTellsOfTheMachine() {
    Simulation s = new Simulation(10, 5, 8);
    Random noise = new Random(11);
    BenchResult old = rival(s, s.run(1, noise, 1));
    BenchResult now = rival(s, s.run(1, noise, 1.2));
    assertFalse(Comparison.of(old, now).slower());
    assertFalse(Comparison.of(old, now).unchanged());
    assertEquals(
        List.of(
            "relu, onednn default, 1 thread is slower, although its code is not ours: the machine"
                + " was not the same"),
        Comparison.of(old, now).warnings());
  }

  @Test
  void whatIsLostIsOursThatWasMeasured() {
    Simulation s = new Simulation(3, 3, 3);
    BenchResult old = s.run(1, new Random(12), 1);
    List<Row> rows = old.rows();
    Row failed = failed(rows.get(0));
    Comparison c = Comparison.of(old, s.result(List.of(failed, rows.get(2))));
    assertEquals(List.of(rows.get(0).key(), rows.get(1).key()), c.lost());
    assertEquals(1, c.rows().size());
    assertEquals(List.of(), Comparison.of(s.result(List.of(failed)), s.result(List.of())).lost());
    assertEquals(List.of(), Comparison.of(rival(s, old), s.result(List.of())).lost());
  }

  private static Row failed(Row r) {
    return new Row(
        r.op(),
        r.shape(),
        r.uses(),
        r.flops(),
        r.bytes(),
        r.level(),
        r.contender(),
        r.variant(),
        r.threads(),
        null,
        null,
        null,
        List.of(),
        "crashed");
  }

  private static BenchResult rival(Simulation s, BenchResult of) {
    List<Row> rows = new ArrayList<>();
    for (Row r : of.rows()) {
      rows.add(
          new Row(
              r.op(),
              r.shape(),
              r.uses(),
              r.flops(),
              r.bytes(),
              r.level(),
              "onednn",
              r.variant(),
              r.threads(),
              r.worstError(),
              r.rmsError(),
              r.allocatedBytes(),
              r.samples(),
              null));
    }
    return s.result(rows);
  }

  @Test
  void verdictsFollowFromTheInterval() {
    assertEquals(Verdict.SLOWER, change(1.011, 1.2).verdict());
    assertEquals(Verdict.SAME, change(1.005, 1.04).verdict());
    assertEquals(Verdict.SAME, change(0.96, 1.04).verdict());
    assertEquals(Verdict.UNCLEAR, change(0.96, 1.06).verdict());
    assertEquals(Verdict.UNCLEAR, change(0.9, 1.04).verdict());
    assertEquals(Verdict.FASTER, change(0.9, 0.985).verdict());
  }

  private static Change change(double low, double high) {
    return new Change("x", "lanewise", 1, 1, low, high);
  }
}
