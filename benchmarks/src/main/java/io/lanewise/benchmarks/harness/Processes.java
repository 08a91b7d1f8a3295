package io.lanewise.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** All workers that run; none outlives this, nor starts after its end. */
final class Processes implements AutoCloseable {
  private final Set<WorkerProcess> running = new HashSet<>();
  private boolean closed;

  /**
   * Starts a worker.
   *
   * @throws CancellationException after the end
   */
  synchronized WorkerProcess start(Home home, Path folder) throws IOException {
    if (closed) {
      throw cancelled();
    }
    WorkerProcess worker = WorkerProcess.start(home, folder);
    running.add(worker);
    return worker;
  }

  synchronized void end(WorkerProcess worker) {
    worker.close();
    running.remove(worker);
  }

  /**
   * Does nothing while this is open.
   *
   * @throws CancellationException after the end
   */
  synchronized void requireOpen() {
    if (closed) {
      throw cancelled();
    }
  }

  private static CancellationException cancelled() {
    return new CancellationException("the laboratory is closed");
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.forEach(WorkerProcess::close);
    running.clear();
  }
}
