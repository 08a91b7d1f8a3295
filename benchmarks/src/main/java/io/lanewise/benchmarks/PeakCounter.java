package io.lanewise.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Probes {@link FmaPeak} right before and right after each iteration, in the same JVM, on the same
 * threads, and hands the mean of both to JMH as a secondary result of that iteration. So a share of
 * the peak compares two numbers a fraction of a second apart, whatever the machine does meanwhile.
 *
 * <p>The counter is a method: the code that JMH 1.37 generates calls it after the iteration's
 * tear-down, when both probes have run.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class PeakCounter {
  /** Name of the secondary result; not public, or JMH would count it too. */
  static final String LABEL = "peakGflops";

  private static final long PROBE_NANOS = 15_000_000;

  private double before;
  private double after;

  /** For JMH. */
  public PeakCounter() {}

  /** Warms the probe up on every thread. */
  @Setup(Level.Trial)
  public void warmUp(Team team) {
    team.parallel().forEach(team.threads, (task, worker) -> FmaPeak.warmUp());
  }

  /** Probes before an iteration. */
  @Setup(Level.Iteration)
  public void before(Team team) {
    before = probe(team);
  }

  /** Probes after an iteration. */
  @TearDown(Level.Iteration)
  public void after(Team team) {
    after = probe(team);
  }

  /** Peak of all threads together, in 10^9 floating-point operations a second. */
  public double peakGflops() {
    return (before + after) / 2;
  }

  private static double probe(Team team) {
    double[] rates = new double[team.threads];
    team.parallel()
        .forEach(team.threads, (task, worker) -> rates[task] = FmaPeak.gflops(PROBE_NANOS));
    return Arrays.stream(rates).sum();
  }
}
