package io.lanewise.benchmarks.jmh;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.check.Verdict;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a bench runs: prepared and checked against the reference in each fork. */
@State(Scope.Benchmark)
public class PreparedTask {
  /** As on the command line of the harness. */
  @Param("conv")
  public String op;

  /** In the operation's text form. */
  @Param("n1 ic64 ih56 oc64 kh3 p1")
  public String shape;

  /** A contender on the class path. */
  @Param("lanewise")
  public String contender;

  /** One of the contender's variants; empty for its own choice. */
  @Param("")
  public String variant;

  /** Threads of a run, the calling one included. */
  @Param("1")
  public int threads;

  private Prepared prepared;

  /** For JMH. */
  public PreparedTask() {}

  /** Prepares, runs once and compares with the reference. */
  @Setup(Level.Trial)
  public void prepare() {
    Task task = task();
    Contender with = Contenders.load().named(contender);
    List<String> variants = with.variants(task);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException(contender + " cannot compute " + task);
    }
    prepared = with.prepare(task, variant.isEmpty() ? variants.getFirst() : variant, threads);
    prepared.run();
    Verdict verdict = Expectation.of(task).check(prepared.output());
    if (verdict.problem().isPresent()) {
      throw new AssertionError(verdict.problem().get());
    }
  }

  /** What is computed. */
  Task task() {
    Op known =
        Op.named(op).orElseThrow(() -> new IllegalArgumentException("no operation '" + op + "'"));
    return Task.of(known, shape);
  }

  /** One run. */
  void run() {
    prepared.run();
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void close() {
    prepared.close();
  }
}
