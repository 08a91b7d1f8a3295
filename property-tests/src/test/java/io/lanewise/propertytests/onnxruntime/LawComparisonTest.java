package io.lanewise.propertytests.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole law-book on our backends and on ONNX Runtime: ours keep every law, and every law that
 * it keeps otherwise is explained.
 */
@Tag("slow")
class LawComparisonTest {
  private static final int CASES = 25;
  private static final Path REPORT = Path.of("target", "law-comparison.md");
  private static final Path KEPT = Path.of("..", "docs", "law-book.md");

  private static LawComparison comparison;
  private static String page;
  private static String kept;

  @BeforeAll
  static void compare() throws Exception {
    OrtLibrary.require();
    comparison = LawComparison.run(CASES);
    page = LawComparisonPage.markdown(comparison, KnownDifferences.ALL);
    Files.writeString(REPORT, page);
    if (Boolean.getBoolean("lanewise.lawbook.write")) {
      Files.writeString(KEPT, page);
    }
    kept = Files.readString(KEPT);
  }

  @Test
  void ourBackendsKeepEveryLaw() {
    assertEquals(List.of(), comparison.best().failures());
    assertEquals(List.of(), comparison.scalar().failures());
    assertTrue(comparison.best().holds() && comparison.scalar().holds());
  }

  @Test
  void everyDifferenceIsExplainedAndEveryExplanationHasOne() {
    List<String> surprises = comparison.surprises(KnownDifferences.ALL, onTheSameProcessor());
    assertTrue(surprises.isEmpty(), () -> "\n" + String.join("\n", surprises));
  }

  private static boolean onTheSameProcessor() {
    return LawComparisonPage.processor(page).equals(LawComparisonPage.processor(kept));
  }

  /** The numbers may move, and elsewhere what depends on the processor may, too. */
  @Test
  void theReportThatIsKeptSaysWhatWasMeasured() {
    List<String> now = verdicts(page);
    List<String> before = verdicts(kept);
    String where = "docs/law-book.md; how to write it anew stands at its head";
    assertEquals(List.of(), without(now, before), "measured, but not kept in " + where);
    assertEquals(List.of(), without(before, now), "not measured, but kept in " + where);
  }

  private static List<String> without(List<String> rows, List<String> others) {
    return rows.stream().filter(row -> !others.contains(row)).toList();
  }

  private static List<String> verdicts(String of) {
    List<String> depending =
        KnownDifferences.ALL.stream()
            .filter(d -> !d.everywhere() && !onTheSameProcessor())
            .flatMap(d -> d.what().stream())
            .toList();
    return LawComparisonPage.verdicts(of).stream()
        .filter(row -> depending.stream().noneMatch(law -> row.startsWith(law + " |")))
        .toList();
  }
}
