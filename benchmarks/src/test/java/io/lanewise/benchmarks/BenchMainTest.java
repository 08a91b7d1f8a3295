package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchMainTest {
  @Test
  void optionsAreRead() {
    BenchOptions o =
        BenchOptions.parse(
            List.of(
                ("--op all --shapes lenet5,my.txt --backend scalar --batch 8 --threads 2 --forks 5"
                        + " --markdown out.md")
                    .split(" ", -1)));
    assertEquals(
        new BenchOptions(
            "all",
            List.of("lenet5", "my.txt"),
            List.of("scalar"),
            Optional.of(8),
            2,
            5,
            false,
            Optional.of(Path.of("out.md"))),
        o);
    assertEquals(3, BenchOptions.parse(List.of()).forks());
    assertEquals(1, BenchOptions.parse(List.of("--quick")).forks());
    assertEquals(2, BenchOptions.parse(List.of("--forks", "2", "--quick")).forks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--forks 0     | 2 | --forks needs a number from 1, got '0'",
        "--threads two | 2 | --threads needs a number from 1, got 'two'",
        "--fork 3      | 2 | unknown option: --fork",
        "--op          | 2 | unknown option, or no value after it: --op",
        "--op relu     | 2 | conv-backward-data, conv-backward-weights; got 'relu'",
        "--backend gpu --shapes lenet5 | 2 | backend must be simd or scalar, got 'gpu'",
        "--shapes lenet6 | 1 | lenet6: neither a file nor one of",
        "--op gemm --shapes lenet5 | 1 | lenet5:2: a matrix product is three numbers",
        "--op conv --shapes gemm | 1 | gemm:2: not a word of a convolution shape",
        "--op conv --shapes regressions | 2 | nothing to measure: no problem in regressions"
      })
  void mistakesAreToldBeforeAnythingIsMeasured(String args, int status, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(status, BenchMain.run(List.of(args.split(" ", -1)), stream(out), stream(err)));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith("error: ") && said.contains(message), said);
    assertEquals(0, out.size());
  }

  @Test
  void helpListsEveryOption() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(0, BenchMain.run(List.of("--help"), stream(out), System.err));
    for (Op op : Op.values()) {
      assertTrue(out.toString(StandardCharsets.UTF_8).contains(op.option()));
    }
  }

  @Test
  void filesGoToTheOperationsOfTheirKind(@TempDir Path folder) throws IOException {
    Path gemm = Files.writeString(folder.resolve("g.txt"), "1 2 3\n");
    List<BenchPlan.Group> groups =
        BenchPlan.of(
            BenchOptions.parse(
                List.of("--op", "all", "--batch", "4", "--shapes", "lenet5," + gemm)));

    assertEquals(
        List.of(Op.GEMM, Op.CONV, Op.CONV_BACKWARD_DATA, Op.CONV_BACKWARD_WEIGHTS),
        groups.stream().map(BenchPlan.Group::op).toList());
    assertEquals("1 2 3", groups.get(0).problems().getFirst().shape());
    assertEquals("n4 ic1 ih32 oc6 kh5", groups.get(1).problems().getFirst().shape());
  }

  @Test
  void eachOperationHasShapesOfItsOwn() throws IOException {
    List<BenchPlan.Group> all = BenchPlan.of(BenchOptions.parse(List.of("--op", "all")));
    assertEquals("gemm", all.getFirst().file());
    assertEquals(1 + 3 * 4, all.size());
    assertThrows(
        IllegalArgumentException.class,
        () -> BenchPlan.of(BenchOptions.parse(List.of("--op", "all", "--shapes", "regressions"))));
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
