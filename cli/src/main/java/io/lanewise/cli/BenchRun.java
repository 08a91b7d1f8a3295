package io.lanewise.cli;

import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.harness.Entrant;
import io.lanewise.benchmarks.harness.Home;
import io.lanewise.benchmarks.harness.LabException;
import io.lanewise.benchmarks.harness.Laboratory;
import io.lanewise.benchmarks.harness.Project;
import io.lanewise.benchmarks.harness.Roster;
import io.lanewise.benchmarks.report.ResultText;
import io.lanewise.benchmarks.report.ResultsDocument;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.ResultFile;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.cli.benchreport.BenchPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One bench: who takes part, the measuring, the table, the files. */
final class BenchRun {
  private final BenchOptions options;
  private final Workload workload;
  private final Settings settings;
  private final Path folder;
  private final String record;
  private final PrintWriter terminal;

  /**
   * A run.
   *
   * @param folder where the files go
   * @param record name under which the project keeps the result, or null
   */
  BenchRun(
      BenchOptions options,
      Workload workload,
      Settings settings,
      Path folder,
      String record,
      PrintWriter terminal) {
    this.options = options;
    this.workload = workload;
    this.settings = settings;
    this.folder = folder;
    this.record = record;
    this.terminal = terminal;
  }

  /** Runs; the exit code. */
  int run() {
    Optional<Project> project = Project.find();
    if (record != null && project.isEmpty()) {
      throw new UserException("--record needs the project that ./lanewise starts from");
    }
    prepareFolder();
    BenchResult result = measure(project);
    ResultText.lines(result).forEach(terminal::println);
    write(result, project);
    if (result.rows().stream().noneMatch(Row::measured)) {
      terminal.println("nothing could be measured");
    }
    terminal.flush();
    return exitCode(result.rows());
  }

  /** 1 if a row of ours failed, or nothing was measured at all. */
  static int exitCode(List<Row> rows) {
    boolean failed =
        rows.stream().anyMatch(r -> r.failure() != null && ContenderInfo.ours(r.contender()));
    return failed || rows.stream().noneMatch(Row::measured) ? 1 : 0;
  }

  /** Before anything is measured, not after it: the folder is there and can be written to. */
  private void prepareFolder() {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".lanewise", ".tmp"));
    } catch (NoSuchFileException e) {
      throw new UserException(
          "cannot make the folder " + folder + ": the system does not let us", e);
    } catch (IOException e) {
      throw new UserException(
          "cannot write to the folder " + folder + ": " + Problems.describe(e), e);
    }
  }

  private BenchResult measure(Optional<Project> project) {
    try (Laboratory laboratory = new Laboratory();
        BenchDisplay display = new BenchDisplay(terminal, TerminalLine.onConsole(terminal))) {
      Interruption interruption = Interruption.guard(laboratory, display);
      try {
        List<Entrant> entrants = entrants(laboratory, project, display);
        String commit = project.flatMap(Project::commit).orElse(null);
        return laboratory.run(workload, entrants, settings, commit, display);
      } finally {
        interruption.over();
      }
    } catch (LabException e) {
      throw new UserException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted; nothing was written", e);
    } catch (CancellationException e) {
      Interruption.awaitEnd();
      throw new UserException("interrupted; nothing was written", e);
    }
  }

  private List<Entrant> entrants(
      Laboratory laboratory, Optional<Project> project, BenchDisplay display) throws IOException {
    List<Home> homes = new ArrayList<>(List.of(Home.ours()));
    if (options.rivals()) {
      Project with =
          project.orElseThrow(
              () -> new UserException("--rivals needs the project that ./lanewise starts from"));
      Project.Rivals rivals = with.rivals();
      homes.addAll(rivals.homes());
      rivals
          .missing()
          .forEach(
              name ->
                  display.onProblem(
                      name + ", which is not built; benchmarks/rivals/target/build.log says why"));
    }
    Roster roster = laboratory.roster(homes);
    roster.problems().forEach(display::onProblem);
    List<Entrant> chosen = new ArrayList<>();
    for (String name : options.contenders().isEmpty() ? roster.names() : options.contenders()) {
      chosen.add(
          roster
              .named(name)
              .orElseThrow(
                  () ->
                      new UserException(
                          "--contender: '"
                              + name
                              + "' is none of "
                              + String.join(", ", roster.names())
                              + Nearest.question(name, roster.names()))));
    }
    return chosen;
  }

  private void write(BenchResult result, Optional<Project> project) {
    Path json = folder.resolve("bench.json");
    Path page = folder.resolve("bench.html");
    try {
      ResultFile.write(result, json);
      BenchPage.write(result, page);
      terminal.println();
      terminal.println("data     " + json);
      terminal.println("page     " + page);
      if (record != null) {
        Path benchmarks = project.orElseThrow().benchmarks();
        ResultsDocument.record(result, benchmarks, record);
        terminal.println("results  " + benchmarks.resolve("RESULTS.md"));
      }
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
  }

  /** Ends the workers, and says so, if the process is told to end, as by Ctrl-C. */
  private record Interruption(Thread hook) {
    private static final int LONGEST_END_MILLIS = 10_000;

    static Interruption guard(Laboratory laboratory, BenchDisplay display) {
      Thread hook =
          new Thread(
              () -> {
                display.close();
                laboratory.close();
                System.err.println("lanewise: interrupted; nothing was written");
              });
      Runtime.getRuntime().addShutdownHook(hook);
      return new Interruption(hook);
    }

    void over() {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and the hook speaks.
      }
    }

    /** The hook ends the process; until then there is nothing left to do or to say. */
    static void awaitEnd() {
      try {
        Thread.sleep(LONGEST_END_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
