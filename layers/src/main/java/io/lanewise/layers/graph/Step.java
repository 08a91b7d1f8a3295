package io.lanewise.layers.graph;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;

/** A node of one run, tied to its memory. For one call at a time; allocates nothing. */
@FunctionalInterface
public interface Step {
  /** Computes the outputs from the inputs. */
  void run(Workspace ws, Parallel par);
}
