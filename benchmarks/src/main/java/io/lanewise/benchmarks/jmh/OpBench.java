package io.lanewise.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Any operation by any contender: {@code -p op=conv -p "shape=n1 ic64 ih56 oc64 kh3 p1"}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--sun-misc-unsafe-memory-access=allow" // JMH 1.37 reads field offsets through it
    })
public class OpBench {
  /** For JMH. */
  public OpBench() {}

  /** One run. */
  @Benchmark
  public void run(PreparedTask task, RoofCounters roofs) {
    task.run();
  }
}
