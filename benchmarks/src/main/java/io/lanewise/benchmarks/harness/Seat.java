package io.lanewise.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;

/** One row in one fork: asks its desk to prepare, to time and to close, and notes what fails. */
final class Seat {
  private static final Duration PREPARE_LIMIT = Duration.ofMinutes(3);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(2); // and ten times what was asked

  private final int number;
  private final RowBuilder row;
  private final Desk desk;
  private final Path expectation;
  private final int warmUpMillis;
  private final LabListener listener;
  private int preparedIn; // the desk's generation

  Seat(
      int number,
      RowBuilder row,
      Desk desk,
      Path expectation,
      int warmUpMillis,
      LabListener listener) {
    this.number = number;
    this.row = row;
    this.desk = desk;
    this.expectation = expectation;
    this.warmUpMillis = warmUpMillis;
    this.listener = listener;
  }

  RowBuilder row() {
    return row;
  }

  /** Prepares, checks and warms up, if the row has not failed. */
  void prepare() {
    if (row.failed()) {
      return;
    }
    Request prepare =
        new Request.Prepare(
            number,
            row.entrant().name(),
            row.task().op(),
            row.task().shape(),
            row.variant(),
            row.threads(),
            expectation.toString());
    Reply ready = ask(prepare, PREPARE_LIMIT);
    if (ready instanceof Reply.Ready r) {
      preparedIn = desk.generation();
      row.checked(r);
      ask(new Request.WarmUp(number, warmUpMillis), limit(warmUpMillis));
    }
  }

  /** Times it once; empty if the row has failed. A worker that is new is prepared first. */
  OptionalDouble visit(int millis) {
    if (!row.failed() && (!desk.taken() || preparedIn != desk.generation())) {
      prepare();
    }
    if (!row.failed()
        && ask(new Request.Time(number, millis), limit(millis)) instanceof Reply.Timed t) {
      return OptionalDouble.of(t.nanos());
    }
    return OptionalDouble.empty();
  }

  /** Waits until the worker's threads rest. */
  void awaitIdle() throws InterruptedException {
    desk.awaitIdle();
  }

  /** Checks the result once more and frees the memory. */
  void close() {
    if (!row.failed() && desk.taken() && preparedIn == desk.generation()) {
      Reply ready = ask(new Request.Close(number), PREPARE_LIMIT);
      if (ready instanceof Reply.Ready r) {
        row.checked(r);
      }
    }
  }

  private static Duration limit(int millis) {
    return RUN_LIMIT.plusMillis(10L * millis);
  }

  /** Any answer but a refusal; null, and the row failed, if there is none. */
  private Reply ask(Request request, Duration limit) {
    String why;
    try {
      Reply reply = desk.ask(request, limit);
      if (!(reply instanceof Reply.Refused refused)) {
        return reply;
      }
      why = refused.why();
    } catch (WorkerLostException e) {
      why = e.getMessage();
    }
    row.fail(why);
    listener.onProblem(row.entrant().name() + " " + row.variant() + ", " + row.task() + ": " + why);
    return null;
  }
}
