package io.lanewise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs one problem under JMH and takes time and peak out of every measured iteration. */
final class JmhRun {
  /** What each fork is started with, beside what this JVM was. */
  static final List<String> FORK_FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--sun-misc-unsafe-memory-access=allow"); // JMH 1.37 reads field offsets

  private JmhRun() {}

  /**
   * Measures, with JMH's own report in a temporary file that is deleted on success.
   *
   * @param forks JVMs; 0 runs in this one
   * @throws IOException with JMH's report if the bench failed, for example on a wrong result
   */
  static Measurement run(Measurement.Problem problem, BenchOptions options, int forks)
      throws IOException {
    Path log = Files.createTempFile("lanewise-bench", ".log");
    try {
      Collection<RunResult> results = new Runner(jmh(problem, options, forks, log)).run();
      return measurement(problem, results);
    } catch (RunnerException e) {
      throw new IOException(
          "could not measure " + problem + "; JMH says:\n" + Files.readString(log), e);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static Options jmh(
      Measurement.Problem problem, BenchOptions options, int forks, Path log) {
    TimeValue length = TimeValue.milliseconds(options.iterationMillis());
    return new OptionsBuilder()
        .include("^" + Pattern.quote(problem.op().bench().getName() + ".run") + "$")
        .param("shape", problem.shape())
        .param("backend", problem.backend())
        .param("threads", Integer.toString(options.threads()))
        .forks(forks)
        .warmupIterations(options.warmups())
        .warmupTime(length)
        .measurementIterations(options.iterations())
        .measurementTime(length)
        .jvmArgsAppend(FORK_FLAGS.toArray(String[]::new))
        .shouldFailOnError(true)
        .output(log.toString())
        .build();
  }

  private static Measurement measurement(
      Measurement.Problem problem, Collection<RunResult> results) {
    List<Measurement.Iteration> iterations = new ArrayList<>();
    for (RunResult run : results) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          Result<?> peak = iteration.getSecondaryResults().get(PeakCounter.LABEL);
          iterations.add(
              new Measurement.Iteration(iteration.getPrimaryResult().getScore(), peak.getScore()));
        }
      }
    }
    return new Measurement(problem, iterations);
  }
}
