package io.lanewise.kernels.conv;

/**
 * How the rows of a depthwise convolution are cut into tasks: after the first rows, which miss taps
 * and belong to the first task, so many at a time that {@link DepthwisePass} computes four
 * together.
 *
 * @param rows in all
 * @param first rows before the first with all taps
 * @param each rows of a task
 */
record DepthwiseTasks(int rows, int first, int each) {
  private static final int TASK_FLOATS = 1 << 16;

  /**
   * The cut.
   *
   * @param rowFloats outputs of a row
   */
  static DepthwiseTasks of(int rows, int insideTop, long rowFloats) {
    int wanted = Math.clamp(TASK_FLOATS / rowFloats, 1, rows);
    int each =
        wanted < DepthwisePass.ROWS ? wanted : wanted / DepthwisePass.ROWS * DepthwisePass.ROWS;
    return new DepthwiseTasks(rows, Math.min(rows - 1, insideTop), each);
  }

  /** Tasks. */
  int count() {
    return Math.ceilDiv(rows - first, each);
  }

  /** The most rows that a task has. */
  int most() {
    return Math.min(rows, first + each);
  }

  /** A task's first row. */
  int from(int task) {
    return task == 0 ? 0 : first + task * each;
  }

  /** One past its last row. */
  int end(int task) {
    return Math.min(rows, first + (task + 1) * each);
  }
}
