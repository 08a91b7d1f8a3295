package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ResultFile;
import io.lanewise.layers.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code RESULTS.md}: a section for each JSON file in the folder {@code results} beside it. Nobody
 * writes it by hand.
 */
public final class ResultsDocument {
  private static final String ENDING = ".json";
  private static final String HEAD =
      """
      # Measured results

      Written by `./lanewise bench --record NAME` from the files in [results](results); a test holds it to them. Layers,
      GFLOP/s and shares count the operations of the direct algorithm. A column with a rival's name has the rival's
      fastest variant and its time over that of our fastest, in the median of the rounds: above 1 we are faster. "others of ours" is
      the same for our other algorithms. In a plain matrix product `packed` has B packed beforehand, other variants pack within
      the call. [How it is measured](README.md).

      "Our time over theirs" takes geometric means over families of tasks, the other way round: below 1 we are faster. "1.03 of 8" is a
      mean over 8 of the tasks. "of the roof" is our share of the FMA peak or of the copy bandwidth; "best of them" is the rival that is
      the fastest at each task, of oneDNN, MKL and OpenBLAS alone in matrix products. Errors are differences from the float64 reference:
      the greatest over the greatest magnitude, and root mean squares (RMS), over the outputs that are checked; "bytes a run" are what a
      run of ours allocates; both the worst over all tasks.
      """;

  private ResultsDocument() {}

  /** Renders the document for all results in a folder, in the order of their names. */
  public static String render(Path results) throws IOException {
    StringBuilder document = new StringBuilder(HEAD);
    List<Path> files = files(results);
    if (files.isEmpty()) {
      document.append("\nNothing is recorded yet.\n");
    }
    for (Path file : files) {
      document.append(section(name(file), ResultFile.read(file)));
    }
    return document.toString();
  }

  private static List<Path> files(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(results)) {
      return files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  /** One result under its name. */
  static String section(String name, BenchResult result) {
    StringBuilder section = new StringBuilder("\n## " + name + "\n\n");
    section.append("    ").append(Circumstances.command(result)).append("\n\n");
    list(section, Circumstances.lines(result));
    List<Table> tables = new ArrayList<>(Summary.tables(result));
    tables.addAll(TaskTables.of(result));
    for (Table table : tables) {
      section.append("\n### ").append(name).append(": ").append(table.title()).append("\n\n");
      section.append(table.markdown());
    }
    section.append('\n');
    list(section, Summary.networks(result));
    list(section, Summary.means(result));
    list(section, Summary.allocations(result));
    list(section, Summary.failures(result).stream().map(f -> "no numbers for " + f).toList());
    return section.toString();
  }

  private static void list(StringBuilder section, List<String> lines) {
    lines.forEach(line -> section.append("- ").append(line).append('\n'));
  }

  /**
   * Puts a result among those of the project and writes the document anew.
   *
   * @param benchmarks the folder that has both
   * @param name of the file, without its ending; one of that name is replaced
   */
  public static void record(BenchResult result, Path benchmarks, String name) throws IOException {
    Path results = Files.createDirectories(benchmarks.resolve("results"));
    ResultFile.write(result, results.resolve(name + ENDING));
    AtomicFile.write(benchmarks.resolve("RESULTS.md"), render(results));
  }
}
