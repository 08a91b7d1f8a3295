package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.Measurement.Iteration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String SHAPE = "n1 ic64 ih56 oc64 kh3 p1";

  // 200 Mflop: 100, 80 and 50 GFLOP/s beside peaks of 125, 160 and 50.
  private static Measurement measured(String backend, int count) {
    return new Measurement(
        new Measurement.Problem(Op.CONV, SHAPE, count, backend, "im2col", 200_000_000),
        List.of(new Iteration(2e6, 125), new Iteration(2.5e6, 160), new Iteration(4e6, 50)));
  }

  @Test
  void sharesAreFormedWithinAnIterationBeforeTheMedian() {
    Measurement m = measured("simd", 1);
    assertEquals(2.5, m.millis(), 1e-12);
    assertEquals(80, m.gflops(), 1e-9);
    assertEquals(0.8, m.share(), 1e-12);
    assertEquals(0.5, m.leastShare(), 1e-12);
    assertEquals(1.0, m.greatestShare(), 1e-12);
    Measurement even =
        new Measurement(m.problem(), List.of(new Iteration(1e6, 100), new Iteration(3e6, 100)));
    assertEquals(2, even.millis(), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> new Measurement(m.problem(), List.of()));
  }

  @Test
  void textColumnsStandUnderTheirHeadings() {
    String header = ResultTable.textHeader();
    String row = ResultTable.textRow(measured("simd", 3));
    assertEquals(header.indexOf("shape"), row.indexOf(SHAPE));
    assertEquals(header.indexOf("algorithm"), row.indexOf("im2col"));
    assertEquals(header.indexOf("GFLOP/s") + "GFLOP/s".length(), row.indexOf("80.00") + 5);
    assertTrue(row.endsWith("0.800 (0.500-1.000)"), row);
  }

  @Test
  void markdownIsATable() {
    assertEquals(
        """
        | op | shape | layers | backend | algorithm | ms | GFLOP/s | of peak (range) |
        |---|---|--:|---|---|--:|--:|--:|
        | conv | n1 ic64 ih56 oc64 kh3 p1 | 3 | simd | im2col | 2.5000 | 80.00 | 0.800 (0.500-1.000) |
        """,
        ResultTable.markdown(List.of(measured("simd", 3))));
  }

  @Test
  void totalsCountEveryLayer() {
    assertEquals(
        List.of(
            "conv net, scalar: 1 layers, 2.500 ms, 80.00 GFLOP/s",
            "conv net, simd: 5 layers, 12.500 ms, 80.00 GFLOP/s"),
        ResultTable.totals(
            "net", List.of(measured("simd", 3), measured("scalar", 1), measured("simd", 2))));
  }

  @Test
  void aSectionIsReplacedAndTheRestStays() {
    String old = "# Results\n\nmine\n\n## a\n\n1\n\n### a more\n\n2\n\n## b\n\n3\n";
    assertEquals(
        "# Results\n\nmine\n\n## a\n\nnew\n\n## b\n\n3\n",
        MarkdownSection.replace(old, "a", "new\n"));
    assertEquals(old.strip() + "\n\n## c\n\nnew\n", MarkdownSection.replace(old, "c", "new"));
    assertEquals(
        "## a\n\nnew\n", MarkdownSection.replace("## a\n1\n## a\n2\n", "a", "new"), "doubled");
  }

  @Test
  void aFileIsMadeThenKept(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("RESULTS.md");
    MarkdownSection.write(file, "one", "1");
    MarkdownSection.write(file, "two", "2");
    MarkdownSection.write(file, "one", "$1 again");

    String content = Files.readString(file);
    assertTrue(content.startsWith("# Measured results\n"), content);
    assertTrue(content.endsWith("## one\n\n$1 again\n\n## two\n\n2\n"), content);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "no temporary file stays");
    }
    Path nowhere = folder.resolve("none/RESULTS.md");
    assertThrows(NoSuchFileException.class, () -> MarkdownSection.write(nowhere, "one", "1"));
    assertFalse(Files.exists(nowhere));
  }
}
