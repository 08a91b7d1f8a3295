package io.lanewise.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.compare.Comparison;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ResultFile;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  private static BenchResult example() throws IOException {
    return ResultFile.read(
        Path.of("src/test/resources/io/lanewise/benchmarks/result/example.json"));
  }

  /** The document is what the tool writes from the recorded results, and nothing else. */
  @Test
  void resultsAreNotWrittenByHand() throws IOException {
    assertEquals(
        ResultsDocument.render(Path.of("results")), Files.readString(Path.of("RESULTS.md")));
  }

  @Test
  void tablesHaveALineATask() throws IOException {
    List<String> lines = ResultText.lines(example());
    int at = lines.indexOf("conv, 2 threads");
    assertEquals(
        "shape                        layers  fastest of ours     ms  GFLOP/s  of peak  of"
            + " bandwidth  max error  RMS error  speed-up  others of ours                        onednn"
            + "  onnxruntime",
        lines.get(at + 1));
    assertEquals(
        "n1 ic64 ih56 oc256 kh1            4  lanewise im2col  0.623      165     62 %       11 %"
            + " L2     2.1e-7     4.3e-8      2.04  lanewise-scalar im2col 8.82x  blocked 0.735x       failed",
        lines.get(at + 4));
    assertTrue(lines.contains("max-pool, 1 thread"));
  }

  @Test
  void theyComeToSentences() throws IOException {
    String text = String.join("\n", ResultText.lines(example()));
    for (String sentence :
        List.of(
            "conv of resnet50, 11 layers, 2 threads: lanewise 14.4 ms, 141 GFLOP/s;"
                + " lanewise-scalar 109 ms, 18.6 GFLOP/s; onednn 9.20 ms, 221 GFLOP/s\n",
            "onednn takes 0.618x our time on 2 threads: geometric mean of 4 tasks, at 0 of which"
                + " we are faster\n",
            "no numbers for onnxruntime: the process ended with status 134 (default, conv n1 ic3"
                + " ih224 oc64 kh7 s2 p3 and 3 more)")) {
      assertTrue(text.contains(sentence), text);
    }
  }

  @Test
  void aRecordedResultIsASection(@TempDir Path benchmarks) throws IOException {
    ResultsDocument.record(example(), benchmarks, "second");
    ResultsDocument.record(example(), benchmarks, "first");
    Path document = benchmarks.resolve("RESULTS.md");
    String text = Files.readString(document);
    assertEquals(example(), ResultFile.read(benchmarks.resolve("results/first.json")));
    assertEquals(ResultsDocument.render(benchmarks.resolve("results")), text);
    assertTrue(text.indexOf("\n## first\n") < text.indexOf("\n## second\n"), text);
    for (String line :
        List.of(
            "    ./lanewise bench --op conv,max-pool --shapes resnet50 --rivals",
            "- machine: Example(R) CPU @ 2.20GHz, amd64, 2 cores, L1 48 KiB, L2 2 MiB, L3 32 MiB,"
                + " Linux 6.1.0-18-amd64",
            "- flags: --add-modules=jdk.incubator.vector -Xmx4g",
            "- roofs on 2 threads: FMA peak 263 GFLOP/s; copy, read plus written, L2 54.8 GB/s, L3"
                + " 56.0 GB/s",
            "### first: our time over theirs",
            "| 1x1 | 2 | 1 | 1 | 62 % peak | 2.04 | 1.36 | - | 1.36 |",
            "### first: accuracy",
            "| conv | lanewise im2col | 4 | 2.1e-7 | 4.3e-8 | 0 |",
            "| conv | onednn nchw | 4 | 2.1e-7 | 4.3e-8 | - |",
            "- no run of ours allocates a byte: 17 rows",
            "### first: conv, 1 thread",
            "| n1 ic64 ih56 oc64 kh3 p1 | 3 | lanewise im2col | 3.82 | 60.5 | 47 % | 2 % L2 | 2.1e-7"
                + " | 4.3e-8 | lanewise-scalar im2col 6.18x | blocked 0.540x | default 0.552x |")) {
      assertTrue(text.contains("\n" + line + "\n"), line);
    }
    ResultsDocument.record(example(), benchmarks, "first");
    assertEquals(text, Files.readString(document), "the same again");
  }

  @Test
  void aBrokenResultIsNamed(@TempDir Path benchmarks) throws IOException {
    Path file = Files.createDirectory(benchmarks.resolve("results")).resolve("bad.json");
    Files.writeString(file, "{}");
    IOException e =
        assertThrows(
            IOException.class, () -> ResultsDocument.render(benchmarks.resolve("results")));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
  }

  @Test
  void aComparisonEndsWithWhatItFound() throws IOException {
    List<String> lines = ComparisonText.lines(Comparison.of(example(), example()));
    assertTrue(
        lines.getFirst().matches("geometric mean +rows +ratio +low +high +verdict"),
        lines.getFirst());
    assertTrue(lines.getLast().startsWith("No change found, in 38 rows and "), lines.getLast());
  }

  private static BenchResult with(BenchResult r, List<Integer> batches, List<Row> rows) {
    Settings s = r.settings();
    return new BenchResult(
        r.version(),
        r.date(),
        r.host(),
        r.jvm(),
        r.commit(),
        new Settings(
            s.arguments(),
            s.ops(),
            s.shapes(),
            batches,
            s.threads(),
            s.forks(),
            s.rounds(),
            s.visitMillis(),
            s.warmUpMillis()),
        r.contenders(),
        rows);
  }

  private static Row like(Row r, String shape, Long allocated) {
    return new Row(
        r.op(),
        shape,
        r.uses(),
        r.flops(),
        r.bytes(),
        r.level(),
        r.contender(),
        r.variant(),
        r.threads(),
        r.worstError(),
        r.rmsError(),
        allocated,
        r.samples(),
        r.failure());
  }

  @Test
  void whoAllocatesIsNamed() throws IOException {
    List<Row> rows = new ArrayList<>(example().rows());
    Row first = rows.getFirst();
    rows.set(0, like(first, first.shape(), 24L));
    List<String> lines = ResultText.lines(with(example(), List.of(), rows));
    assertTrue(
        lines.contains(
            "RUNS OF OURS ALLOCATE: 1 of 17 rows, up to 24 bytes a run (" + first.key() + ")"),
        lines::toString);
    assertTrue(lines.stream().noneMatch(l -> l.startsWith("no run of ours allocates")));
    rows.replaceAll(r -> like(r, r.shape(), null)); // as in results of version 1
    String unknown = String.join("\n", ResultText.lines(with(example(), List.of(), rows)));
    assertFalse(unknown.contains("llocate"), unknown);
  }

  /** A network at batch 8 is not a part of the one at batch 1. */
  @Test
  void batchesAreNetworksApart() throws IOException {
    List<Row> rows = new ArrayList<>(example().rows());
    example().rows().stream()
        .filter(r -> r.op() == Op.CONV)
        .forEach(r -> rows.add(like(r, r.shape().replace("n1 ", "n8 "), r.allocatedBytes())));
    List<String> lines = ResultText.lines(with(example(), List.of(1, 8), rows));
    for (int batch : new int[] {1, 8}) {
      String start =
          "conv of resnet50 at batch " + batch + ", 11 layers, 2 threads: lanewise 14.4 ms";
      assertEquals(1, lines.stream().filter(l -> l.startsWith(start)).count(), lines::toString);
      String family = "1x1 +1 +" + batch + " +1 .*";
      assertEquals(1, lines.stream().filter(l -> l.matches(family)).count(), lines::toString);
    }
  }

  @Test
  void aRowThatIsLostIsNamed() throws IOException {
    BenchResult r = example();
    BenchResult without =
        new BenchResult(
            r.version(),
            r.date(),
            r.host(),
            r.jvm(),
            r.commit(),
            r.settings(),
            r.contenders(),
            r.rows().subList(1, r.rows().size()));
    String line =
        "lost: conv n1 ic3 ih224 oc64 kh7 s2 p3, lanewise im2col, 1 thread, which was measured"
            + " before, has no numbers";
    assertTrue(ComparisonText.lines(Comparison.of(r, without)).contains(line));
    assertFalse(ComparisonText.lines(Comparison.of(without, r)).contains(line));
  }

  @ParameterizedTest
  @CsvSource({
    "0.03861, 0.0386",
    "4.8694, 4.87",
    "99.95, 100",
    "99.111, 99.1",
    "1234.5, 1230",
    "0.9996, 1.00",
    "0, 0",
    "1, 1.00"
  })
  void numbersHaveThreeDigits(double value, String text) {
    assertEquals(text, Numbers.three(value));
  }

  @Test
  void aTableThatDoesNotFitIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Table("", List.of(Table.Column.text("a")), List.of(List.of("1", "2"))));
    assertEquals("a row needs 1 cells, got 2: [1, 2]", e.getMessage());
  }

  @Test
  void cellsCannotBreakMarkdown() {
    Table table = new Table("", List.of(Table.Column.text("a")), List.of(List.of("x | y\nz")));
    assertEquals("| a |\n|---|\n| x \\| y z |\n", table.markdown());
  }
}
