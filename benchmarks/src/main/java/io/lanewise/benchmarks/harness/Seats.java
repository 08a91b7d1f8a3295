package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.check.Verdict;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The prepared tasks of a worker, each under the number that the controller gave it. */
final class Seats {
  private final Contenders contenders;
  private final Map<Integer, Seat> seats = new HashMap<>();

  private record Seat(Prepared prepared, Clock clock, Expectation expectation) {}

  Seats(Contenders contenders) {
    this.contenders = contenders;
  }

  Reply prepare(Request.Prepare r) throws IOException {
    Contender contender = contenders.named(r.contender());
    Expectation expectation = Expectation.read(Path.of(r.expectation()));
    Prepared prepared = contender.prepare(new Task(r.op(), r.shape()), r.variant(), r.threads());
    try {
      prepared.run();
      Reply verdict = verdict(expectation, prepared);
      if (verdict instanceof Reply.Ready) {
        seats.put(r.seat(), new Seat(prepared, new Clock(prepared), expectation));
        prepared = null;
      }
      return verdict;
    } finally {
      if (prepared != null) {
        prepared.close();
      }
    }
  }

  Reply warmUp(Request.WarmUp r) {
    return seat(r.seat()).clock().warmUp(r.millis() * 1_000_000L);
  }

  Reply time(Request.Time r) {
    return seat(r.seat()).clock().time(r.millis() * 1_000_000L);
  }

  /** Compiled code may compute something else than what the first run did: so a last look. */
  Reply close(Request.Close r) {
    try (Prepared prepared = seat(r.seat()).prepared()) {
      return verdict(seats.remove(r.seat()).expectation(), prepared);
    }
  }

  private static Reply verdict(Expectation expectation, Prepared prepared) {
    Verdict verdict = expectation.check(prepared.output());
    return verdict.problem().isPresent()
        ? new Reply.Refused("wrong result: " + verdict.problem().get())
        : new Reply.Ready(verdict.worstError());
  }

  private Seat seat(int number) {
    Seat seat = seats.get(number);
    if (seat == null) {
      throw new IllegalStateException("nothing was prepared as number " + number);
    }
    return seat;
  }
}
