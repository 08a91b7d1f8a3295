package io.lanewise.propertytests.law;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laws of all other operations on this project's backends. */
class OperationLawsTest {
  private static final LawBook BOOK = LawBook.of(OperationLaws.ALL);

  @Test
  void holdForTheBestBackend() {
    requireHolds(BOOK.cases(60).check(Backend.best()));
  }

  @Test
  @Tag("slow")
  void holdForTheScalarBackend() {
    requireHolds(BOOK.cases(40).seed(2).check(CpuBackend.scalar()));
  }

  /**
   * But for two kinds of laws: the naive loops allocate, and their sums, in float64, are rounded
   * where a product ends, not where a chain goes on.
   */
  @Test
  @Tag("slow")
  void holdForTheReference() {
    Predicate<Law<?>> promised =
        law ->
            !law.name().endsWith(".contract-allocation")
                && !law.name().equals("gemm.sum-blocks-bits");
    requireHolds(BOOK.only(promised).cases(40).seed(3).check(new ReferenceBackend()));
  }

  @Test
  @Tag("long")
  void holdForManyShapes() {
    requireHolds(BOOK.cases(1_000).seed(4).check(Backend.best()));
    requireHolds(BOOK.cases(300).seed(5).check(CpuBackend.scalar()));
  }

  private static void requireHolds(LawReport report) {
    assertTrue(report.holds(), () -> String.join("\n", report.failures()));
  }

  @Test
  void eachHasANameOfItsOwnAFormulaAndASource() {
    Set<String> names = new HashSet<>();
    for (Law<?> law : OperationLaws.ALL) {
      assertTrue(names.add(law.name()), law::name);
      assertFalse(law.formula().isBlank(), law::name);
      assertFalse(law.source().isBlank(), law::name);
    }
  }
}
