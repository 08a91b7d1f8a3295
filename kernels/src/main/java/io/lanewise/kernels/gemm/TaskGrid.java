package io.lanewise.kernels.gemm;

/**
 * How a product of rows by panels is cut into tasks. No sum crosses a task, so the cut may follow
 * the number of workers and changes no bit.
 *
 * @param rows rows of a task
 * @param panels panels of a task
 * @param rowBlocks tasks along the rows
 * @param panelBlocks tasks along the panels
 */
public record TaskGrid(int rows, int panels, int rowBlocks, int panelBlocks) {
  /** What cutting the panels costs: each block prepares its rows again. */
  private static final double AGAIN = 0.1;

  /** What halving the rows of a task costs: the weights are read more often. */
  private static final double FEWER_ROWS = 0.02;

  /**
   * The cheapest cut for a number of workers.
   *
   * @param rows rows in all
   * @param most rows that a task should have at most, a multiple of {@code mr}
   * @param mr rows of a register tile
   * @param panels panels of a group
   * @param groups groups, each of which is a task of its own at least
   */
  public static TaskGrid of(int rows, int most, int mr, int panels, int groups, int workers) {
    TaskGrid best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int step = most; step >= mr; step -= mr) {
      double rowCost = 1 + FEWER_ROWS * Math.log((double) most / step) / Math.log(2);
      int rowBlocks = Math.ceilDiv(rows, step);
      if (workers > 1 && rowBlocks > 1) {
        rowCost *= (double) step * rowBlocks / rows; // the last block is smaller
      }
      for (int panelBlocks = 1; panelBlocks <= panels; panelBlocks++) {
        int each = Math.ceilDiv(panels, panelBlocks);
        if (panelBlocks > 1 && Math.ceilDiv(panels, each) < panelBlocks) {
          continue; // the same as an earlier cut
        }
        double cost = rowCost + AGAIN * (panelBlocks - 1) / panels;
        cost *= imbalance((long) rowBlocks * panelBlocks * groups, workers);
        cost *= (double) each * panelBlocks / panels;
        if (cost < least) {
          least = cost;
          best = new TaskGrid(step, each, rowBlocks, panelBlocks);
        }
      }
    }
    return best;
  }

  /** The busiest worker's tasks over the mean. */
  public static double imbalance(long tasks, int workers) {
    return tasks == 0 ? 1 : (double) Math.ceilDiv(tasks, workers) * workers / tasks;
  }

  /** Tasks of one group. */
  public int tasks() {
    return rowBlocks * panelBlocks;
  }
}
