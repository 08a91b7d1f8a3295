package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Op;
import java.util.List;

/**
 * What a run was asked for.
 *
 * @param arguments of {@code lanewise bench}, which make it again
 * @param ops the operations
 * @param shapes the shape files, as named on the command line
 * @param batches batch sizes instead of the files', or empty for the files'
 * @param threads each number of threads that was measured
 * @param forks how often everything was repeated with fresh processes
 * @param rounds visits to each row in a fork
 * @param visitMillis least length of a visit
 * @param warmUpMillis least length of the warm-up before a row's first visit
 */
public record Settings(
    List<String> arguments,
    List<Op> ops,
    List<String> shapes,
    List<Integer> batches,
    List<Integer> threads,
    int forks,
    int rounds,
    int visitMillis,
    int warmUpMillis) {
  /** Validates; see the messages. */
  public Settings {
    arguments = Require.list("arguments", arguments);
    ops = Require.list("ops", ops);
    shapes = Require.list("shapes", shapes);
    batches = Require.list("batches", batches);
    batches.forEach(b -> Require.atLeast("batches", 1, b));
    threads = Require.list("threads", threads);
    threads.forEach(t -> Require.atLeast("threads", 1, t));
    Require.atLeast("forks", 1, forks);
    Require.atLeast("rounds", 1, rounds);
    Require.atLeast("visitMillis", 1, visitMillis);
    Require.atLeast("warmUpMillis", 0, warmUpMillis);
  }
}
