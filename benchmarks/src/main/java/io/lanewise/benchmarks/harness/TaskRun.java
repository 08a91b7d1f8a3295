package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * One task in one fork: everybody prepares, then rounds in which the roofs are measured and
 * everybody is visited once, in an order drawn anew for each round: what a neighbour leaves behind,
 * in caches or in the processor's clock, meets nobody more often than others. A round's roofs are
 * the mean of those at its beginning and its end.
 */
final class TaskRun {
  private static final int PREPARE_MILLIS = 400; // beside warming up; to foretell the end
  private static final int PROBE_MILLIS = 40;

  private final List<Seat> seats;
  private final ProbeDesk probes;
  private final long bytes;
  private final int threads;
  private final Settings settings;
  private final int fork;
  private final Progressing progress;

  TaskRun(
      List<Seat> seats,
      ProbeDesk probes,
      long bytes,
      int threads,
      Settings settings,
      int fork,
      Progressing progress) {
    this.seats = seats;
    this.probes = probes;
    this.bytes = bytes;
    this.threads = threads;
    this.settings = settings;
    this.fork = fork;
    this.progress = progress;
  }

  /** How long it takes, roughly. */
  static long expectedMillis(int seats, Settings settings) {
    return (long) seats * expectedPreparing(settings)
        + (long) settings.rounds() * (PROBE_MILLIS + (long) seats * settings.visitMillis());
  }

  private static int expectedPreparing(Settings settings) {
    return PREPARE_MILLIS + settings.warmUpMillis();
  }

  void run() throws LabException, InterruptedException {
    for (Seat seat : seats) {
      progress.doing("prepare " + name(seat));
      seat.prepare();
      progress.did(expectedPreparing(settings));
    }
    ProbeDesk.Roof before = probe();
    for (int round = 1; round <= settings.rounds(); round++) {
      List<Seat> order = order(seats, seats.getFirst().row().task(), fork, round);
      List<OptionalDouble> times = new ArrayList<>();
      for (Seat seat : order) {
        times.add(visit(seat));
      }
      ProbeDesk.Roof after = probe();
      ProbeDesk.Roof roof = before.mean(after);
      for (int i = 0; i < seats.size(); i++) {
        if (times.get(i).isPresent()) {
          double nanos = times.get(i).getAsDouble();
          RowBuilder row = order.get(i).row();
          row.add(fork, round, nanos, roof.peakGflops(), roof.copyGBs());
        }
      }
      before = after;
    }
    seats.forEach(Seat::close);
  }

  /** A permutation of some seats; always the same for a task, fork and round. */
  static <S> List<S> order(List<S> seats, Task task, int fork, int round) {
    long seed = (31L * task.toString().hashCode() + fork) * 1_009 + round;
    List<S> order = new ArrayList<>(seats);
    Collections.shuffle(order, new SplittableRandom(seed));
    return order;
  }

  private OptionalDouble visit(Seat seat) throws InterruptedException {
    progress.doing(name(seat));
    OptionalDouble nanos = seat.visit(settings.visitMillis());
    if (threads > 1) {
      seat.awaitIdle();
    }
    progress.did(settings.visitMillis());
    return nanos;
  }

  private ProbeDesk.Roof probe() throws LabException {
    ProbeDesk.Roof roof = probes.measure(threads, bytes);
    progress.did(PROBE_MILLIS);
    return roof;
  }

  private static String name(Seat seat) {
    RowBuilder row = seat.row();
    return row.task() + " · " + row.entrant().name() + " " + row.variant();
  }
}
