package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    Workload w = Workload.of(List.of(Op.CONV, Op.CONV_BACKWARD_DATA), List.of(a, b), List.of());

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
        "relu 64x7x7          | relu     | 8x64x7x7",
        "lrn 1x64x7x7         | lrn      | 8x64x7x7",
        "model resnet50 1x3x224x224 | model | resnet50 8x3x224x224",
        "linear-int8 n1 in2 out3 | linear-int8 | n8 in2 out3",
        "conv-int8 ic1 ih4 oc2 kh3 | conv-int8 | n8 ic1 ih4 oc2 kh3",
        "ic1 ih4 oc2 kh3      | conv-backward-data | n8 ic1 ih4 oc2 kh3"
      })
  void aBatchSizeReplacesTheFiles(String line, String op, String shape, @TempDir Path folder)
      throws IOException {
    String file = file(folder, "f.txt", line + "\n");
    Workload w = Workload.of(List.of(Op.named(op).orElseThrow()), List.of(file), List.of(8));
    assertEquals(shape, w.items().getFirst().task().shape());
  }

  @Test
  void severalBatchesAreTasksApartAndAProductIsThereOnce(@TempDir Path folder) throws IOException {
    String file = file(folder, "f.txt", "ic1 ih4 oc2 kh3 # x3\nm2 n3 k4\n");
    Workload w = Workload.of(List.of(Op.CONV, Op.GEMM), List.of(file), List.of(1, 8));
    assertEquals(
        List.of("conv n1 ic1 ih4 oc2 kh3", "conv n8 ic1 ih4 oc2 kh3", "gemm m2 n3 k4"),
        w.items().stream().map(i -> i.task().toString()).toList());
    assertEquals(List.of(new Use(file, 3)), w.items().get(1).uses());
    assertEquals(List.of(new Use(file, 1)), w.items().get(2).uses());
  }

  @Test
  void onlySomeTasksAreLeft() throws IOException {
    Workload w = Workload.of(List.of(Op.CONV), List.of("resnet50"), List.of());
    Workload some = w.only(t -> t.conv().kh() == 7);
    assertEquals(
        List.of("conv n1 ic3 ih224 oc64 kh7 s2 p3"),
        some.items().stream().map(i -> i.task().toString()).toList());
  }

  @Test
  void aListsConvolutionsAreASequence(@TempDir Path folder) throws IOException {
    String file = file(folder, "a b.txt", "softmax 1x10\nic1 ih4 oc2 kh3 # x2\nic2 ih2 oc1 kh1\n");
    Workload w = Workload.of(List.of(Op.CONV_SEQUENCE), List.of(file, "gemm"), List.of(1, 8));
    assertEquals(
        List.of("conv-sequence " + file + " n1", "conv-sequence " + file + " n8"),
        w.items().stream().map(i -> i.task().toString()).toList());
    Task task = w.items().get(1).task();
    assertEquals(task, Task.of(task.op(), task.shape()));
    ConvSequence sequence = ConvSequence.of(task);
    assertEquals(
        List.of("n8 ic1 ih4 oc2 kh3 x2", "n8 ic2 ih2 oc1 kh1 x1"),
        sequence.layers().stream().map(l -> l.shape() + " x" + l.count()).toList());
    assertEquals(8 * (8 + 4), sequence.outputSize());
    // 2 · 144 + 16 operations and 2 · (16 + 8) + (8 + 4) numbers an image; 2 · 18 + 2 weights
    assertEquals(new TaskCost(8 * (2 * 144 + 16), 4 * (8 * (2 * 24 + 12) + 38)), TaskCost.of(task));
  }

  @Test
  void aSequenceWithoutListIsTold() {
    for (String wrong : List.of("resnet50", "n1", "resnet50 n0", "")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Task.of(Op.CONV_SEQUENCE, wrong));
      assertEquals(
          "a sequence is a list and a batch size, such as 'resnet50 n8', got '" + wrong + "'",
          e.getMessage());
    }
    Task none = new Task(Op.CONV_SEQUENCE, "none n1");
    assertThrows(UncheckedIOException.class, () -> ConvSequence.of(none));
    Task gemm = new Task(Op.CONV_SEQUENCE, "gemm n1");
    assertThrows(IllegalArgumentException.class, () -> ConvSequence.of(gemm));
  }

  @Test
  void aModelWithoutSizesIsTold() {
    for (String wrong : List.of("resnet50", "1x3x8x8", "")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Task.of(Op.MODEL, wrong));
      assertEquals(
          "a model is a name or file and the sizes of its input, such as 'resnet50 1x3x224x224',"
              + " got '"
              + wrong
              + "'",
          e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> Task.of(Op.MODEL, "resnet50 1x3x0"));
  }

  @Test
  void aBatchThatNoTensorHoldsIsTold() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Workload.of(List.of(Op.RELU), List.of("ops"), List.of(1_024)));
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
        "softmax               | 2x5               | 50    | 80",
        "lrn                   | 1x2x1x5           | 130   | 80",
        "global-avg-pool       | 1x2x1x5           | 10    | 48",
        "add-relu              | 10                | 20    | 120",
        "sum-rows              | 2x5               | 10    | 48",
        "sum-columns           | 2x5               | 10    | 60",
        "concat                | 1x2x1x5           | 0     | 160",
        "pad                   | 1x2x1x5           | 0     | 208",
        "slice                 | 1x2x1x5           | 0     | 64",
        "resize-linear         | 1x2x1x5           | 240   | 200",
        "grid-sample           | 1x2x1x5           | 80    | 120",
        "quantise              | 10                | 20    | 50",
        "linear-int8           | n2 in3 out4       | 48    | 68",
        "linear-bfloat16       | n2 in3 out4       | 48    | 80",
        "conv-int8             | ic1 ih4 oc2 kh3   | 144   | 42"
      })
  void costsAreCountedByHand(String op, String shape, long flops, long bytes) {
    Task task = Task.of(Op.named(op).orElseThrow(), shape);
    assertEquals(new TaskCost(flops, bytes), TaskCost.of(task));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThrows(
        NoSuchFileException.class, () -> Workload.of(List.of(Op.CONV), List.of("none"), List.of()));
  }

  private static String file(Path folder, String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
