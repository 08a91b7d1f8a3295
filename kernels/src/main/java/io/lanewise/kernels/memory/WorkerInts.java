package io.lanewise.kernels.memory;

/**
 * Integers for each worker of a call, kept by the plan's call frame from call to call: what a
 * {@link Workspace} is for floats. Not for concurrent calls.
 */
public final class WorkerInts {
  private final int each;
  private int[][] arrays = {};

  /**
   * Nothing yet.
   *
   * @param each integers of each worker
   */
  public WorkerInts(int each) {
    this.each = each;
  }

  /** Makes arrays for so many workers, if there were never as many. */
  public void require(int workers) {
    if (arrays.length < workers) {
      arrays = new int[workers][each];
    }
  }

  /** A worker's array, with whatever was left in it. */
  public int[] of(int worker) {
    return arrays[worker];
  }
}
