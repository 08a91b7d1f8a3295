package io.lanewise.cli;

import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.conformance.Conformance;
import io.lanewise.onnx.conformance.ConformanceCase;
import io.lanewise.onnx.conformance.ConformanceResult;
import io.lanewise.onnx.conformance.ConformanceResult.Outcome;
import io.lanewise.onnx.conformance.ModelExecutor;
import io.lanewise.onnx.conformance.SessionExecutor;
import io.lanewise.onnx.conformance.Tolerance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise conformance}. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Runs ONNX test models and compares their outputs with the expected ones: every folder in"
          + " DIR or below it that holds a model.onnx and folders test_data_set_N of input_N.pb and"
          + " output_N.pb, as the ONNX project's backend tests do. Prints what failed and what is"
          + " not supported, with reasons."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise conformance /usr/share/libonnx-testdata/data",
      "  lanewise conformance data/node --only \"test_resize*cubic\" --list"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:nothing failed",
      "1:a case failed, or there is none",
      "2:the command line is wrong"
    })
final class ConformanceCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where the cases are.")
  private Path folder;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description = "Only cases with this in their names; * stands for any text.")
  private String only = "";

  @Option(names = "--list", description = "Prints the cases that passed, too.")
  private boolean list;

  @Option(
      names = "--host",
      description = "Runs models node by node in plain Java, the reference, instead of compiled.")
  private boolean host;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ConformanceCase> cases = chosen();
    ModelExecutor executor =
        host ? ModelExecutor.HOST : new SessionExecutor(SessionOptions.defaults());
    long start = System.nanoTime();
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (ConformanceCase c : cases) {
      ConformanceResult result = c.check(executor, Tolerance.DEFAULT);
      counts.merge(result.outcome(), 1, Integer::sum);
      print(result, out);
    }
    out.printf(
        Locale.ROOT,
        "%d passed, %d failed, %d not supported, in %.1f s%n",
        counts.getOrDefault(Outcome.PASSED, 0),
        counts.getOrDefault(Outcome.FAILED, 0),
        counts.getOrDefault(Outcome.UNSUPPORTED, 0),
        (System.nanoTime() - start) / 1e9);
    out.flush();
    return counts.containsKey(Outcome.FAILED) ? 1 : 0;
  }

  private List<ConformanceCase> chosen() {
    Pattern pattern =
        Pattern.compile(
            Arrays.stream(only.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    List<ConformanceCase> chosen = new ArrayList<>();
    try {
      for (ConformanceCase c : Conformance.cases(folder)) {
        if (pattern.matcher(c.name()).find()) {
          chosen.add(c);
        }
      }
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
    if (chosen.isEmpty()) {
      String which = only.isEmpty() ? "no folder with a model.onnx" : "no case like '" + only + "'";
      throw new UserException(which + " in " + folder);
    }
    return chosen;
  }

  private void print(ConformanceResult result, PrintWriter out) {
    switch (result.outcome()) {
      case PASSED -> {
        if (list) {
          out.println("passed         " + result.name());
        }
      }
      case FAILED -> out.println("FAILED         " + result.name() + ": " + result.reason());
      case UNSUPPORTED -> out.println("not supported  " + result.name() + ": " + result.reason());
    }
  }
}
