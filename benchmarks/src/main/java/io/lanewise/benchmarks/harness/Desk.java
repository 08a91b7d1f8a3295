package io.lanewise.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Where a contender sits in a fork: its worker, which gets a successor when it is lost. */
final class Desk implements AutoCloseable {
  private static final int MOST_LOSSES = 8;

  private final Home home;
  private final Path folder;
  private final Processes processes;
  private WorkerProcess worker;
  private int generation;

  /**
   * A desk that is empty until the first question.
   *
   * @param folder for the workers' files
   */
  Desk(Home home, Path folder, Processes processes) {
    this.home = home;
    this.folder = folder;
    this.processes = processes;
  }

  /** Asks the worker that is there, or a new one. */
  Reply ask(Request request, Duration limit) throws WorkerLostException {
    if (worker == null) {
      if (generation > MOST_LOSSES) {
        throw new WorkerLostException("given up after " + generation + " lost processes");
      }
      generation++;
      try {
        worker = processes.start(home, folder.resolve("process-" + generation));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start a JVM", e);
      }
    }
    try {
      return worker.ask(request, limit);
    } catch (WorkerLostException e) {
      processes.requireOpen(); // or it was we who ended it
      close();
      throw e;
    }
  }

  /** Which worker this is: what an earlier one had prepared is gone. */
  int generation() {
    return generation;
  }

  /** True if a worker is there. */
  boolean taken() {
    return worker != null;
  }

  /** Waits until the worker's threads rest. */
  void awaitIdle() throws InterruptedException {
    if (worker != null) {
      Idle.await(worker.handle());
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      processes.end(worker);
      worker = null;
    }
  }
}
