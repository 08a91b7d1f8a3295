package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.TaskCost;
import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs contenders side by side, each in a process of its own. Everything is repeated in several
 * forks with fresh processes, because one JVM differs from the next at identical code; in a fork,
 * everybody is prepared for a task and then visited in rounds, because the machine's speed changes
 * from minute to minute.
 *
 * <p>For one thread. Closing it (also from a shutdown hook) ends all processes and removes their
 * files.
 */
public final class Laboratory implements AutoCloseable {
  private static final Duration ROSTER_LIMIT = Duration.ofMinutes(2);
  private static final String NO_VARIANT = "-";

  private final Path folder;
  private final Function<Task, Expectation> reference;
  private final Processes processes = new Processes();
  private int desks;

  /** Makes a folder for the workers' files among the system's temporary ones. */
  public Laboratory() throws IOException {
    this(Expectation::of);
  }

  /** The same with another reference. */
  Laboratory(Function<Task, Expectation> reference) throws IOException {
    this.reference = reference;
    folder = Files.createTempDirectory("lanewise-bench");
  }

  /** Asks every home which contenders it has. A name that comes again is left out. */
  public Roster roster(List<Home> homes) {
    Map<String, Entrant> entrants = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Home home : homes) {
      try (Desk desk = desk(home)) {
        Reply reply = desk.ask(new Request.Hello(), ROSTER_LIMIT);
        if (reply instanceof Reply.Roster r) {
          for (ContenderInfo info : r.contenders()) {
            entrants.putIfAbsent(info.name(), new Entrant(info, home));
          }
          r.problems().forEach(p -> problems.add(home.name() + ": " + p));
        } else {
          problems.add(home.name() + ": " + reply);
        }
      } catch (WorkerLostException e) {
        problems.add(home.name() + ": " + e.getMessage());
      }
    }
    return new Roster(new ArrayList<>(entrants.values()), problems);
  }

  /**
   * Measures everything.
   *
   * @param commit of the code that is measured, or null
   * @throws LabException if the machine cannot be probed
   * @throws InterruptedException if the calling thread is interrupted
   * @throws java.util.concurrent.CancellationException if {@link #close} is called meanwhile
   */
  public BenchResult run(
      Workload workload,
      List<Entrant> entrants,
      Settings settings,
      String commit,
      LabListener listener)
      throws LabException, InterruptedException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      Map<Workload.Item, List<RowBuilder>> rows = rows(workload, entrants, settings, listener);
      Expectations expectations = new Expectations(folder.resolve("expectations"), reference);
      Progressing progress =
          new Progressing(listener, expectedMillis(rows, settings), settings.forks());
      for (int fork = 1; fork <= settings.forks(); fork++) {
        progress.fork(fork);
        try (Fork f = new Fork(fork, entrants, settings, listener, progress)) {
          for (Map.Entry<Workload.Item, List<RowBuilder>> e : rows.entrySet()) {
            progress.doing("reference of " + e.getKey().task());
            f.run(e.getKey().task(), e.getValue(), expectations);
          }
        }
      }
      return result(start, rows, entrants, settings, commit);
    } catch (IOException e) {
      throw new LabException("cannot write among the temporary files: " + e.getMessage(), e);
    }
  }

  /** Asks every contender in which ways it can do each task. */
  private Map<Workload.Item, List<RowBuilder>> rows(
      Workload workload, List<Entrant> entrants, Settings settings, LabListener listener)
      throws LabException {
    Map<Workload.Item, List<RowBuilder>> rows = new LinkedHashMap<>();
    Map<Workload.Item, TaskCost> costs = new HashMap<>();
    for (Workload.Item item : workload.items()) {
      rows.put(item, new ArrayList<>());
      costs.put(item, cost(item.task()));
    }
    Map<Home, Desk> desksByHome = new HashMap<>();
    try {
      for (Entrant entrant : entrants) {
        Desk desk = desksByHome.computeIfAbsent(entrant.home(), this::desk);
        for (Workload.Item item : workload.items()) {
          for (int threads : settings.threads()) {
            rows.get(item).addAll(rows(item, costs.get(item), entrant, threads, desk, listener));
          }
        }
      }
    } finally {
      desksByHome.values().forEach(Desk::close);
    }
    rows.values().forEach(of -> of.sort(Comparator.comparingInt(RowBuilder::threads)));
    return rows;
  }

  /** What a model costs is known once it ran: what cannot run stops us before anything is timed. */
  private static TaskCost cost(Task task) throws LabException {
    try {
      return TaskCost.of(task);
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new LabException(task + ": " + e.getMessage(), e);
    }
  }

  private static List<RowBuilder> rows(
      Workload.Item item,
      TaskCost cost,
      Entrant entrant,
      int threads,
      Desk desk,
      LabListener listener) {
    String why;
    try {
      Reply reply =
          desk.ask(
              new Request.Variants(entrant.name(), item.task().op(), item.task().shape()),
              ROSTER_LIMIT);
      if (reply instanceof Reply.Variants v) {
        return v.variants().stream()
            .map(variant -> new RowBuilder(item, cost, entrant, variant, threads))
            .toList();
      }
      why = reply instanceof Reply.Refused r ? r.why() : reply.toString();
    } catch (WorkerLostException e) {
      why = e.getMessage();
    }
    listener.onProblem(entrant.name() + ", " + item.task() + ": " + why);
    RowBuilder failed = new RowBuilder(item, cost, entrant, NO_VARIANT, threads);
    failed.fail(why);
    return List.of(failed);
  }

  private static long expectedMillis(Map<Workload.Item, List<RowBuilder>> rows, Settings settings) {
    return rows.values().stream().mapToLong(of -> TaskRun.expectedMillis(of.size(), settings)).sum()
        * settings.forks();
  }

  private static BenchResult result(
      Instant start,
      Map<Workload.Item, List<RowBuilder>> builders,
      List<Entrant> entrants,
      Settings settings,
      String commit) {
    HostInfo host = HostFacts.detect();
    List<Row> rows =
        builders.values().stream().flatMap(List::stream).map(r -> r.build(host)).toList();
    return new BenchResult(
        BenchResult.VERSION,
        start.toString(),
        host,
        JvmCommand.jvm(),
        commit,
        settings,
        entrants.stream().map(Entrant::info).toList(),
        rows);
  }

  private Desk desk(Home home) {
    desks++;
    return new Desk(home, folder.resolve("desk-" + desks), processes);
  }

  /**
   * One repetition. Each contender has a desk for each number of threads, because some libraries
   * have one number for a whole process, and so have the probes.
   */
  private final class Fork implements AutoCloseable {
    private final int number;
    private final Settings settings;
    private final LabListener listener;
    private final Progressing progress;
    private final Map<Place, Desk> desksByPlace = new HashMap<>();
    private final Map<Integer, ProbeDesk> probes = new LinkedHashMap<>();
    private int seats;

    Fork(
        int number,
        List<Entrant> entrants,
        Settings settings,
        LabListener listener,
        Progressing progress) {
      this.number = number;
      this.settings = settings;
      this.listener = listener;
      this.progress = progress;
      for (int threads : settings.threads()) {
        entrants.forEach(e -> desksByPlace.put(new Place(e.name(), threads), desk(e.home())));
        Path files = folder.resolve("probes-" + number + "-" + threads);
        probes.put(threads, new ProbeDesk(files, processes));
      }
    }

    /** A task that the reference cannot do costs its own rows; others go on. */
    void run(Task task, List<RowBuilder> rows, Expectations expectations)
        throws LabException, InterruptedException, IOException {
      if (rows.stream().allMatch(RowBuilder::failed)) {
        return;
      }
      Path expectation;
      try {
        expectation = expectations.of(task);
      } catch (RuntimeException | OutOfMemoryError e) {
        String why = "the reference cannot compute it: " + e;
        listener.onProblem(task + ": " + why);
        rows.stream().filter(r -> !r.failed()).forEach(r -> r.fail(why));
        return;
      }
      run(rows, expectation);
    }

    private void run(List<RowBuilder> rows, Path expectation)
        throws LabException, InterruptedException {
      List<Seat> taken = new ArrayList<>();
      for (RowBuilder row : rows) {
        Desk desk = desksByPlace.get(new Place(row.entrant().name(), row.threads()));
        seats++;
        taken.add(new Seat(seats, row, desk, expectation, settings.warmUpMillis(), listener));
      }
      long bytes = taken.getFirst().row().cost().bytes();
      new TaskRun(taken, probes, bytes, settings, number, progress).run();
    }

    @Override
    public void close() {
      desksByPlace.values().forEach(Desk::close);
      probes.values().forEach(ProbeDesk::close);
    }
  }

  /** Who sits at a desk. */
  private record Place(String contender, int threads) {}

  /** Ends all processes and removes their files. */
  @Override
  public void close() {
    processes.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().deleteOnExit(); // a dying worker still writes; they are temporary files
    }
  }
}
