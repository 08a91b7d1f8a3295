package io.lanewise.layers.graph;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Runs of one compiled graph for many threads: as many as are in use at one time are made, and
 * kept. Safe for many threads.
 *
 * <pre>{@code
 * GraphRun run = pool.take();
 * try {
 *   run.bind("x", x).bindOutput("y", y).run(parallel);
 * } finally {
 *   pool.giveBack(run);
 * }
 * }</pre>
 */
public final class RunPool {
  private final CompiledGraph graph;
  private final int mostIdle;
  private final Deque<GraphRun> idle = new ArrayDeque<>();

  /**
   * Nothing yet.
   *
   * @param mostIdle how many runs that nobody uses are kept
   */
  public RunPool(CompiledGraph graph, int mostIdle) {
    if (mostIdle < 0) {
      throw new IllegalArgumentException("at least 0 idle runs are kept, got " + mostIdle);
    }
    this.graph = graph;
    this.mostIdle = mostIdle;
  }

  /** A run that nobody else uses, with nothing bound. */
  public GraphRun take() {
    synchronized (idle) {
      GraphRun run = idle.poll(); // the one used last, whose memory is nearest
      if (run != null) {
        return run;
      }
    }
    return graph.newRun();
  }

  /** Gives a run back, which then forgets what was bound. */
  public void giveBack(GraphRun run) {
    if (run.graph() != graph) {
      throw new IllegalArgumentException("the run must be of this pool's graph");
    }
    run.unbind();
    synchronized (idle) {
      if (idle.size() < mostIdle) {
        idle.push(run);
      }
    }
  }
}
