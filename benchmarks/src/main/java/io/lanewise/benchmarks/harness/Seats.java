package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.check.Verdict;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.ContenderInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The prepared tasks of a worker, each under the number that the controller gave it. */
final class Seats {
  private final Contenders contenders;
  private final Map<Integer, Seat> seats = new HashMap<>();

  private record Seat(Prepared prepared, Clock clock, Expectation expectation, boolean ours) {}

  Seats(Contenders contenders) {
    this.contenders = contenders;
  }

  Reply prepare(Request.Prepare r) throws IOException {
    Contender contender = contenders.named(r.contender());
    Expectation expectation = Expectation.read(Path.of(r.expectation()));
    Prepared prepared = contender.prepare(new Task(r.op(), r.shape()), r.variant(), r.threads());
    try {
      prepared.run();
      Reply verdict = verdict(expectation, prepared, null);
      if (verdict instanceof Reply.Ready) {
        boolean ours = ContenderInfo.ours(r.contender());
        seats.put(r.seat(), new Seat(prepared, new Clock(prepared), expectation, ours));
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
    Seat seat = seat(r.seat());
    seats.remove(r.seat());
    try (Prepared prepared = seat.prepared()) {
      // What native libraries allocate cannot be seen from here.
      Long allocated = seat.ours() ? allocated(prepared) : null;
      return verdict(seat.expectation(), prepared, allocated);
    }
  }

  private static Long allocated(Prepared prepared) {
    OptionalLong bytes = Allocation.bytesARun(prepared);
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }

  private static Reply verdict(Expectation expectation, Prepared prepared, Long allocated) {
    Verdict verdict = expectation.check(prepared.output());
    return verdict.problem().isPresent()
        ? new Reply.Refused("wrong result: " + verdict.problem().get())
        : new Reply.Ready(verdict.worstError(), verdict.rmsError(), allocated);
  }

  private Seat seat(int number) {
    Seat seat = seats.get(number);
    if (seat == null) {
      throw new IllegalStateException("nothing was prepared as number " + number);
    }
    return seat;
  }
}
