package io.lanewise.benchmarks.jmh;

import io.lanewise.benchmarks.TaskCost;
import io.lanewise.benchmarks.probe.Roofs;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Probes the roofs right before and right after each iteration, in the same JVM, on as many
 * threads, and hands the means to JMH as secondary results of that iteration; with the task's own
 * numbers beside them, so that a share is a division away.
 *
 * <p>The counters are methods: the code that JMH 1.37 generates calls them after the iteration's
 * tear-down, when both probes have run.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class RoofCounters {
  private static final long PROBE_NANOS = 15_000_000;

  private Roofs roofs;
  private TaskCost cost;
  private double peak;
  private double copy;

  /** For JMH. */
  public RoofCounters() {}

  /** Warms the probes up. */
  @Setup(Level.Trial)
  public void start(PreparedTask task) {
    cost = TaskCost.of(task.task());
    roofs = new Roofs(task.threads);
  }

  /** Probes before an iteration. */
  @Setup(Level.Iteration)
  public void before() {
    peak = roofs.peakGflops(PROBE_NANOS) / 2;
    copy = roofs.copyGigabytes(cost.bytes(), PROBE_NANOS) / 2;
  }

  /** Probes after an iteration. */
  @TearDown(Level.Iteration)
  public void after() {
    peak += roofs.peakGflops(PROBE_NANOS) / 2;
    copy += roofs.copyGigabytes(cost.bytes(), PROBE_NANOS) / 2;
  }

  /** Ends the probes' threads. */
  @TearDown(Level.Trial)
  public void stop() {
    roofs.close();
  }

  /** Peak of all threads together, in 10^9 floating-point operations a second. */
  public double peakGflops() {
    return peak;
  }

  /** Copy bandwidth of all threads together, in 10^9 bytes a second. */
  public double copyGBs() {
    return copy;
  }

  /** Floating-point operations of one run, by the direct algorithm. */
  public double flops() {
    return cost.flops();
  }

  /** Bytes that one run moves at least. */
  public double bytes() {
    return cost.bytes();
  }
}
