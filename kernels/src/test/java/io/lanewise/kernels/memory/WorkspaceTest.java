package io.lanewise.kernels.memory;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Scratch memory and packed weights. */
final class WorkspaceTest {
  @Test
  void partsStartOnCacheLinesAndDoNotOverlap() {
    Workspace ws = Workspace.allocate(new WorkspaceSpec(17, 3), 3);
    assertEquals(12, ws.sharedOffset());
    assertEquals(44, ws.workerOffset(0));
    assertEquals(60, ws.workerOffset(1));
    assertEquals(76, ws.workerOffset(2));
    assertEquals(92, ws.array().length);
    assertEquals(3, ws.workers());
    assertEquals(new WorkspaceSpec(17, 3), ws.spec());
    assertEquals(80, ws.spec().totalFloats(3));
  }

  @Test
  void fitsWhatIsNoLarger() {
    Workspace ws = Workspace.allocate(new WorkspaceSpec(20, 10), 2);
    assertTrue(ws.fits(new WorkspaceSpec(20, 10), 2));
    assertTrue(ws.fits(new WorkspaceSpec(0, 1), 1));
    assertFalse(ws.fits(new WorkspaceSpec(21, 10), 2));
    assertFalse(ws.fits(new WorkspaceSpec(20, 11), 2));
    assertFalse(ws.fits(new WorkspaceSpec(20, 10), 3));
    assertTrue(ws.fits(new WorkspaceSpec(20, 0), 3), "no worker needs anything");
    ws.require(new WorkspaceSpec(20, 10), 2);
    assertRefused(
        () -> ws.require(new WorkspaceSpec(20, 10), 3),
        "WorkspaceSpec[sharedFloats=20, floatsPerWorker=10, widenedFloats=0] for 3 workers",
        "for 2");
  }

  @Test
  void noneServesPlansThatNeedNothing() {
    assertTrue(Workspace.NONE.fits(WorkspaceSpec.NONE, 8));
    assertFalse(Workspace.NONE.fits(new WorkspaceSpec(1, 0), 1));
    assertEquals(12, Workspace.NONE.array().length);
  }

  @Test
  void theGreaterOfTwoServesBoth() {
    WorkspaceSpec both = new WorkspaceSpec(5, 9).max(new WorkspaceSpec(7, 2));
    assertEquals(new WorkspaceSpec(7, 9), both);
  }

  @Test
  void widenedWeightsOfAllLayoutsLieInOnePlace() {
    WorkspaceSpec spec = new WorkspaceSpec(5, 1, 7);
    assertEquals(spec, new WorkspaceSpec(1, 1, 7).max(new WorkspaceSpec(5, 0, 3)));
    Workspace ws = Workspace.allocate(spec, 2);
    assertTrue(ws.fits(new WorkspaceSpec(5, 1, 7), 2));
    assertFalse(ws.fits(new WorkspaceSpec(0, 0, 8), 1));
    PackedWeights w = ws.widened("rows");
    w.require("rows");
    assertEquals(7, w.data().length);
    assertSame(w, ws.widened("rows"));
    assertSame(w.data(), ws.widened("strips").data());
    ws.widened("strips").require("strips");
    assertRefused(() -> new WorkspaceSpec(0, 0, -1), "at least 0");
    assertRefused(() -> new WorkspaceSpec(0, 0, 1L << 31), "2^31", "2147483648");
  }

  @Test
  void refusesNonsense() {
    assertRefused(() -> new WorkspaceSpec(-1, 0), "at least 0");
    assertRefused(() -> new WorkspaceSpec(0, -1), "at least 0");
    assertRefused(() -> Workspace.allocate(WorkspaceSpec.NONE, 0), "at least 1, got 0");
    WorkspaceSpec large = new WorkspaceSpec(0, 1L << 30);
    assertRefused(() -> Workspace.allocate(large, 2), "2^31", "2147483648 for 2 workers");
    assertRefused(() -> Workspace.allocate(new WorkspaceSpec(1L << 31, 0), 1), "2^31");
  }

  @Test
  void refusesWhatNoLongCanCount() {
    assertRefused(() -> Workspace.allocate(new WorkspaceSpec(Long.MAX_VALUE, 0), 1), "2^31");
    assertRefused(() -> Workspace.allocate(new WorkspaceSpec(0, Long.MAX_VALUE / 3), 7), "2^31");
  }

  @Test
  void packedWeightsBelongToOneLayout() {
    PackedWeights w = new PackedWeights("im2col mr8", 12);
    assertEquals(12, w.data().length);
    assertSame(w.data(), w.data());
    assertEquals("im2col mr8", w.layout());
    w.require("im2col mr8");
    assertRefused(() -> w.require("im2col mr6"), "'im2col mr8'", "'im2col mr6'");
  }
}
