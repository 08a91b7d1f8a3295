package io.lanewise.onnx.stage;

import io.lanewise.layers.graph.CompiledGraph;
import io.lanewise.layers.graph.GraphRun;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The memory of runs that are over, for those that come. Taking and giving back allocate nothing.
 */
final class RunPool {
  private static final int MOST = 64;

  private final CompiledGraph graph;
  private final AtomicReferenceArray<GraphRun> free = new AtomicReferenceArray<>(MOST);

  RunPool(CompiledGraph graph) {
    this.graph = graph;
  }

  GraphRun take() {
    for (int i = 0; i < MOST; i++) {
      GraphRun run = free.get(i);
      if (run != null && free.compareAndSet(i, run, null)) {
        return run;
      }
    }
    return graph.newRun();
  }

  /** Kept if there is room. */
  void giveBack(GraphRun run) {
    for (int i = 0; i < MOST; i++) {
      if (free.get(i) == null && free.compareAndSet(i, null, run)) {
        return;
      }
    }
  }
}
