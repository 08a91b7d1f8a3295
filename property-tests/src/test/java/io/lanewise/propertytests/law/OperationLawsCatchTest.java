package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No law holds whatever a backend does: each fails for one that is right but for one thing. */
@Tag("slow")
class OperationLawsCatchTest {
  private static final int CASES = 15;

  /** All but one that is about layers, which a backend cannot spoil. */
  static Stream<String> laws() {
    return OperationLaws.ALL.stream()
        .map(Law::name)
        .filter(name -> !name.equals("network.output-shape"));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void isBroken(String law) {
    LawBook book = LawBook.of(OperationLaws.ALL).only(l -> l.name().equals(law)).cases(CASES);
    for (Spoil spoil : Spoil.values()) {
      if (breaks(book, spoil)) {
        return;
      }
    }
    fail(law + " holds for every spoilt backend");
  }

  @ParameterizedTest
  @EnumSource
  void everySpoiltBackendBreaksALaw(Spoil spoil) {
    LawBook book = LawBook.of(OperationLaws.ALL).cases(5);
    List<String> subjects = List.of("gemm", "linear", "pool", "softmax", "cross-entropy");
    assertTrue(
        subjects.stream()
            .anyMatch(s -> breaks(book.only(l -> l.subject().name().equals(s)), spoil)));
  }

  private static boolean breaks(LawBook book, Spoil spoil) {
    LawReport report = book.check(SpoiltBackend.of(spoil));
    return report.results().stream().anyMatch(r -> r.verdict() == Verdict.FAILS);
  }

  @Test
  void thereAreManyLaws() {
    assertTrue(OperationLaws.ALL.size() > 150, () -> OperationLaws.ALL.size() + " laws");
  }
}
