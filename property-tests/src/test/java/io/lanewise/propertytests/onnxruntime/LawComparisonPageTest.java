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
    List<String> unexplained = List.of("not explained: " + FIRST.name() + " FAILS");
    assertEquals(unexplained, LawComparison.surprises(c.rival(), List.of(), true));
    assertEquals(unexplained, LawComparison.surprises(c.rival(), List.of(), false));
    KnownDifference known = KnownDifference.fails("why", FIRST.name());
    assertEquals(List.of(), LawComparison.surprises(c.rival(), List.of(known), true));
    KnownDifference other = KnownDifference.notOffered("why", "too");
    assertEquals(
        unexplained.getFirst(),
        LawComparison.surprises(c.rival(), List.of(other), true).getFirst());
  }

  @Test
  void whatIsNotOfferedIsExplainedByItsReason() {
    LawComparison c = comparison(Verdict.HOLDS, Verdict.NOT_OFFERED);
    assertEquals(
        List.of(),
        LawComparison.surprises(c.rival(), List.of(KnownDifference.notOffered("w", "too")), true));
    assertEquals(
        List.of(
            "not explained: " + SECOND.name() + " NOT_OFFERED: too new",
            "explained, but there is no such difference: too old"),
        LawComparison.surprises(
            c.rival(), List.of(KnownDifference.notOffered("w", "too old")), true));
  }

  @Test
  void whatTheListHasTooMuchIsASurprise() {
    LawComparison c = comparison(Verdict.HOLDS, Verdict.HOLDS);
    List<String> tooMuch = List.of("explained, but there is no such difference: " + FIRST.name());
    List<KnownDifference> always = List.of(KnownDifference.fails("why", FIRST.name()));
    assertEquals(tooMuch, LawComparison.surprises(c.rival(), always, true));
    assertEquals(tooMuch, LawComparison.surprises(c.rival(), always, false));
    List<KnownDifference> sometimes =
        List.of(KnownDifference.failsOnSomeProcessors("why", FIRST.name()));
    assertEquals(tooMuch, LawComparison.surprises(c.rival(), sometimes, true));
    assertEquals(
        List.of(), LawComparison.surprises(c.rival(), sometimes, false), "on another processor");
  }

  @Test
  void verdictsAreReadBackWithoutNumbers() {
    KnownDifference known = KnownDifference.notOffered("why", "too");
    String page =
        LawComparisonPage.markdown(comparison(Verdict.HOLDS, Verdict.NOT_OFFERED), List.of(known));
    assertTrue(page.contains("holds · 0.25, 1 of 4 not offered"), page);
    assertTrue(page.contains("**too**: 1 laws not offered. why\n"), page);
    assertEquals(
        List.of(
            FIRST.name() + " | holds | holds | holds",
            SECOND.name() + " | holds | holds | not offered"),
        LawComparisonPage.verdicts(page));
  }
}
