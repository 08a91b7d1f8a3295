package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
  @Test
  void aTaskOfSeveralFilesIsMeasuredOnce(@TempDir Path folder) throws IOException {
    String a = file(folder, "a.txt", "ic1 ih4 oc2 kh3 # x2\nic1 ih5 oc2 kh3\n");
    String b = file(folder, "b.txt", "ic1 ih4 iw4 oc2 kh3 p0 # x3\nn1 ic1 ih4 oc2 kh3\n");

    Workload w = Workload.of(List.of(Op.CONV, Op.CONV_BACKWARD_DATA), List.of(a, b), null);

    assertEquals(4, w.items().size());
    assertEquals("conv n1 ic1 ih4 oc2 kh3", w.items().get(0).task().toString());
    assertEquals(List.of(new Use(a, 2), new Use(b, 4)), w.items().get(0).uses());
    assertEquals(List.of(new Use(a, 1)), w.items().get(1).uses());
    assertEquals("conv-backward-data n1 ic1 ih4 oc2 kh3", w.items().get(2).task().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ic1 ih4 oc2 kh3      | conv     | n8 ic1 ih4 oc2 kh3",
        "m2 n3 k4             | gemm     | m2 n3 k4",
        "linear n1 in2 out3   | linear   | n8 in2 out3",
        "max-pool n2 c1 ih4 kh2 s2 | max-pool | n8 c1 ih4 kh2 s2",
        "softmax 1x10         | softmax  | 8x10",
        "relu 64x7x7          | relu     | 8x64x7x7"
      })
  void aBatchSizeReplacesTheFiles(String line, String op, String shape, @TempDir Path folder)
      throws IOException {
    String file = file(folder, "f.txt", line + "\n");
    Workload w = Workload.of(List.of(Op.named(op).orElseThrow()), List.of(file), 8);
    assertEquals(shape, w.items().getFirst().task().shape());
  }

  @Test
  void aBatchThatNoTensorHoldsIsTold() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Workload.of(List.of(Op.RELU), List.of("ops"), 1_024));
    assertEquals(
        "relu 64x224x224 at batch size 1024: a tensor holds at most 2^31 - 1 elements, got shape"
            + " [1024, 64, 224, 224]",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gemm                  | m2 n3 k4          | 48    | 104",
        "conv                  | ic1 ih4 oc2 kh3   | 144   | 168",
        "conv-backward-data    | ic1 ih4 oc2 kh3   | 144   | 168",
        "linear                | n2 in3 out4       | 48    | 104",
        "max-pool              | c1 ih4 kh2 s2     | 16    | 80",
        "max-pool-backward     | c1 ih4 kh2 s2     | 4     | 96",
        "avg-pool-backward     | c1 ih4 kh2 s2     | 16    | 80",
        "relu                  | 10                | 10    | 80",
        "tanh-backward         | 10                | 30    | 120",
        "softmax               | 2x5               | 50    | 80"
      })
  void costsAreCountedByHand(String op, String shape, long flops, long bytes) {
    Task task = Task.of(Op.named(op).orElseThrow(), shape);
    assertEquals(new TaskCost(flops, bytes), TaskCost.of(task));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThrows(
        NoSuchFileException.class, () -> Workload.of(List.of(Op.CONV), List.of("none"), null));
  }

  private static String file(Path folder, String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
