package io.lanewise.propertytests.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.propertytests.LawReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole law-book on ONNX Runtime: every law that it keeps otherwise than ours is explained.
 * That ours keep every law is what {@code ConvLawsTest}, {@code OperationLawsTest} and {@code
 * FamilyLawsTest} say; they are checked here where the page is written anew.
 */
@Tag("slow")
class LawComparisonTest {
  private static final int CASES = 25;
  private static final Path KEPT = Path.of("..", "docs", "law-book.md");

  private static LawReport rival;
  private static String kept;

  @BeforeAll
  static void compare() throws Exception {
    OrtLibrary.require();
    rival = LawComparison.rival(CASES);
    if (Boolean.getBoolean("lanewise.lawbook.write")) {
      LawComparison all = LawComparison.with(rival, CASES);
      assertTrue(all.best().holds(), () -> String.join("\n", all.best().failures()));
      assertTrue(all.scalar().holds(), () -> String.join("\n", all.scalar().failures()));
      Files.writeString(KEPT, LawComparisonPage.markdown(all, KnownDifferences.ALL));
    }
    kept = Files.readString(KEPT);
  }

  @Test
  void everyDifferenceIsExplainedAndEveryExplanationHasOne() {
    List<String> surprises =
        LawComparison.surprises(rival, KnownDifferences.ALL, onTheSameProcessor());
    assertTrue(surprises.isEmpty(), () -> "\n" + String.join("\n", surprises));
  }

  private static boolean onTheSameProcessor() {
    return LawComparisonPage.processor().equals(LawComparisonPage.processor(kept));
  }

  /** The numbers may move, and elsewhere what depends on the processor may, too. */
  @Test
  void theReportThatIsKeptSaysWhatWasMeasured() {
    List<String> now = everywhere(LawComparisonPage.verdicts(rival));
    List<String> before = everywhere(LawComparisonPage.verdicts(kept));
    String where = "docs/law-book.md; how to write it anew stands at its head";
    assertEquals(List.of(), without(now, before), "measured, but not kept in " + where);
    assertEquals(List.of(), without(before, now), "not measured, but kept in " + where);
  }

  private static List<String> without(List<String> rows, List<String> others) {
    return rows.stream().filter(row -> !others.contains(row)).toList();
  }

  /** Without what depends on the processor, if that is another one. */
  private static List<String> everywhere(List<String> verdicts) {
    List<String> depending =
        KnownDifferences.ALL.stream()
            .filter(d -> !d.everywhere() && !onTheSameProcessor())
            .flatMap(d -> d.what().stream())
            .toList();
    return verdicts.stream()
        .filter(row -> depending.stream().noneMatch(law -> row.startsWith(law + " |")))
        .toList();
  }
}
