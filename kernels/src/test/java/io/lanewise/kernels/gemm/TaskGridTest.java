package io.lanewise.kernels.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The cut of a product into tasks. */
final class TaskGridTest {
  @Test
  void oneWorkerTakesAllPanelsOfABlockOfRows() {
    assertEquals(new TaskGrid(112, 2, 28, 1), TaskGrid.of(3136, 112, 8, 2, 1, 1));
    assertEquals(new TaskGrid(56, 16, 1, 1), TaskGrid.of(49, 56, 8, 16, 1, 1));
  }

  @Test
  void fewRowsAreCutAlongThePanels() {
    TaskGrid grid = TaskGrid.of(49, 56, 8, 16, 1, 2);
    assertEquals(2, grid.panelBlocks());
    assertEquals(8, grid.panels());
  }

  @Test
  void everyRowAndPanelIsInATask() {
    for (int rows : new int[] {0, 1, 7, 8, 49, 196, 3136}) {
      for (int panels : new int[] {1, 2, 5, 16, 64}) {
        for (int workers : new int[] {1, 2, 3, 8, 64}) {
          TaskGrid g = TaskGrid.of(rows, 56, 8, panels, 1, workers);
          assertTrue(g.rows() % 8 == 0 && g.rows() <= 56, g::toString);
          assertEquals(Math.ceilDiv(rows, g.rows()), g.rowBlocks());
          assertTrue(g.panels() * g.panelBlocks() >= panels, g::toString);
          assertTrue(g.panels() * (g.panelBlocks() - 1) < panels, g::toString);
        }
      }
    }
  }

  @Test
  void anyNumberOfTilesMayBeATask() {
    TaskGrid grid = TaskGrid.of(392, 120, 6, 8, 1, 32); // halves of 120 are uneven by 1.14
    assertTrue(TaskGrid.imbalance(grid.tasks(), 32) <= 1.1, grid::toString);
    assertTrue(grid.rows() % 6 == 0 && grid.rows() * grid.rowBlocks() >= 392, grid::toString);
  }
}
