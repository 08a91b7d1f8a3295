package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.Verdict;
import io.lanewise.propertytests.subject.FamilySubject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No law of a family holds whatever a backend does. */
@Tag("slow")
class FamilyLawsCatchTest {
  private static final int CASES = 15;
  private static final LawBook BOOK =
      LawBook.of(Laws.ALL).only(law -> law.subject() instanceof FamilySubject);

  static Stream<String> laws() {
    return BOOK.laws().stream().map(Law::name);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void isBroken(String law) {
    LawBook book = BOOK.only(l -> l.name().equals(law)).cases(CASES).untilFirstFailure();
    assertTrue(Stream.of(Spoil.values()).anyMatch(s -> breaks(book, s)), law + " always holds");
  }

  static boolean breaks(LawBook book, Spoil spoil) {
    LawReport report = book.check(SpoiltBackend.of(spoil));
    return report.results().stream().anyMatch(r -> r.verdict() == Verdict.FAILS);
  }
}
