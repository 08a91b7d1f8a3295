package io.lanewise.benchmarks;

import io.lanewise.kernels.Backend;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command that measures; {@link BenchOptions#USAGE} tells its options. */
public final class BenchMain {
  private BenchMain() {}

  /** Exits with 0, 1 if something could not be measured, or 2 for a wrong command line. */
  public static void main(String[] args) {
    int status = run(List.of(args), System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.contains("--help")) {
      out.print(BenchOptions.USAGE);
      return 0;
    }
    try {
      measure(BenchOptions.parse(args), args, out);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("error: " + e.getMessage());
      err.print(BenchOptions.USAGE);
      return 2;
    } catch (IOException | UnsupportedOperationException e) {
      err.println("error: " + e.getMessage());
      return 1;
    }
  }

  private static void measure(BenchOptions options, List<String> args, PrintStream out)
      throws IOException {
    List<BenchPlan.Group> groups = BenchPlan.of(options);
    Map<String, Backend> backends = new LinkedHashMap<>();
    for (String name : options.backends()) {
      backends.put(name, Inputs.backend(name));
    }
    List<String> header = Host.describe(options);
    header.forEach(out::println);
    out.println();
    out.println(ResultTable.textHeader());
    StringBuilder tables = new StringBuilder();
    for (BenchPlan.Group group : groups) {
      List<Measurement> rows = measure(group, backends, options, out);
      List<String> totals = ResultTable.totals(group.file(), rows);
      totals.forEach(out::println);
      tables.append(ResultTable.markdown(rows)).append('\n');
      totals.forEach(line -> tables.append("- ").append(line).append('\n'));
      tables.append('\n');
    }
    if (options.markdown().isPresent()) {
      MarkdownSection.write(
          options.markdown().get(), title(options), section(header, tables, args));
      out.println("written to " + options.markdown().get());
    }
  }

  /** Backends take turns on each shape, so that their rows are measured close in time. */
  private static List<Measurement> measure(
      BenchPlan.Group group, Map<String, Backend> backends, BenchOptions options, PrintStream out)
      throws IOException {
    List<Measurement> rows = new ArrayList<>();
    for (ShapeFile.Entry<String> entry : group.problems()) {
      for (Map.Entry<String, Backend> backend : backends.entrySet()) {
        Op op = group.op();
        String shape = entry.shape();
        Measurement row =
            JmhRun.run(
                new Measurement.Problem(
                    op,
                    shape,
                    entry.count(),
                    backend.getKey(),
                    op.algorithm(backend.getValue(), shape),
                    op.flops(shape)),
                options,
                options.forks());
        rows.add(row);
        out.println(ResultTable.textRow(row));
      }
    }
    return rows;
  }

  private static String title(BenchOptions options) {
    return options.op()
        + (options.shapes().isEmpty() ? "" : " " + String.join(", ", options.shapes()))
        + options.batch().map(n -> ", batch " + n).orElse("")
        + (options.threads() == 1 ? ", one thread" : ", " + options.threads() + " threads")
        + (options.quick() ? ", quick" : "");
  }

  private static String section(List<String> header, CharSequence tables, List<String> args) {
    StringBuilder body = new StringBuilder();
    body.append("```\nmvn -Pbench -pl benchmarks -am verify -DskipTests -Dbench.args=\"");
    body.append(String.join(" ", args)).append("\"\n```\n\n");
    header.forEach(line -> body.append("- ").append(line).append('\n'));
    return body.append('\n').append(tables).toString();
  }
}
