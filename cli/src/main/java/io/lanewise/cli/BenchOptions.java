package io.lanewise.cli;

import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.Family;
import io.lanewise.benchmarks.result.Settings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to measure, and how long. */
final class BenchOptions {
  private static final String ALL = "all";
  private static final int VISIT_MILLIS = 30;
  private static final int WARM_UP_MILLIS = 300;
  private static final int QUICK_VISIT_MILLIS = 10;
  private static final int QUICK_WARM_UP_MILLIS = 100;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--op",
      paramLabel = "OP",
      split = ",",
      completionCandidates = Ops.class,
      description = "Operations, or all: ${COMPLETION-CANDIDATES} (default: conv).")
  private List<String> ops = List.of();

  @Option(
      names = "--shapes",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Files.class,
      description =
          "Lists of shapes, or files of one's own: ${COMPLETION-CANDIDATES} (default: resnet50 for"
              + " convolutions, gemm for gemm, ops for the rest).")
  private List<String> shapes = List.of();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      split = ",",
      description =
          "Whole networks: of the list models, which tools/bench-models makes, or ONNX files of one"
              + " input.")
  private List<String> models = List.of();

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: lanewise, lanewise-scalar, and with --rivals those that it names.")
  private List<String> contenders = List.of();

  @Option(
      names = "--rivals",
      description =
          "Measures the other libraries of benchmarks/rivals, too; builds them first if need be,"
              + " and leaves out what cannot be fetched.")
  private boolean rivals;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Numbers of threads (default: 1).")
  private List<Integer> threads = List.of();

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      description = "Batch sizes instead of the lists'.")
  private List<Integer> batches = List.of();

  @Option(
      names = "--only",
      paramLabel = "FAMILY",
      split = ",",
      completionCandidates = Families.class,
      description = "Only tasks of these families: ${COMPLETION-CANDIDATES}.")
  private List<String> families = List.of();

  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "How often everything is repeated with fresh processes (default: 3; take 5 for results to"
              + " be compared).")
  private Integer forks;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Visits of each contender in a fork (default: 8).")
  private Integer rounds;

  @Option(
      names = "--quick",
      description = "One fork of three short rounds: shows that it runs, proves no number.")
  private boolean quick;

  /** For the help text. */
  static final class Ops implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }

    static List<String> names() {
      return Arrays.stream(Op.values()).map(Op::option).toList();
    }

    static List<String> withAll() {
      return Stream.concat(Stream.of(ALL), names().stream()).toList();
    }
  }

  /** For the help text. */
  static final class Families implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }

    static List<String> names() {
      return Arrays.stream(Family.values()).map(Family::option).toList();
    }
  }

  /** For the help text. */
  static final class Files implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ShapeFile.BUILT_IN.iterator();
    }
  }

  boolean rivals() {
    return rivals;
  }

  /** Names; empty for all that are there. */
  List<String> contenders() {
    return contenders;
  }

  /** True if nothing was asked for: all is as by default. */
  boolean untouched() {
    return arguments().isEmpty();
  }

  /**
   * Reads the lists; a mistake in them, or in an option, is the command line's.
   *
   * @throws ParameterException naming the option
   */
  Workload workload() {
    if (!models.isEmpty()) {
      return models();
    }
    List<Op> asked = ops();
    try {
      for (Op op : asked) {
        boolean named = !ops.contains(ALL);
        if (named && Workload.of(List.of(op), shapes, batches()).items().isEmpty()) {
          throw wrong("--op " + op.option() + ": no such task in " + String.join(", ", shapes));
        }
      }
      Workload all = Workload.of(asked, shapes, batches());
      if (all.items().isEmpty()) {
        throw wrong("--shapes: no task in " + String.join(", ", shapes));
      }
      return families.isEmpty() ? all : only(all);
    } catch (NoSuchFileException e) {
      throw wrong(
          "--shapes: '"
              + e.getFile()
              + "' is neither a file nor one of "
              + String.join(", ", ShapeFile.BUILT_IN)
              + Nearest.question(e.getFile(), ShapeFile.BUILT_IN));
    } catch (IOException e) {
      throw wrong("--shapes: " + Problems.describe(e));
    } catch (IllegalArgumentException e) {
      throw wrong("--batch: " + e.getMessage());
    }
  }

  private Workload models() {
    if (!ops.isEmpty() || !shapes.isEmpty() || !families.isEmpty()) {
      throw wrong("--model takes no --op, --shapes or --only");
    }
    StringBuilder lines = new StringBuilder();
    for (Task.Model model : new ModelChoice(spec.commandLine()).models("--model", models)) {
      lines.append(Op.MODEL.option()).append(' ').append(model).append('\n');
    }
    try {
      ShapeFile list = ShapeFile.of(ModelChoice.LIST, lines.toString());
      return Workload.of(Op.MODEL, list, batches());
    } catch (IOException e) {
      throw wrong("--model: " + Problems.describe(e));
    } catch (IllegalArgumentException e) {
      throw wrong("--batch: " + e.getMessage());
    }
  }

  private Workload only(Workload all) {
    List<Family> wanted = new ArrayList<>();
    for (String name : families) {
      wanted.add(Family.named(name).orElseThrow(() -> unknown("--only", name, Families.names())));
    }
    Workload some = all.only(task -> wanted.stream().anyMatch(f -> f.has(task)));
    if (some.items().isEmpty()) {
      throw wrong("--only " + String.join(",", families) + ": no such task among those asked for");
    }
    return some;
  }

  private List<Op> ops() {
    if (ops.contains(ALL)) {
      return Arrays.stream(Op.values()).filter(op -> op != Op.MODEL).toList(); // those need files
    }
    if (!models.isEmpty()) {
      return List.of(Op.MODEL);
    }
    List<Op> found = new ArrayList<>();
    for (String name : ops.isEmpty() ? List.of(Op.CONV.option()) : ops) {
      found.add(Op.named(name).orElseThrow(() -> unknown("--op", name, Ops.withAll())));
    }
    return found.stream().distinct().toList();
  }

  private List<Integer> batches() {
    batches.forEach(n -> inRange("--batch", n, 1, 65_536));
    return batches.stream().distinct().toList();
  }

  /** All that a result has to know about how it came to be. */
  Settings settings() {
    List<Op> asked = ops();
    List<String> files =
        shapes.isEmpty()
            ? asked.stream().flatMap(op -> Workload.usualFiles(op).stream()).distinct().toList()
            : shapes;
    return new Settings(
        arguments(),
        asked,
        files,
        batches(),
        threads(),
        forks == null ? (quick ? 1 : 3) : inRange("--forks", forks, 1, 100),
        rounds == null ? (quick ? 3 : 8) : inRange("--rounds", rounds, 1, 1_000),
        quick ? QUICK_VISIT_MILLIS : VISIT_MILLIS,
        quick ? QUICK_WARM_UP_MILLIS : WARM_UP_MILLIS);
  }

  private List<Integer> threads() {
    int most = Runtime.getRuntime().availableProcessors();
    for (int n : threads) {
      if (n < 1 || n > most) {
        throw wrong(
            "--threads must be 1 to "
                + most
                + ", the processors of this machine (more would measure the scheduler), got "
                + n);
      }
    }
    return threads.isEmpty() ? List.of(1) : threads.stream().distinct().toList();
  }

  /** The words that make the same run again. */
  private List<String> arguments() {
    List<String> words = new ArrayList<>();
    list(words, "--op", ops);
    list(words, "--shapes", shapes);
    list(words, "--model", models);
    list(words, "--contender", contenders);
    flag(words, "--rivals", rivals);
    list(words, "--threads", threads);
    list(words, "--batch", batches);
    list(words, "--only", families);
    value(words, "--forks", forks);
    value(words, "--rounds", rounds);
    flag(words, "--quick", quick);
    return words;
  }

  private static void list(List<String> words, String option, List<?> values) {
    if (!values.isEmpty()) {
      words.add(option);
      words.add(String.join(",", values.stream().map(Object::toString).toList()));
    }
  }

  private static void value(List<String> words, String option, Integer value) {
    if (value != null) {
      words.add(option);
      words.add(value.toString());
    }
  }

  private static void flag(List<String> words, String option, boolean set) {
    if (set) {
      words.add(option);
    }
  }

  private int inRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(option + " must be " + least + " to " + most + ", got " + value);
    }
    return value;
  }

  private ParameterException unknown(String option, String name, List<String> known) {
    return wrong(
        option
            + ": '"
            + name
            + "' is none of "
            + String.join(", ", known)
            + Nearest.question(name, known));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
