package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.Verdict;
import io.lanewise.propertytests.law.TamperedBackend.Tamper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every law of the convolution fails where it is broken: the backend is right but for one thing.
 */
@Tag("slow")
class ConvLawsCatchTest {
  private static final int CASES = 40;

  private static Stream<String> laws() {
    return ConvLaws.ALL.stream().map(Law::name);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void isBrokenByTheContrary(String law) {
    LawBook book =
        LawBook.of(ConvLaws.ALL).only(l -> l.name().equals(law)).cases(CASES).untilFirstFailure();
    for (Tamper tamper : contraries(law)) {
      LawReport report = book.check(TamperedBackend.of(tamper));
      assertEquals(Verdict.FAILS, report.results().getFirst().verdict(), report.table());
      Case failure = report.results().getFirst().failure().orElseThrow();
      assertFalse(failure.detail().orElse("").contains("Exception"), failure.line());
    }
  }

  @Test
  void allHoldWhereNothingIsBroken() {
    LawReport report = LawBook.of(ConvLaws.ALL).cases(3).check(TamperedBackend.of(new Tamper() {}));
    assertTrue(report.holds(), () -> report.failures().toString());
  }

  /** Something for each check that a law consists of. */
  private static List<Tamper> contraries(String law) {
    String kind =
        law.replaceFirst("^conv\\.", "")
            .replaceFirst("-(forward|input-gradient|weight-gradient)$", "");
    return switch (kind) {
      case "exact",
          "bounded",
          "adjoint",
          "adjoint-weights",
          "differences",
          "differences-weights",
          "pointwise",
          "impulse",
          "batch-sum" ->
          List.of(Tampers.addsOne(call -> true));
      case "agreement" -> List.of(Tampers.disagrees());
      case "transformed" -> List.of(Tampers.transformsAndAddsOne());
      case "gradients-add" ->
          List.of(
              Tampers.addsOne(call -> true),
              Tampers.overwrites(),
              Tampers.spoilsBiasGradient(),
              Tampers.addsOne(call -> call.db() == null));
      case "gradients-add-bounded" -> List.of(Tampers.overwrites(), Tampers.spoilsBiasGradient());
      case "linearity" ->
          law.endsWith("weight-gradient")
              ? List.of(
                  Tampers.addsOne(call -> true),
                  Tampers.addsOneBeyond(1, 4), // only the sum of two right arguments is larger
                  Tampers.addsOneBeyond(0, 8)) // only the multiple is
              : List.of(Tampers.addsOne(call -> true), Tampers.addsOneBeyond(0, 8));
      case "scaling" -> List.of(Tampers.roundsToGrid());
      case "underflow" -> List.of(Tampers.flushesSubnormals());
      case "zero-padding" ->
          List.of(
              Tampers.addsOne(call -> !call.shape().padding().isNone()),
              Tampers.spoilsFractions(s -> !s.padding().isNone()));
      case "dilation" ->
          List.of(Tampers.addsOne(call -> call.shape().dilationH() * call.shape().dilationW() > 1));
      case "batch-order", "input-channel-order", "output-channel-order" ->
          List.of(isSummed(law) ? Tampers.dependsOnFirstElement() : Tampers.dependsOnPlace());
      case "group-split" ->
          law.endsWith("weight-gradient")
              ? List.of(Tampers.dependsOnPlace())
              : List.of(
                  Tampers.dependsOnPlace(),
                  Tampers.everyPlan(Tampers.spoilsFractions(s -> s.groups() > 1)));
      case "threads" ->
          List.of(
              Tampers.addsOne(call -> call.par().workers() == 2),
              Tampers.addsOne(call -> call.par().workers() == 3));
      case "repeat" ->
          List.of(Tampers.countsRuns(), Tampers.readsWorkspace(), Tampers.remembersTheLastShape());
      case "packed" -> List.of(Tampers.countsRuns(), Tampers.packsOnce());
      case "special-values" -> List.of(Tampers.spreadsNan(), Tampers.swallowsNan());
      case "special-factors" -> List.of(Tampers.swallowsNan());
      case "bias" -> List.of(Tampers.forgetsBias(), Tampers.spoilsFractions(s -> true));
      case "residual" -> List.of(Tampers.forgetsResidual());
      case "activation" -> List.of(Tampers.forgetsActivation());
      case "clamp" -> List.of(Tampers.forgetsMin(), Tampers.forgetsMax());
      default -> List.of(Tampers.dependsOnPlace()); // shifts, mirrors, samples, slices, factors
    };
  }

  /** True if what is put in another order is summed over, so that the result stays. */
  private static boolean isSummed(String law) {
    return List.of(
            "conv.batch-order-weight-gradient",
            "conv.input-channel-order-forward",
            "conv.output-channel-order-input-gradient")
        .contains(law);
  }
}
