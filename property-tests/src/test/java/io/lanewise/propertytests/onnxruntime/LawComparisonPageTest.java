package io.lanewise.propertytests.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import io.lanewise.propertytests.law.Laws;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a comparison makes of verdicts, known and not. */
class LawComparisonPageTest {
  private static final Law<?> FIRST = Laws.ALL.get(0);
  private static final Law<?> SECOND = Laws.ALL.get(1);

  private static LawReport report(Verdict first, Verdict second) {
    return new LawReport("backend", List.of(result(FIRST, first), result(SECOND, second)), 1);
  }

  private static LawResult result(Law<?> law, Verdict verdict) {
    return new LawResult(law, 3, 1, 0.25, verdict, Optional.empty(), Optional.of("too new"));
  }

  private static LawComparison comparison(Verdict first, Verdict second) {
    LawReport ours = report(Verdict.HOLDS, Verdict.HOLDS);
    return new LawComparison(3, ours, ours, report(first, second));
  }

  @Test
  void whatTheListLacksIsASurprise() {
    LawComparison c = comparison(Verdict.FAILS, Verdict.HOLDS);
    assertEquals(List.of("not explained: " + FIRST.name() + " FAILS"), c.surprises(List.of()));
    assertEquals(List.of(), c.surprises(List.of(KnownDifference.fails("why", FIRST.name()))));
    assertEquals(
        List.of("not explained: " + FIRST.name() + " FAILS"),
        c.surprises(List.of(KnownDifference.notOffered("why", FIRST.name()))));
  }

  @Test
  void whatTheListHasTooMuchIsASurprise() {
    LawComparison c = comparison(Verdict.HOLDS, Verdict.NOT_OFFERED);
    KnownDifference lacks = KnownDifference.notOffered("why", SECOND.name());
    assertEquals(
        List.of("explained, but there is no difference: " + FIRST.name() + " HOLDS"),
        c.surprises(List.of(lacks, KnownDifference.fails("why", FIRST.name()))));
    assertEquals(
        List.of(),
        c.surprises(List.of(lacks, KnownDifference.failsOnSomeProcessors("why", FIRST.name()))));
    assertEquals(
        List.of("explained, but there is no such law: conv.none"),
        c.surprises(List.of(lacks, KnownDifference.fails("why", "conv.none"))));
  }

  @Test
  void verdictsAreReadBackWithoutNumbers() {
    KnownDifference known = KnownDifference.notOffered("why", SECOND.name());
    String page =
        LawComparisonPage.markdown(comparison(Verdict.HOLDS, Verdict.NOT_OFFERED), List.of(known));
    assertTrue(page.contains("holds · 0.25, 1 of 4 not offered"), page);
    assertTrue(page.contains("**" + SECOND.name() + "**: not offered. why\n"), page);
    assertEquals(
        List.of(
            FIRST.name() + " | holds | holds | holds",
            SECOND.name() + " | holds | holds | not offered"),
        LawComparisonPage.verdicts(page));
  }
}
