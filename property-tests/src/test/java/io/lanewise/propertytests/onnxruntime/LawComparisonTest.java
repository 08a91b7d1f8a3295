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

  @BeforeAll
  static void compare() throws Exception {
    OrtLibrary.require();
    comparison = LawComparison.run(CASES);
    page = LawComparisonPage.markdown(comparison, KnownDifferences.ALL);
    Files.writeString(REPORT, page);
    if (Boolean.getBoolean("lanewise.lawbook.write")) {
      Files.writeString(KEPT, page);
    }
  }

  @Test
  void ourBackendsKeepEveryLaw() {
    assertTrue(comparison.best().holds(), () -> comparison.best().failures().toString());
    assertTrue(comparison.scalar().holds(), () -> comparison.scalar().failures().toString());
  }

  @Test
  void everyDifferenceIsExplainedAndEveryExplanationHasOne() {
    assertEquals(List.of(), comparison.surprises(KnownDifferences.ALL));
  }

  /** The numbers may move, and so may what depends on the processor. */
  @Test
  void theReportThatIsKeptSaysWhatWasMeasured() throws Exception {
    List<String> sometimes =
        KnownDifferences.ALL.stream()
            .filter(d -> !d.everywhere())
            .flatMap(d -> d.laws().stream())
            .toList();
    assertEquals(
        verdicts(page, sometimes),
        verdicts(Files.readString(KEPT), sometimes),
        "docs/law-book.md; how to write it anew stands at its head");
  }

  private static List<String> verdicts(String page, List<String> without) {
    return LawComparisonPage.verdicts(page).stream()
        .filter(row -> without.stream().noneMatch(law -> row.startsWith(law + " |")))
        .toList();
  }
}
