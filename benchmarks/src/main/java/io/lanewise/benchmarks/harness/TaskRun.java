package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * One task in one fork: everybody prepares, then rounds in which the roofs are measured and
 * everybody is visited once, on every number of threads, in an order drawn anew for each round:
 * what a neighbour leaves behind, in caches or in the processor's clock, meets nobody more often
 * than others. A round's roofs are the mean of those at its beginning and its end.
 */
final class TaskRun {
  private static final int PREPARE_MILLIS = 400; // beside warming up; to foretell the end
  private static final int PROBE_MILLIS = 40;

  private final List<Seat> seats;
  private final Map<Integer, ProbeDesk> probes;
  private final long bytes;
  private final Settings settings;
  private final int fork;
  private final Progressing progress;

  /**
   * A run.
   *
   * @param seats at least one, all of one task
   * @param probes the roofs for each number of threads that they have
   * @param bytes that the task moves at least
   */
  TaskRun(
      List<Seat> seats,
      Map<Integer, ProbeDesk> probes,
      long bytes,
      Settings settings,
      int fork,
      Progressing progress) {
    this.seats = seats;
    this.probes = probes;
    this.bytes = bytes;
    this.settings = settings;
    this.fork = fork;
    this.progress = progress;
  }

  /** How long it takes, roughly. */
  static long expectedMillis(int seats, Settings settings) {
    return (long) seats * expectedPreparing(settings)
        + (long) settings.rounds()
            * ((long) PROBE_MILLIS * settings.threads().size()
                + (long) seats * settings.visitMillis());
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
    Map<Integer, ProbeDesk.Roof> before = probe();
    for (int round = 1; round <= settings.rounds(); round++) {
      List<Seat> order = order(seats, seats.getFirst().row().task(), fork, round);
      List<OptionalDouble> times = new ArrayList<>();
      for (Seat seat : order) {
        times.add(visit(seat));
      }
      Map<Integer, ProbeDesk.Roof> after = probe();
      for (int i = 0; i < seats.size(); i++) {
        if (times.get(i).isPresent()) {
          double nanos = times.get(i).getAsDouble();
          RowBuilder row = order.get(i).row();
          ProbeDesk.Roof roof = before.get(row.threads()).mean(after.get(row.threads()));
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
    if (seat.row().threads() > 1) {
      seat.awaitIdle();
    }
    progress.did(settings.visitMillis());
    return nanos;
  }

  /** The roofs for each number of threads. */
  private Map<Integer, ProbeDesk.Roof> probe() throws LabException {
    Map<Integer, ProbeDesk.Roof> roofs = new HashMap<>();
    for (Map.Entry<Integer, ProbeDesk> desk : probes.entrySet()) {
      roofs.put(desk.getKey(), desk.getValue().measure(desk.getKey(), bytes));
      progress.did(PROBE_MILLIS);
    }
    return roofs;
  }

  private static String name(Seat seat) {
    RowBuilder row = seat.row();
    String threads = row.threads() == 1 ? "" : ", " + row.threads() + " threads";
    return row.task() + " · " + row.entrant().name() + " " + row.variant() + threads;
  }
}
