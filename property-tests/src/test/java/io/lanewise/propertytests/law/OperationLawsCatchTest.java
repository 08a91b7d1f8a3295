package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.Verdict;
import java.lang.reflect.Proxy;
import java.time.Duration;
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
  private static final String ALLOCATION = "contract-allocation";

  /** Without the laws that no spoilt backend keeps: each of its calls makes objects. */
  private static final LawBook BOOK =
      LawBook.of(OperationLaws.ALL).only(law -> !law.name().endsWith(ALLOCATION));

  /** All but one that is about layers, which a backend cannot spoil. */
  static Stream<String> laws() {
    return BOOK.laws().stream().map(Law::name).filter(name -> !name.equals("network.output-shape"));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void isBroken(String law) {
    LawBook book = BOOK.only(l -> l.name().equals(law)).cases(CASES);
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
    LawBook book = BOOK.cases(5);
    List<String> subjects = List.of("gemm", "linear", "pool", "softmax", "cross-entropy");
    assertTrue(
        subjects.stream()
            .anyMatch(s -> breaks(book.only(l -> l.subject().name().equals(s)), spoil)));
  }

  private static boolean breaks(LawBook book, Spoil spoil) {
    LawReport report = book.untilFirstFailure().check(SpoiltBackend.of(spoil));
    return report.results().stream().anyMatch(r -> r.verdict() == Verdict.FAILS);
  }

  /** The passes that there are keep their contracts, or break them, whatever else is lacking. */
  @Test
  void aPassThatIsLackingHidesNoOther() {
    LawBook book = BOOK.only(l -> l.name().equals("conv.contract-outputs")).cases(CASES);
    String weights = "convBackwardWeights";
    assertTrue(all(book.check(without(CpuBackend.scalar(), weights)), Verdict.HOLDS));
    Backend spoilt = SpoiltBackend.of(Spoil.LEAVES_THE_LAST_UNWRITTEN);
    assertTrue(all(book.check(without(spoilt, weights)), Verdict.FAILS));
    assertTrue(all(book.check(without(spoilt, "conv")), Verdict.NOT_OFFERED));
  }

  private static Backend without(Backend backend, String prefix) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith(prefix)) {
                throw new UnsupportedOperationException("no " + method.getName());
              }
              return method.invoke(backend, arguments);
            });
  }

  @Test
  void whatAllocatesIsSeen() {
    LawBook book =
        LawBook.of(OperationLaws.ALL)
            .only(law -> law.name().endsWith(ALLOCATION))
            .patience(Duration.ZERO)
            .cases(CASES);
    assertTrue(all(book.check(CpuBackend.scalar()), Verdict.HOLDS));
    assertTrue(all(book.check(SpoiltBackend.of(Spoil.NEGATES)), Verdict.FAILS));
  }

  private static boolean all(LawReport report, Verdict verdict) {
    return !report.results().isEmpty()
        && report.results().stream().allMatch(r -> r.verdict() == verdict);
  }

  @Test
  void thereAreManyLaws() {
    assertTrue(OperationLaws.ALL.size() > 150, () -> OperationLaws.ALL.size() + " laws");
  }
}
