package io.lanewise.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to measure and how long.
 *
 * @param op an operation's name, or {@code all}
 * @param shapes names or paths of shape files; empty for each operation's own
 * @param backends {@code simd}, {@code scalar} or both
 * @param batch batch size instead of the one in the shape files
 * @param threads threads of the measured operation
 * @param forks JVMs, one after the other
 * @param quick short iterations in one JVM: to see that it runs
 * @param markdown file whose section is written
 */
record BenchOptions(
    String op,
    List<String> shapes,
    List<String> backends,
    Optional<Integer> batch,
    int threads,
    int forks,
    boolean quick,
    Optional<Path> markdown) {

  static final String USAGE =
      """
      Measures operations over lists of shapes, each iteration next to a probe of the FMA peak.

        --op gemm|conv|conv-backward-data|conv-backward-weights|all   default conv
        --shapes NAME,FILE,...   shape files: lenet5, resnet50, vgg16, mobilenetv1, gemm, regressions
                                 or paths; default: the networks, and gemm for gemm
        --backend simd,scalar    default both
        --batch N                batch size instead of the files'
        --threads N              default 1
        --forks N                JVMs to measure in, default 3 (1 with --quick)
        --quick                  short iterations: shows that it runs, proves no number
        --markdown FILE          writes the table as a section of FILE, replacing the same one
        --help
      """;

  /** Iterations before the measured ones, each {@link #iterationMillis} long. */
  int warmups() {
    return quick ? 3 : 8;
  }

  /** Measured iterations in each fork. */
  int iterations() {
    return quick ? 3 : 8;
  }

  /** Least length of an iteration. */
  int iterationMillis() {
    return quick ? 100 : 500;
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static BenchOptions parse(List<String> args) {
    String op = "conv";
    List<String> shapes = List.of();
    List<String> backends = List.of("simd", "scalar");
    Optional<Integer> batch = Optional.empty();
    Optional<Integer> forks = Optional.empty();
    int threads = 1;
    boolean quick = false;
    Optional<Path> markdown = Optional.empty();
    for (int i = 0; i < args.size(); i++) {
      String option = args.get(i);
      if (option.equals("--quick")) {
        quick = true;
        continue;
      }
      if (i + 1 == args.size()) {
        throw new IllegalArgumentException("unknown option, or no value after it: " + option);
      }
      String value = args.get(++i);
      switch (option) {
        case "--op" -> op = value;
        case "--shapes" -> shapes = list(value);
        case "--backend" -> backends = list(value);
        case "--batch" -> batch = Optional.of(atLeastOne(option, value));
        case "--threads" -> threads = atLeastOne(option, value);
        case "--forks" -> forks = Optional.of(atLeastOne(option, value));
        case "--markdown" -> markdown = Optional.of(Path.of(value));
        default -> throw new IllegalArgumentException("unknown option: " + option);
      }
    }
    return new BenchOptions(
        op, shapes, backends, batch, threads, forks.orElse(quick ? 1 : 3), quick, markdown);
  }

  private static List<String> list(String value) {
    return List.of(value.split(",", -1));
  }

  private static int atLeastOne(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is too small
    }
    throw new IllegalArgumentException(option + " needs a number from 1, got '" + value + "'");
  }
}
