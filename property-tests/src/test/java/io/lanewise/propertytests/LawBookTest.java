package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.propertytests.law.Laws;
import org.junit.jupiter.api.Test;

/** The law-book against the production backend. */
class LawBookTest {
  @Test
  void holdsForTheBestBackend() {
    LawReport report =
        LawBook.of(Laws.ALL).only(l -> l.name().equals("conv.adjoint")).check(Backend.best());
    assertTrue(report.holds(), () -> report.failures().toString());
  }
}
