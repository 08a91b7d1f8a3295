package io.lanewise.cli;

import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.compare.Comparison;
import io.lanewise.benchmarks.report.ComparisonText;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ResultFile;
import io.lanewise.benchmarks.result.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code lanewise bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Measures operations over lists of shapes: every contender in a process of its own, visited in"
          + " turn, each result checked, with the machine's peak and bandwidth measured in the same"
          + " rounds. The default takes a few minutes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise bench --quick",
      "  lanewise bench --op conv --shapes resnet50,mobilenetv2 --rivals",
      "  lanewise bench --only 3x3,1x1 --shapes resnet50,vgg16 --batch 1,8 --rivals",
      "  lanewise bench --op conv-sequence --threads 1,2 --batch 1,8",
      "  lanewise bench --model resnet50,mobilenet_v2 --batch 1,8 --rivals --contender"
          + " lanewise,onnxruntime",
      "  lanewise bench --op gemm --threads 1,2 --out before --forks 5",
      "  lanewise bench --compare before/bench.json after/bench.json"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:done",
      "1:a kernel of ours failed, or nothing could be measured, or read; with --fail-on-slower also:"
          + " something of ours is slower, or measured no more",
      "2:the command line is wrong"
    })
final class BenchCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where bench.json and bench.html go (default: lanewise-bench).")
  private Path out;

  @Option(
      names = "--record",
      paramLabel = "NAME",
      description =
          "Also puts the result into benchmarks/results and writes benchmarks/RESULTS.md anew.")
  private String record;

  @Option(
      names = "--compare",
      paramLabel = "JSON",
      arity = "2",
      description = {
        "Measures nothing, but tells what changed from one result to another beyond the noise."
      })
  private List<Path> compare;

  @Option(
      names = "--fail-on-slower",
      description =
          "With --compare: ends with 1 if something of ours is slower, or was measured before and"
              + " now failed or is not there.")
  private boolean failOnSlower;

  @Override
  public Integer call() {
    PrintWriter terminal = spec.commandLine().getOut();
    if (compare != null) {
      if (!options.untouched() || out != null || record != null) {
        throw wrong("--compare measures nothing: of the other options it takes --fail-on-slower");
      }
      return compare(terminal);
    }
    if (failOnSlower) {
      throw wrong("--fail-on-slower needs --compare");
    }
    Workload workload = options.workload();
    Settings settings = options.settings();
    if (record != null && !record.matches("[a-z0-9][a-z0-9.-]*")) {
      throw wrong(
          "--record takes a name of small letters, digits, '-' and '.', got '" + record + "'");
    }
    Path folder = out == null ? Path.of("lanewise-bench") : out;
    return new BenchRun(options, workload, settings, folder, record, terminal).run();
  }

  private int compare(PrintWriter terminal) {
    Comparison comparison = Comparison.of(read(compare.get(0)), read(compare.get(1)));
    ComparisonText.lines(comparison).forEach(terminal::println);
    terminal.flush();
    boolean worse = comparison.slower() || !comparison.lost().isEmpty();
    return failOnSlower && worse ? 1 : 0;
  }

  private static BenchResult read(Path file) {
    try {
      return ResultFile.read(file);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
