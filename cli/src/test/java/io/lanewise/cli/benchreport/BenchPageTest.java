package io.lanewise.cli.benchreport;

import static io.lanewise.cli.benchreport.ExampleBench.failed;
import static io.lanewise.cli.benchreport.ExampleBench.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchPageTest {
  private static final String PAGE = BenchPage.render(ExampleBench.resnet());

  @Test
  void headerSaysWhatWasMeasuredOnWhat() {
    assertContains(PAGE, "<h1>conv: resnet50</h1>");
    assertContains(PAGE, "<dt>Processor</dt><dd>Example(R) CPU @ 2.20GHz, amd64</dd>");
    assertContains(PAGE, "<dt>Caches</dt><dd>48\u202FKiB L1, 2\u202FMiB L2, 32\u202FMiB L3</dd>");
    assertContains(PAGE, "<dt>JDK</dt><dd>25.0.3+9-LTS, OpenJDK 64-Bit Server VM</dd>");
    assertContains(PAGE, "<dt>Threads</dt><dd>1, 2</dd>");
    assertContains(PAGE, "<dt>Repeated</dt><dd>3 forks × 5 rounds</dd>");
    assertContains(PAGE, "<dt>Date</dt><dd>2026-11-22 05:30 UTC</dd>");
    assertContains(PAGE, "<dt>Commit</dt><dd>a07b8fce55f5</dd>");
    assertContains(PAGE, "onednn <span class=\"version\">3.11.0</span>");
    assertContains(
        PAGE, "<code>lanewise bench --op conv --shapes resnet50 --rivals --threads 1,2</code>");
    assertContains(PAGE, "<code>--add-modules=jdk.incubator.vector -Xmx4g</code>");
  }

  @Test
  void everyRowIsInTheTable() {
    List<Row> rows = ExampleBench.resnet().rows();
    assertEquals(rows.size(), matches("<tr data-row", section(PAGE, "all")));
    long measured = rows.stream().filter(Row::measured).count();
    assertEquals(measured, matches("<tr data-row", section(PAGE, "noise")));
    assertEquals(2, matches("<tr data-row", section(PAGE, "failed")));
    assertContains(section(PAGE, "failed"), ExampleBench.CRASH);
  }

  @Test
  void aRowInNumbers() {
    Sample[] samples = {new Sample(1, 1, 20_000, 125, 60), new Sample(1, 2, 20_000, 125, 60)};
    String page = render(row(Op.GEMM, "m1 n2 k3", "lanewise", "blocked", samples));
    assertContains(
        section(page, "all"),
        "<th scope=\"row\">gemm m1 n2 k3</th><td class=\"who\"><svg class=\"mark t0\"");
    assertContains(
        section(page, "all"),
        "<td>0.0200</td><td>0\u202F%</td><td>100</td><td>80.0\u202F%</td><td>50.0</td>"
            + "<td>83.3\u202F%</td><td>1</td><td>L2</td><td>2.1e-7</td><td>2.1e-7</td>"
            + "<td>–</td><td>2.00</td>"
            + "<td class=\"words\">resnet50</td><td class=\"words why\"></td>");
  }

  @Test
  void anAlgorithmsBarShowsMedianQuartilesAndEnds() {
    String page =
        render(
            row(
                Op.CONV,
                "s",
                "lanewise",
                "direct",
                new Sample(1, 1, 40_000, 125, 60),
                new Sample(1, 2, 20_000, 125, 60),
                new Sample(1, 3, 10_000, 125, 60)));
    assertContains(
        section(page, "algorithms"),
        "style=\"--from:0;--to:0.5000;--min:0.2500;--q1:0.3750;--q3:0.7500;--max:1.0000\" "
            + "title=\"40.0\u202F% to 160\u202F% in 3 samples\"><i></i><s></s><b></b></td>"
            + "<td>80.0\u202F%</td>");
  }

  @Test
  void barsAgainstTheRivals() {
    String page =
        render(
            row(Op.CONV, "s", "lanewise", "a", new Sample(1, 1, 100, 131, 60)),
            row(Op.CONV, "s", "onednn", "b", new Sample(1, 1, 200, 131, 60)),
            failed(Op.CONV, "s", "onnxruntime", "c", "crashed"),
            row(Op.CONV, "t", "lanewise", "a", new Sample(1, 1, 100, 131, 60)),
            row(Op.CONV, "t", "onednn", "b", new Sample(1, 1, 50, 131, 60)),
            row(Op.CONV, "u", "lanewise", "a", new Sample(1, 1, 100, 131, 60)),
            row(Op.CONV, "u", "onednn", "b", new Sample(1, 1, 800, 131, 60)));
    String rivals = section(page, "rivals");
    assertContains(rivals, "takes <strong>2.00×</strong> our time"); // the cube root of 2 · 1/2 · 8
    assertContains(rivals, "geometric mean of 3 tasks on 1 thread; we are faster at 2");
    assertContains(rivals, "not in the mean: <span class=\"count\">3 tasks</span>");
    assertContains(rivals, "<b>conv s</b>: crashed</li>");
    assertContains(rivals, "<b>conv t</b>: not measured: it has no way to compute this</li>");
    assertContains(rivals, "style=\"--from:0.2500;--to:0.5000\"><i></i></td><td>2.00×</td>");
    assertContains(rivals, "style=\"--from:0.0000;--to:0.2500\"><i></i></td><td>0.500×</td>");
    assertContains(rivals, "<td class=\"why\" colspan=\"2\">crashed</td>");
    int worst = rivals.indexOf("<tbody data-task=\"1\">");
    int middle = rivals.indexOf("<tbody data-task=\"0\">");
    int best = rivals.indexOf("<tbody data-task=\"2\">");
    assertTrue(0 < worst && worst < middle && middle < best, "where we lose most comes first");
  }

  @Test
  void theScriptWritesTheMeansInTheSameWords() {
    String failed = render(failed(Op.CONV, "s", "onednn", "b", "x"));
    String script = PAGE.substring(PAGE.indexOf("// The words are those of RivalCards in Java."));
    assertContains(
        PAGE, "<p class=\"note\">geometric mean of 23 tasks on 1 thread; we are faster at");
    assertContains(failed, "<p class=\"note\">no task to compare</p>");
    for (String words :
        List.of("geometric mean of ", " on ", "; we are faster at ", "no task to compare")) {
      assertContains(script, '"' + words + '"');
    }
  }

  @Test
  void eachNumberOfThreadsHasItsMeansAndCeilings() {
    assertEquals(2, matches("data-rival=\"0\" data-threads=\"[12]\"", PAGE));
    assertContains(PAGE, "<th scope=\"row\">FMA peak</th><td>1</td><td>131 GFLOP/s</td>");
    assertContains(PAGE, "<th scope=\"row\">FMA peak</th><td>2</td><td>262 GFLOP/s</td>");
  }

  @Test
  void withoutRivalsTheSectionSaysSo() {
    BenchResult result =
        ExampleBench.with(
            List.of(row(Op.CONV, "s", "lanewise", "a", new Sample(1, 1, 100, 131, 60))),
            List.of(new ContenderInfo("lanewise", "1")));
    String page = BenchPage.render(result);
    assertContains(section(page, "rivals"), "<p>No rival tried a task of this run.");
    assertContains(section(page, "rivals"), "<div hidden>");
    assertContains(section(page, "failed"), "Nothing failed.");
    assertContains(section(page, "failed"), "<div class=\"card\" hidden>");
    assertContains(section(PAGE, "rivals"), "<p hidden>No rival tried a task of this run.");
    assertContains(section(PAGE, "rivals"), "<div>");
  }

  @Test
  void onlyFailures() {
    String page =
        render(
            failed(Op.CONV, "s", "lanewise", "a", "refused"),
            failed(Op.CONV, "s", "onednn", "b", "crashed"));
    assertContains(page, "<strong>0 rows</strong> <span class=\"note\">of 2 rows");
    assertContains(page, "<p class=\"nothing\">Nothing was measured.</p>");
    assertContains(section(page, "failed"), "2 of 2 rows failed");
    assertContains(section(page, "rivals"), "<p class=\"mean\" hidden>");
    assertContains(section(page, "algorithms"), "colspan=\"2\">refused</td>");
  }

  @Test
  void anEmptyRunRenders() {
    String page = render();
    assertContains(page, "<strong>0 rows</strong>");
    assertContains(page, "Nothing of ours was tried.");
    assertContains(page, "\"rows\":[],\"tasks\":[]");
  }

  @Test
  void manyRowsStayInOneFileOfAFewMegabytes() {
    BenchResult large = ExampleBench.large();
    assertTrue(large.rows().size() > 500, () -> "only " + large.rows().size() + " rows");
    String page = BenchPage.render(large);
    assertEquals(large.rows().size(), matches("<tr data-row", section(page, "all")));
    assertTrue(page.length() < 2_000_000, () -> "the page has " + page.length() + " characters");
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    for (String loader :
        List.of(
            "src\\s*=\\s*[\"']?(https?:|//)",
            "href\\s*=\\s*[\"']?(https?:|//)",
            "@import",
            "url\\(\\s*[\"']?(https?:|//)",
            "sourceMappingURL",
            "<link (?!rel=\"icon\" href=\"data:,\")",
            "<iframe",
            "<base")) {
      assertEquals(0, matches("(?i)" + loader, PAGE), loader);
    }
    assertContains(PAGE, "content=\"default-src 'none';");
    assertContains(PAGE, "Chart.js v4.4.9");
    assertContains(PAGE, "The above copyright notice and this permission notice shall be included");
  }

  @Test
  void sameBytesInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(PAGE, BenchPage.render(ExampleBench.resnet()));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void pageIsAccessibleInItsBasics() {
    assertContains(PAGE, "<html lang=\"en\">");
    assertContains(
        PAGE, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    assertContains(PAGE, "prefers-color-scheme: dark");
    assertContains(PAGE, "@media print");
    assertEquals(1, matches("<h1>", PAGE));
    assertEquals(matches("<table", PAGE), matches("<caption>", PAGE));
    assertEquals(0, matches("<th(?=[ >])(?![^>]* scope=)", PAGE), "every header cell has a scope");
    assertEquals(1, matches("<canvas [^>]*role=\"img\" aria-label=\"", PAGE));
    assertEquals(
        matches("<div class=\"scroll\"", PAGE),
        matches("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"", PAGE));
    assertEquals(0, matches("<(select|input) (?![^>]*id=)", PAGE));
    assertEquals(5, matches("<label class=\"pick\"[^>]*>[A-Z][a-z]+ <select id=", PAGE));
    assertEquals(2, matches("<label [^>]*>[^<]*<input ", PAGE));
  }

  @Test
  void everyMarkerIsDrawn() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(row(Op.CONV, "s", "c" + i, "v", new Sample(1, 1, 100, 131, 60)));
    }
    String page = BenchPage.render(ExampleBench.with(rows));
    for (int m = 0; m < 11; m++) {
      assertEquals(1, matches("<g id=\"m" + m + "\"", page));
      assertContains(page, "<use href=\"#m" + m + "\"/>");
    }
    assertEquals(0, matches("#m11", page), "the twelfth variant has the first marker again");
    assertFalse(page.contains("--t8"));
  }

  private static String render(Row... rows) {
    return BenchPage.render(ExampleBench.with(List.of(rows)));
  }

  /** From a section's heading to the next section. */
  private static String section(String page, String id) {
    int start = page.indexOf("<h2 id=\"" + id + "\">");
    assertTrue(start > 0, () -> "no section " + id);
    return page.substring(start, page.indexOf("</section>", start));
  }

  private static int matches(String regex, String page) {
    return Pattern.compile(regex).matcher(page).results().toList().size();
  }

  private static void assertContains(String page, String part) {
    assertTrue(page.contains(part), () -> "not on the page: " + part);
  }
}
