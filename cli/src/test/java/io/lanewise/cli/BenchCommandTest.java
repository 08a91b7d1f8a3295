package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.ResultFile;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--op cnv               | --op: 'cnv' is none of all, gemm, conv, | did you mean 'conv'?",
        "--shapes resnet51      | --shapes: 'resnet51' is neither a file nor one of lenet5, | did you mean 'resnet50'?",
        "--op gemm --shapes unet | --op gemm: no such task in unet | unet",
        "--threads 0            | --threads must be 1 to | got 0",
        "--threads 1,4096       | the processors of this machine | got 4096",
        "--threads one          | expected a whole number | got 'one'",
        "--batch 0              | --batch must be 1 to 65536 | got 0",
        "--op relu --batch 1024 | --batch: relu 64x224x224 at batch size 1024: | at most 2^31 - 1",
        "--batch 1,0           | --batch must be 1 to 65536 | got 0",
        "--only wide           | --only: 'wide' is none of dense, 3x3, | odd",
        "--only 3x3,gemm --shapes mobilenetv1 | --only 3x3,gemm: no such task | asked for",
        "--model resnet51       | --model: there is no file 'resnet51' | LANEWISE_MODELS",
        "--model x --op conv    | --model takes no --op, | --only",
        "--forks 0              | --forks must be 1 to 100 | got 0",
        "--rounds 1001          | --rounds must be 1 to 1000 | got 1001",
        "--record ../x          | --record takes a name of small letters | got '../x'",
        "--fail-on-slower       | --fail-on-slower needs --compare | needs",
        "--compare a.json       | --compare | JSON",
        "--compare a b --quick  | --compare measures nothing | --fail-on-slower",
        "--compare a b --out c  | --compare measures nothing | --fail-on-slower"
      })
  void mistakesAreToldBeforeAnythingIsMeasured(String words, String message, String more) {
    String[] args = ("bench " + words).split(" ", -1);
    CommandRun.of((Object[]) args).refusedWith(message, more);
  }

  @Test
  void aFileOfShapesWithoutAnyIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("none.txt"), "# nothing yet\n");
    CommandRun.of("bench", "--op", "all", "--shapes", file)
        .refusedWith("--shapes: no task in " + file);
  }

  @Test
  void aFileOfShapesThatIsNoTextIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("latin.txt"), new byte[] {'#', (byte) 0xE4, '\n'});
    CommandRun.of("bench", "--shapes", file)
        .refusedWith("--shapes: " + file + ": expected text in UTF-8");
  }

  @Test
  void aFileOfShapesThatIsWrongIsNamedWithItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "ic1 ih4 oc2 kh3\nrelu 0\n");
    CommandRun.of("bench", "--shapes", file)
        .refusedWith(file + ":2: ", "such as 64x112x112, got '0'");
  }

  @Test
  void placesThatCannotBeWrittenAreTold() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandRun.of("bench", "--out", file).failedWith("cannot write to the folder", "not a folder");
    CommandRun.of("bench", "--record", "x").failedWith("--record needs the project");
  }

  @Test
  void whoIsNotThereIsAsked() {
    CommandRun run =
        CommandRun.of("bench", "--contender", "onednn", "--out", folder.resolve("out"));
    assertEquals(1, run.code());
    assertTrue(
        run.err().contains("--contender: 'onednn' is none of lanewise, lanewise-scalar"),
        run.err());
  }

  /** The whole way, with real workers: tables, data, page. */
  @Test
  @Tag("slow")
  void twoSmallTasksAreMeasured() throws IOException {
    Path shapes =
        Files.writeString(
            folder.resolve("small.txt"), "ic4 ih8 oc8 kh3 p1 # x2\nsoftmax 4x10\nsoftmax 5x7\n");
    Path out = folder.resolve("a/b");
    CommandRun run =
        CommandRun.of(
                "bench",
                "--op",
                "conv,softmax",
                "--shapes",
                shapes,
                "--quick",
                "--forks",
                2,
                "--contender",
                "lanewise,lanewise-scalar",
                "--out",
                out)
            .succeeded();

    BenchResult result = ResultFile.read(out.resolve("bench.json"));
    ConvShape conv = ConvShape.parse("ic4 ih8 oc8 kh3 p1");
    CpuBackend backend = CpuBackend.scalar();
    int plans =
        backend.convForwardPlans(conv).size()
            + backend.convForwardPlans(conv, ConvOptions.DEFAULT.channelsLast()).size();
    assertEquals(2 * (plans + 2), result.rows().size());
    for (Row row : result.rows()) {
      assertEquals(2 * 3, row.samples().size(), row.toString());
    }
    assertEquals(List.of(Op.CONV, Op.SOFTMAX), result.settings().ops());
    assertEquals(2, result.rows().getFirst().count(shapes.toString()));
    assertTrue(run.out().contains("fork 1 of 2\nfork 2 of 2\n"), run.out());
    assertTrue(run.out().contains("n1 ic4 ih8 oc8 kh3 p1       2  lanewise"), run.out());
    assertTrue(run.out().contains("softmax of " + shapes + ", 2 layers, 1 thread: "), run.out());
    assertTrue(Files.readString(out.resolve("bench.html")).startsWith("<!DOCTYPE html>"));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(2, files.count(), "nothing else is left");
    }
  }

  private static BenchResult example() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return ResultFile.read(
        module.resolveSibling(
            "benchmarks/src/test/resources/io/lanewise/benchmarks/result/example.json"));
  }

  private Path write(String name, BenchResult result) throws IOException {
    Path file = folder.resolve(name);
    ResultFile.write(result, file);
    return file;
  }

  @Test
  void resultsAreCompared() throws IOException {
    BenchResult before = steady(1);
    Path old = write("old.json", before);
    Path same = write("same.json", steady(1));
    Path slow = write("slow.json", steady(1.3));

    CommandRun unchanged =
        CommandRun.of("bench", "--compare", old, same, "--fail-on-slower").succeeded();
    assertTrue(unchanged.out().contains("No change found, in "), unchanged.out());
    CommandRun slower = CommandRun.of("bench", "--compare", old, slow);
    assertEquals(0, slower.code());
    assertTrue(slower.out().contains("Found: ") && slower.out().contains(" slower"), slower.out());
    CommandRun failing = CommandRun.of("bench", "--compare", old, slow, "--fail-on-slower");
    assertEquals(1, failing.code());
    assertEquals(slower.out(), failing.out());
    CommandRun faster = CommandRun.of("bench", "--compare", slow, old, "--fail-on-slower");
    assertEquals(0, faster.code());
    assertFalse(faster.out().contains("No change found"), faster.out());
  }

  @Test
  void onlyOursMakesAComparisonFail() throws IOException {
    BenchResult before = steady(1);
    Path old = write("old.json", before);
    List<Row> rows = before.rows();
    List<Row> rivalsSlow =
        rows.stream().map(r -> ContenderInfo.ours(r.contender()) ? r : steady(r, 1.3)).toList();
    Path slow = write("slow.json", with(before, rivalsSlow));
    CommandRun run = CommandRun.of("bench", "--compare", old, slow, "--fail-on-slower");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("although its code is not ours"), run.out());

    assertTrue(ContenderInfo.ours(rows.getFirst().contender()));
    Path less = write("less.json", with(before, rows.subList(1, rows.size())));
    CommandRun lost = CommandRun.of("bench", "--compare", old, less, "--fail-on-slower");
    assertEquals(1, lost.code());
    assertTrue(lost.out().contains("lost: " + rows.getFirst().key()), lost.out());
    CommandRun.of("bench", "--compare", old, less).succeeded();
    CommandRun.of("bench", "--compare", less, old, "--fail-on-slower").succeeded();
  }

  /** The example with hardly any noise. */
  private static BenchResult steady(double factor) throws IOException {
    BenchResult r = example();
    return with(
        r, r.rows().stream().filter(Row::measured).map(row -> steady(row, factor)).toList());
  }

  private static BenchResult with(BenchResult r, List<Row> rows) {
    return new BenchResult(
        r.version(), r.date(), r.host(), r.jvm(), r.commit(), r.settings(), r.contenders(), rows);
  }

  private static Row steady(Row row, double factor) {
    List<Sample> samples =
        Stream.iterate(0, i -> i < 24, i -> i + 1)
            .map(
                i ->
                    new Sample(
                        1 + i / 6, 1 + i % 6, factor * (1e6 + i * 997 % 1000), 100 + i % 3, 30))
            .toList();
    return new Row(
        row.op(),
        row.shape(),
        row.uses(),
        row.flops(),
        row.bytes(),
        row.level(),
        row.contender(),
        row.variant(),
        row.threads(),
        row.worstError(),
        row.rmsError(),
        row.allocatedBytes(),
        samples,
        null);
  }

  /** In the example all rows of ours are sound, and some of a rival failed. */
  @Test
  void nothingMeasuredIsAFailure() throws IOException {
    List<Row> rows = example().rows();
    List<Row> rivalsFailed =
        rows.stream()
            .filter(r -> r.failure() != null && !ContenderInfo.ours(r.contender()))
            .toList();
    assertFalse(rivalsFailed.isEmpty());
    assertEquals(0, BenchRun.exitCode(rows));
    assertEquals(1, BenchRun.exitCode(List.of()));
    assertEquals(1, BenchRun.exitCode(rivalsFailed));
    List<Row> oursFailed = new ArrayList<>(rows);
    oursFailed.add(ofOurs(rivalsFailed.getFirst()));
    assertEquals(1, BenchRun.exitCode(oursFailed));
  }

  private static Row ofOurs(Row r) {
    return new Row(
        r.op(),
        r.shape(),
        r.uses(),
        r.flops(),
        r.bytes(),
        r.level(),
        "lanewise",
        r.variant(),
        r.threads(),
        r.worstError(),
        r.rmsError(),
        r.allocatedBytes(),
        r.samples(),
        r.failure());
  }

  @Test
  void aFileThatIsNoResultIsTold() throws IOException {
    Path good = write("good.json", example());
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"version\": 7}");
    CommandRun.of("bench", "--compare", good, bad)
        .failedWith(bad + ": expected a bench result of version 2, got version 7");
    CommandRun.of("bench", "--compare", folder.resolve("none.json"), good)
        .failedWith("none.json does not exist");
  }
}
