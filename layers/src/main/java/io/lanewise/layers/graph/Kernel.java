package io.lanewise.layers.graph;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.memory.WorkspaceSpec;

/**
 * A planned node: algorithm and memory are fixed, weights packed. Immutable; any number of runs
 * share it.
 */
public interface Kernel {
  /** Scratch memory of one run. */
  default WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  /** The algorithm, for {@code explain}; empty if there is only one. */
  default String algorithm() {
    return "";
  }

  /** True if the output is the first input's memory, and nothing is to be done. */
  default boolean isView() {
    return false;
  }

  /** True if the first output may lie where this input lies, of the same size. */
  default boolean mayOverwrite(int input) {
    return false;
  }

  /** True if a run reads this input; not so for weights that were packed. */
  default boolean reads(int input) {
    return true;
  }

  /** Adds its plans to a warm-up. */
  default void addTo(WarmUp warm) {}

  /** What one run needs, tied to its memory. Not called of views. */
  Step bind(Binding memory);
}
