package io.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.cli.page.Fact;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {

  private static final String HOSTILE = "</script><script>alert('x')</script>\" onload=\"y&amp;";

  @Test
  void numbersAreOnThePage() {
    String page = ReportPage.render(ExampleReport.digits());
    assertContains(page, "<h1>LeNet-5 on MNIST</h1>");
    assertContains(page, "<strong>99.38\u202F%</strong>");
    for (Fact fact : ExampleReport.facts()) {
      assertContains(page, "<dt>" + fact.label() + "</dt><dd>" + fact.value() + "</dd>");
    }
    assertContains(
        page, "Conv2d 6→16, 5×5</th><td>16 × 10 × 10</td><td>2,416</td><td>14 × 14</td>");
    // 156 + 2,416 + 48,120 + 10,164 + 850, and the flops by hand likewise.
    assertContains(page, "total</th><td></td><td>61,706</td>");
    assertContains(page, "<span title=\"845,852\">845.85\u202Fk</span>");
  }

  @Test
  void confusionCountsRecallAndPrecision() {
    TrainingReport report =
        new TrainingReport(
            "t",
            List.of(),
            List.of(),
            0.75,
            List.of("cat", "dog", "owl"),
            new long[][] {{30, 10, 0}, {5, 1235, 0}, {0, 0, 0}},
            List.of(),
            List.of());
    String page = ReportPage.render(report);
    assertContains(
        page,
        "<tr><th scope=\"row\">cat</th><td class=\"hit\" style=\"--heat:0.750\">30</td>"
            + "<td class=\"miss\" style=\"--heat:0.575\">10</td><td class=\"zero\">0</td>"
            + "<td class=\"edge\">40</td><td>75.00\u202F%</td></tr>");
    assertContains(page, ">1,235</td>");
    assertContains(page, "<td class=\"edge\">1,240</td><td>99.60\u202F%</td>");
    assertContains(page, "<td class=\"edge\">0</td><td>–</td>"); // no owl was tested
    assertContains(page, "precision</th><td>85.71\u202F%</td><td>99.20\u202F%</td><td>–</td>");
    assertContains(page, "1,265 of 1,280 test images right");
    int catAsDog = page.indexOf("<li><b>cat</b> taken for <b>dog</b>");
    int dogAsCat = page.indexOf("<li><b>dog</b> taken for <b>cat</b>");
    assertTrue(catAsDog > 0 && catAsDog < dogAsCat, "most frequent confusion first");
  }

  @Test
  void manyClassesKeepRecallWithoutTheMatrix() {
    int classes = ConfusionSection.MOST_COLUMNS + 1;
    List<String> names = Collections.nCopies(classes, "c");
    String page = ReportPage.render(ExampleReport.withClasses(names));
    assertEquals(0, matches("class=\"hit\" style", page));
    assertEquals(classes, matches("<th scope=\"row\">c</th><td class=\"edge\">", page));
    String most = ReportPage.render(ExampleReport.withClasses(names.subList(1, classes)));
    assertEquals(classes - 1, matches("class=\"hit\" style", most));
  }

  @Test
  void twentyFiveFiguresSayRightOrWrongInWords() {
    String page = ReportPage.render(ExampleReport.digits());
    assertEquals(25, matches("<figure ", page));
    assertEquals(
        25, matches("<img src=\"data:image/png;base64,[A-Za-z0-9+/=]+\" [^>]*alt=\"Test ", page));
    assertEquals(4, matches("<figure class=\"wrong\">", page));
    assertEquals(4, matches("✗ wrong", page));
    assertEquals(21, matches("✓ right", page));
    assertContains(page, "25 shown, 4 of them wrong");
    assertContains(page, "alt=\"Test image 4, actual class 3\"");
    assertContains(page, "61.25\u202F% sure</span>\n<span class=\"truth\">actual: 3</span>");
  }

  @Test
  void userTextNeverBecomesMarkup() {
    List<SummaryRow> rows = List.of(new SummaryRow(HOSTILE, HOSTILE, 1, HOSTILE, 2));
    TrainingReport report =
        new TrainingReport(
            HOSTILE,
            List.of(new Fact(HOSTILE, HOSTILE)),
            List.of(),
            1,
            List.of(HOSTILE, "{{style}}"),
            new long[][] {{1, 2}, {3, 4}},
            List.of(new SamplePrediction(new byte[1], 1, 1, 0, 1, 0.5)),
            rows);
    String page = ReportPage.render(report);
    assertFalse(page.contains("alert('x')"), "an unescaped quote");
    assertFalse(page.contains("onload=\"y"), "an attribute was opened");
    assertContains(
        page, "&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload");
    assertContains(page, "{{style}}"); // a class name, not filled as a placeholder
    assertEquals(matches("(?i)<script", page), matches("(?i)</script", page));
    assertEquals(4, matches("(?i)</script", page));
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String page = ReportPage.render(ExampleReport.digits());
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
      assertEquals(0, matches("(?i)" + loader, page), loader);
    }
    assertContains(page, "content=\"default-src 'none';");
  }

  @Test
  void chartLibraryIsInlineWithItsLicence() {
    String page = ReportPage.render(ExampleReport.digits());
    assertContains(page, "Chart.js v4.4.9");
    assertContains(page, "Released under the MIT License");
    assertContains(page, "The above copyright notice and this permission notice shall be included");
  }

  @Test
  void epochsAreDataAndTable() {
    List<EpochPoint> points =
        List.of(
            new EpochPoint(1, 0.5, 0.25, Double.NaN, Double.NaN),
            new EpochPoint(2, Double.POSITIVE_INFINITY, 1, 2e-9, 0));
    assertEquals(
        "{\"epoch\":[1,2],\"trainLoss\":[0.5,null],\"testLoss\":[null,2.0E-9],"
            + "\"trainAccuracy\":[0.25,1],\"testAccuracy\":[null,0]}",
        EpochSection.json(points));
    assertContains(
        EpochSection.rows(points),
        "<th scope=\"row\">1</th><td>0.5000</td><td>–</td><td>25.00\u202F%</td><td>–</td>");
  }

  @Test
  void emptyReportRenders() {
    String page = ReportPage.render(ExampleReport.empty());
    assertContains(page, "<strong>–</strong>");
    assertContains(page, "no test images");
    assertContains(page, "\"epoch\":[]");
    assertEquals(0, matches("<figure", page));
  }

  @Test
  void sameBytesInEveryLocale() {
    String page = ReportPage.render(ExampleReport.digits());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(page, ReportPage.render(ExampleReport.digits()));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void pageIsAccessibleInItsBasics() {
    String page = ReportPage.render(ExampleReport.digits());
    assertContains(page, "<html lang=\"en\">");
    assertContains(
        page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    assertContains(page, "prefers-color-scheme: dark");
    assertEquals(1, matches("<h1>", page));
    assertEquals(matches("<table", page), matches("<caption>", page));
    assertEquals(0, matches("<th>", page), "every header cell has a scope");
    assertEquals(0, matches("<img (?![^>]*alt=\"\\S)", page), "every image has an alternative");
    assertEquals(2, matches("<canvas [^>]*role=\"img\" aria-label=\"", page));
  }

  private static int matches(String regex, String page) {
    List<MatchResult> found = Pattern.compile(regex).matcher(page).results().toList();
    return found.size();
  }

  private static void assertContains(String page, String part) {
    assertTrue(page.contains(part), () -> "not on the page: " + part);
  }
}
