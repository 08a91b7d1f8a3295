package io.lanewise.cli.report;

import io.lanewise.cli.page.Html;
import io.lanewise.cli.page.PageFile;
import io.lanewise.cli.page.PageResources;
import io.lanewise.cli.page.PageTemplate;
import io.lanewise.cli.page.ReportNotWrittenException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The report of a training run as one HTML file that loads nothing: style, script, Chart.js and
 * images are inside it, and a content security policy forbids the rest. Equal reports give equal
 * bytes.
 */
public final class ReportPage {

  private ReportPage() {}

  /** The whole page. All text of the report is escaped: it cannot become markup or code. */
  public static String render(TrainingReport report) {
    ConfusionSection confusion = new ConfusionSection(report.classNames(), report.confusion());
    Map<String, String> values = new HashMap<>();
    values.put(
        "style", PageResources.baseStyle() + PageResources.of(ReportPage.class, "report.css"));
    values.put("chartLibrary", PageResources.chartLibrary());
    values.put("pageScript", PageResources.baseScript());
    values.put("script", PageResources.script(ReportPage.class, "report.js"));
    values.put("title", Html.escape(report.title()));
    values.put("accuracy", Html.percent(report.finalTestAccuracy()));
    values.put("accuracyNote", accuracyNote(confusion));
    values.put("facts", Html.facts(report.facts()));
    values.put("epochData", EpochSection.json(report.epochs()).replace("<", "\\u003c"));
    values.put("epochCount", epochCount(report.epochs().size()));
    values.put("epochRows", EpochSection.rows(report.epochs()));
    values.put("confusion", confusion.table());
    values.put("confusedPairs", confusion.pairs());
    values.put("samplesNote", SampleSection.wrongOnes(report.samples()));
    values.put("samples", SampleSection.figures(report.samples(), report.classNames()));
    values.put("summary", SummarySection.table(report.summary()));
    return PageTemplate.fill(PageResources.of(ReportPage.class, "report.html"), values);
  }

  /**
   * Renders to a file, which is either the complete new page or what it was before.
   *
   * @param file written; its folder must exist
   * @throws ReportNotWrittenException if it cannot be written, saying why
   */
  public static void write(TrainingReport report, Path file) throws ReportNotWrittenException {
    PageFile.write(file, render(report));
  }

  private static String accuracyNote(ConfusionSection confusion) {
    long images = confusion.images();
    return images == 0
        ? "no test images"
        : "%s of %s test images right".formatted(Html.count(confusion.right()), Html.count(images));
  }

  private static String epochCount(int epochs) {
    return epochs == 1 ? "1 epoch" : Html.count(epochs) + " epochs";
  }
}
