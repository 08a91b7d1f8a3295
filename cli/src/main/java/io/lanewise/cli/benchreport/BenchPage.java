package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Versus;
import io.lanewise.cli.page.Html;
import io.lanewise.cli.page.PageFile;
import io.lanewise.cli.page.PageResources;
import io.lanewise.cli.page.PageTemplate;
import io.lanewise.cli.page.ReportNotWrittenException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * A bench run as one HTML file that loads nothing: roofline, bars against the rivals, our
 * algorithms side by side, every row, failures, noise. Equal results give equal bytes.
 */
public final class BenchPage {

  private BenchPage() {}

  /** The whole page. All text of the result is escaped: it cannot become markup or code. */
  public static String render(BenchResult result) {
    Map<String, String> values = new HashMap<>();
    values.put(
        "style",
        PageResources.baseStyle()
            + PageResources.of(BenchPage.class, "bench.css")
            + PageResources.of(BenchPage.class, "tables.css"));
    values.put("chartLibrary", PageResources.chartLibrary());
    values.put("pageScript", PageResources.baseScript());
    for (String script : List.of("bench", "ceilings", "roofline", "bars", "tables")) {
      values.put(script + "Script", PageResources.script(BenchPage.class, script + ".js"));
    }
    Lineup lineup = new Lineup(result);
    header(values, result, lineup);
    sections(values, result.rows(), lineup);
    return PageTemplate.fill(PageResources.of(BenchPage.class, "bench.html"), values);
  }

  /**
   * Renders to a file, which is either the complete new page or what it was before.
   *
   * @param file written; its folder must exist
   * @throws ReportNotWrittenException if it cannot be written, saying why
   */
  public static void write(BenchResult result, Path file) throws ReportNotWrittenException {
    PageFile.write(file, render(result));
  }

  private static void header(Map<String, String> values, BenchResult result, Lineup lineup) {
    values.put("title", Html.escape(BenchHeader.title(result)));
    values.put("facts", Html.facts(BenchHeader.facts(result)));
    values.put("contenders", BenchHeader.contenders(lineup));
    values.put("command", Html.escape(BenchHeader.command(result)));
    values.put("flags", Html.escape(String.join(" ", result.jvm().flags())));
  }

  private static void sections(Map<String, String> values, List<Row> rows, Lineup lineup) {
    List<TaskGroup> tasks = TaskGroup.of(rows);
    List<List<Versus>> versus = Versus.all(tasks, lineup.rivals());
    NoiseSection noise = new NoiseSection(lineup, rows);
    values.put("data", BenchData.json(lineup, rows, noise, tasks, versus));
    values.put("ceilings", Ceilings.table(Ceilings.of(rows)));
    values.put("hiddenUnlessMeasured", hiddenUnless(noise.count()));
    values.put("hiddenIfMeasured", hiddenIf(noise.count()));
    values.put("measured", Figures.count(noise.count(), "row"));

    RivalBars rivals = new RivalBars(lineup, tasks, versus);
    values.put("hiddenUnlessRivals", hiddenUnless(rivals.count()));
    values.put("hiddenIfRivals", hiddenIf(rivals.count()));
    values.put("rivalCards", new RivalCards(lineup, tasks, versus).html());
    bars(values, "rival", rivals.scale(), Figures::plain, rivals.bodies());

    AlgorithmBars algorithms = new AlgorithmBars(lineup, tasks);
    values.put("hiddenUnlessAlgorithms", hiddenUnless(algorithms.count()));
    values.put("hiddenIfAlgorithms", hiddenIf(algorithms.count()));
    bars(
        values,
        "algorithm",
        algorithms.scale(),
        v -> Figures.plain(100 * v) + "\u202F%",
        algorithms.bodies());

    RowTable table = new RowTable(lineup, rows, noise);
    values.put("rows", table.body());
    values.put("rowCount", Figures.count(rows.size(), "row"));
    values.put("failureCount", Html.count(table.failureCount()));
    values.put("failureSentence", table.failureSentence());
    values.put("hiddenUnlessFailures", hiddenUnless(table.failureCount()));
    values.put("failures", table.failures());
    values.put("noiseSentence", noise.sentence());
    values.put("noiseWindow", noise.windowText());
    values.put("noise", noise.table());
  }

  private static void bars(
      Map<String, String> values,
      String name,
      BarScale scale,
      DoubleFunction<String> format,
      String bodies) {
    values.put(name + "Grid", scale.grid());
    values.put(name + "Axis", scale.axis(format));
    values.put(name + "Bars", bodies);
  }

  private static String hiddenIf(long count) {
    return count > 0 ? " hidden" : "";
  }

  private static String hiddenUnless(long count) {
    return count == 0 ? " hidden" : "";
  }
}
