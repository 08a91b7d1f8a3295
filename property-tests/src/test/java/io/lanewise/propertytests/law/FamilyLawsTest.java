package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.subject.FamilySubject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laws of the families of operations on this project's backends. */
class FamilyLawsTest {
  private static final LawBook BOOK =
      LawBook.of(Laws.ALL).only(law -> law.subject() instanceof FamilySubject);

  @Test
  void holdForTheBestBackend() {
    requireHolds(BOOK.cases(25).check(Backend.best()));
  }

  @Test
  @Tag("slow")
  void holdForTheScalarBackend() {
    requireHolds(BOOK.cases(15).seed(2).check(CpuBackend.scalar()));
  }

  @Test
  @Tag("slow")
  void holdForTheReference() {
    requireHolds(BOOK.cases(8).seed(3).check(new ReferenceBackend()));
  }

  @Test
  @Tag("long")
  void holdForManyShapes() {
    requireHolds(BOOK.cases(3_000).seed(4).check(Backend.best()));
    requireHolds(BOOK.cases(1_000).seed(5).check(CpuBackend.scalar()));
  }

  private static void requireHolds(LawReport report) {
    assertTrue(report.holds(), () -> String.join("\n", report.failures()));
  }
}
