package io.lanewise.kernels.memory;

import io.lanewise.kernels.platform.CacheLine;
import java.util.HashMap;
import java.util.Map;

/**
 * Scratch memory for one call at a time: one array, a part for all workers and a part for each,
 * which begin on cache lines where {@link CacheLine} can tell, and another for weights that a plan
 * widens. Its content means nothing between calls. Not for concurrent use; make one for each thread
 * that calls.
 */
public final class Workspace {
  /** Serves plans that need no scratch memory. */
  public static final Workspace NONE = allocate(WorkspaceSpec.NONE, 1);

  private final WorkspaceSpec spec;
  private final int workers;
  private final float[] array;
  private final float[] wide;
  private final Map<String, PackedWeights> widened = new HashMap<>(); // by layout, all in wide

  private Workspace(WorkspaceSpec spec, int workers, float[] array) {
    this.spec = spec;
    this.workers = workers;
    this.array = array;
    this.wide = new float[(int) spec.widenedFloats()];
  }

  /**
   * Allocates what {@code spec} asks for {@code workers} workers.
   *
   * @throws IllegalArgumentException if that is 2^31 floats or more
   */
  public static Workspace allocate(WorkspaceSpec spec, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    long floats = spec.totalFloats(workers);
    if (floats > Integer.MAX_VALUE - 8 - CacheLine.START) {
      throw new IllegalArgumentException(
          "a workspace holds less than 2^31 floats, got "
              + floats
              + " for "
              + workers
              + " workers");
    }
    return new Workspace(spec, workers, new float[CacheLine.START + (int) floats]);
  }

  /** True if a plan that asks for {@code wanted} can run here with {@code workers} workers. */
  public boolean fits(WorkspaceSpec wanted, int workers) {
    return wanted.sharedFloats() <= spec.sharedFloats()
        && wanted.widenedFloats() <= spec.widenedFloats()
        && wanted.floatsPerWorker() <= spec.floatsPerWorker()
        && (workers <= this.workers || wanted.floatsPerWorker() == 0);
  }

  /**
   * Checks {@link #fits}.
   *
   * @throws IllegalArgumentException saying what is needed and what this has
   */
  public void require(WorkspaceSpec wanted, int workers) {
    if (!fits(wanted, workers)) {
      throw new IllegalArgumentException(
          "the workspace must have "
              + wanted
              + " for "
              + workers
              + " workers, got "
              + spec
              + " for "
              + this.workers);
    }
  }

  /** What it was allocated for. */
  public WorkspaceSpec spec() {
    return spec;
  }

  /** How many workers it serves. */
  public int workers() {
    return workers;
  }

  /** The array that holds all parts. */
  public float[] array() {
    return array;
  }

  /**
   * The part for widened weights, as weights of {@code layout}: a plan writes them for its call,
   * all plans to the same place. Allocates at a layout's first use.
   */
  public PackedWeights widened(String layout) {
    PackedWeights there = widened.get(layout);
    if (there == null) {
      there = new PackedWeights(layout, wide);
      widened.put(layout, there);
    }
    return there;
  }

  /** Index of the shared part. */
  public int sharedOffset() {
    return CacheLine.START;
  }

  /** Index of worker {@code worker}'s own part. */
  public int workerOffset(int worker) {
    return (int)
        (CacheLine.START
            + WorkspaceSpec.pad(spec.sharedFloats())
            + worker * WorkspaceSpec.pad(spec.floatsPerWorker()));
  }
}
