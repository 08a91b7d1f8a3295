package io.lanewise.benchmarks;

import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The threads that one measured operation may use; JMH itself calls from a single thread. */
@State(Scope.Benchmark)
public class Team {
  /** Threads, the calling one included. */
  @Param("1")
  public int threads;

  private ForkJoinTeam helpers;

  /** For JMH. */
  public Team() {}

  /** Starts the threads, if there is more than one. */
  @Setup(Level.Trial)
  public void start() {
    helpers = threads == 1 ? null : ForkJoinTeam.of(threads);
  }

  /** What operations are handed. */
  public Parallel parallel() {
    return helpers == null ? Parallel.SEQUENTIAL : helpers;
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void stop() {
    if (helpers != null) {
      helpers.close();
    }
  }
}
