package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laws of the convolution on this project's backends. */
class ConvLawsTest {
  private static final LawBook BOOK = LawBook.of(ConvLaws.ALL);

  @Test
  void holdForTheBestBackend() {
    LawReport report = BOOK.cases(60).check(Backend.best());
    requireHolds(report);
    assertTrue(checkedShapes(report) >= 2_000, () -> checkedShapes(report) + " shapes");
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
  void holdForFiftyThousandShapes() {
    LawReport report = BOOK.cases(900).seed(4).check(Backend.best());
    requireHolds(report);
    assertTrue(checkedShapes(report) >= 50_000, () -> checkedShapes(report) + " shapes");
  }

  @Test
  @Tag("long")
  void holdForTenThousandShapesOnTheScalarBackend() {
    LawReport report = BOOK.cases(200).seed(5).check(CpuBackend.scalar());
    requireHolds(report);
    assertTrue(checkedShapes(report) >= 10_000, () -> checkedShapes(report) + " shapes");
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
