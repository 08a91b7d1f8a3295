package io.lanewise.kernels.memory;

/**
 * Scratch memory that a plan needs for one call.
 *
 * @param sharedFloats floats that all workers see
 * @param floatsPerWorker floats that each worker has for itself
 * @param widenedFloats floats of weights that the plan keeps in 16 bits and widens for the call
 */
public record WorkspaceSpec(long sharedFloats, long floatsPerWorker, long widenedFloats) {
  private static final long MAX = 1L << 40; // sums over all workers stay far within a long

  /** No scratch memory. */
  public static final WorkspaceSpec NONE = new WorkspaceSpec(0, 0);

  /** Of a plan that widens no weights. */
  public WorkspaceSpec(long sharedFloats, long floatsPerWorker) {
    this(sharedFloats, floatsPerWorker, 0);
  }

  /** Checks that no size is negative. */
  public WorkspaceSpec {
    if (sharedFloats < 0 || floatsPerWorker < 0 || widenedFloats < 0) {
      throw new IllegalArgumentException("workspace sizes must be at least 0");
    }
    if (widenedFloats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a workspace holds less than 2^31 widened weights, got " + widenedFloats);
    }
    if (sharedFloats > MAX || floatsPerWorker > MAX) {
      throw new IllegalArgumentException(
          "a workspace holds less than 2^31 floats, got "
              + sharedFloats
              + " shared and "
              + floatsPerWorker
              + " a worker");
    }
  }

  /** The least workspace that serves either of two plans, one after the other. */
  public WorkspaceSpec max(WorkspaceSpec other) {
    return new WorkspaceSpec(
        Math.max(sharedFloats, other.sharedFloats),
        Math.max(floatsPerWorker, other.floatsPerWorker),
        Math.max(widenedFloats, other.widenedFloats));
  }

  /**
   * Floats in all for {@code workers} workers but for widened weights, each part starting on its
   * own cache line.
   */
  public long totalFloats(int workers) {
    return pad(sharedFloats) + workers * pad(floatsPerWorker);
  }

  static long pad(long floats) {
    return (floats + 15) & -16L;
  }
}
