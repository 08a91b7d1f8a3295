package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.propertytests.ChannelsLastBackend;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The laws of the convolution on this project's backends. */
class ConvLawsTest {
  static final List<String> EXACT =
      List.of("conv.exact-forward", "conv.exact-input-gradient", "conv.exact-weight-gradient");

  private static final LawBook BOOK = LawBook.of(ConvLaws.ALL);

  @Test
  void holdForTheBestBackend() {
    requireHolds(BOOK.cases(60).check(Backend.best()));
  }

  @Test
  void holdForChannelsLast() {
    requireHolds(BOOK.cases(40).seed(8).check(new ChannelsLastBackend(Backend.best())));
  }

  @Test
  @Tag("slow")
  void holdForChannelsLastOnTheScalarBackend() {
    requireHolds(BOOK.cases(15).seed(9).check(new ChannelsLastBackend(CpuBackend.scalar())));
  }

  /** Each pass by itself, with every algorithm that the backend lists for it. */
  @ParameterizedTest
  @FieldSource("EXACT")
  @Tag("slow")
  void twoThousandShapesAreExact(String law) {
    requireExact(law, 2_300, 2_000);
  }

  @ParameterizedTest
  @FieldSource("EXACT")
  @Tag("long")
  void fiftyThousandShapesAreExact(String law) {
    requireExact(law, 65_000, 50_000);
  }

  private static void requireExact(String law, int cases, int shapes) {
    LawBook book = BOOK.only(l -> l.name().equals(law)).cases(cases).seed(7);
    for (Backend backend : List.of(Backend.best(), new ChannelsLastBackend(Backend.best()))) {
      LawReport report = book.check(backend);
      requireHolds(report);
      int checked = checkedShapes(report);
      assertTrue(checked >= shapes, () -> law + ": expected " + shapes + " shapes, got " + checked);
    }
  }

  @Test
  @Tag("slow")
  void holdForTheScalarBackend() {
    requireHolds(BOOK.cases(30).seed(2).check(CpuBackend.scalar()));
  }

  @Test
  @Tag("slow")
  void holdForTheReference() {
    requireHolds(BOOK.cases(12).seed(3).check(new ReferenceBackend()));
  }

  @Test
  @Tag("long")
  void holdForManyShapes() {
    requireHolds(BOOK.cases(900).seed(4).check(Backend.best()));
  }

  @Test
  @Tag("long")
  void holdForManyShapesOnTheScalarBackend() {
    requireHolds(BOOK.cases(200).seed(5).check(CpuBackend.scalar()));
  }

  private static void requireHolds(LawReport report) {
    assertTrue(report.holds(), () -> String.join("\n", report.failures()));
  }

  /**
   * At least so many different shapes were checked: those that were not offered might all differ.
   */
  private static int checkedShapes(LawReport report) {
    int notOffered = report.results().stream().mapToInt(LawResult::notOffered).sum();
    return report.distinctShapes() - notOffered;
  }

  @Test
  void theSameSeedChecksTheSame() {
    LawBook book = BOOK.cases(2).seed(6);
    assertEquals(
        book.check(new ReferenceBackend()).toString().replaceAll("@[0-9a-f]+", ""),
        book.check(new ReferenceBackend()).toString().replaceAll("@[0-9a-f]+", ""));
  }

  @Test
  void eachHasANameOfItsOwnAFormulaAndASource() {
    Set<String> names = new HashSet<>();
    for (Law<?> law : ConvLaws.ALL) {
      assertTrue(names.add(law.name()), law::name);
      assertFalse(law.formula().isBlank(), law::name);
      assertFalse(law.source().isBlank(), law::name);
    }
  }
}
