package io.lanewise.cli;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.Verdict;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code lanewise verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Checks on this machine that a backend keeps the laws of its operations: results"
          + " against a naive reference and a bound, algebra, memory, threads, and the same bits in"
          + " JVMs of other kinds. Takes about a minute."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise verify",
      "  lanewise verify --op conv,gemm --cases 1000",
      "  lanewise verify --backend com.example.MyBackend --classpath my.jar",
      "  lanewise verify --law conv.adjoint --case \"ic3 ih5 oc2 kh3 p1\" --seed 7"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:every law holds that the backend offers anything for",
      "1:a law fails, or a file cannot be written",
      "2:the command line is wrong"
    })
final class VerifyCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "best",
      description =
          "best, simd, scalar, reference, or a public class that implements"
              + " io.lanewise.kernels.Backend and has a constructor without arguments or a static"
              + " method backend() (default: ${DEFAULT-VALUE}).")
  private String backendName;

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      defaultValue = "",
      description = "Jars and folders with that class and what it needs, as java -cp takes them.")
  private String classPath;

  @Option(
      names = "--cases",
      paramLabel = "N",
      defaultValue = "100",
      description = "Cases of each law (default: ${DEFAULT-VALUE}).")
  private int cases;

  @Option(
      names = "--op",
      paramLabel = "OP",
      split = ",",
      description = "Only laws about these operations; --list shows all.")
  private List<String> ops = List.of();

  @Option(
      names = "--law",
      paramLabel = "NAME",
      split = ",",
      arity = "1..*",
      description = "Only these laws.")
  private List<String> laws = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides cases and data (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--case",
      paramLabel = "SHAPE",
      description = "Repeats one case of the one law given, with --seed, as a failure printed it.")
  private String shape;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the results there, too.")
  private Path json;

  @Option(names = "--list", description = "Shows the laws, with formulas and sources, and ends.")
  private boolean list;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    BackendName name = named(() -> BackendName.of(backendName, classPath, File.pathSeparator));
    List<Law<?>> chosen = named(() -> LawChoice.of(LawChoice.all(name), ops, laws));
    if (list) {
      LawChoice.list(chosen, out);
      return 0;
    }
    check(chosen);
    Backend backend = named(() -> load(name));
    return shape == null ? checkAll(chosen, backend, out) : repeat(chosen.getFirst(), backend, out);
  }

  /** What the user named wrongly is the command line's mistake. */
  private <T> T named(Callable<T> choice) {
    try {
      return choice.call();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Backend load(BackendName name) {
    try {
      return name.load();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      String choices =
          e.getCause() instanceof ClassNotFoundException
              ? "; expected "
                  + String.join(", ", BackendName.BUILT_IN)
                  + " or a class"
                  + Nearest.question(name.name(), BackendName.BUILT_IN)
              : "";
      throw new IllegalArgumentException("--backend: " + e.getMessage() + choices, e);
    }
  }

  private void check(List<Law<?>> chosen) {
    if (cases < 1) {
      throw new ParameterException(spec.commandLine(), "--cases must be at least 1, got " + cases);
    }
    if (shape != null && (chosen.size() != 1 || json != null)) {
      throw new ParameterException(
          spec.commandLine(), "--case repeats one case of one law: give one --law and no --json");
    }
    if (json != null) {
      VerifyJson.requirePlaceFor(json);
    }
  }

  private int checkAll(List<Law<?>> chosen, Backend backend, PrintWriter out) {
    out.println("backend  " + backend.describe());
    out.println("machine  " + VersionCommand.machine(Machine.detect()));
    out.println("JDK      " + Machine.jvm());
    out.println();
    long start = System.nanoTime();
    LawReport report;
    try (VerifyDisplay display = new VerifyDisplay(chosen, out, TerminalLine.onConsole(out))) {
      LawBook book = LawBook.of(chosen).cases(cases).seed(seed);
      report = book.check(backend, display::onLaw);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println();
    VerifySummary.print(report, repetition(), seconds, out);
    if (json != null) {
      VerifyJson.write(json, report, cases, seed, seconds);
    }
    return report.holds() ? 0 : 1;
  }

  private int repeat(Law<?> law, Backend backend, PrintWriter out) {
    Case c =
        named(
            () -> {
              law.subject().parse(shape);
              return LawBook.of(List.of(law)).repeat(law.name(), shape, seed, backend);
            });
    out.println(VerifySummary.sentence(c));
    out.flush();
    return c.verdict() == Verdict.HOLDS || c.verdict() == Verdict.NOT_OFFERED ? 0 : 1;
  }

  /** The command's own words and those of its options that a repeated case needs. */
  private String repetition() {
    StringBuilder words = new StringBuilder("./lanewise verify");
    if (!backendName.equals("best")) {
      words.append(" --backend ").append(backendName);
    }
    if (!classPath.isEmpty()) {
      words.append(" --classpath \"").append(classPath).append('"');
    }
    return words.toString();
  }
}
