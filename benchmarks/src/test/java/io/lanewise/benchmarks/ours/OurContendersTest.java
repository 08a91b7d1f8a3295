package io.lanewise.benchmarks.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.check.Verdict;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.SmallModel;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.tensor.Layout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OurContendersTest {
  private static final Contenders CONTENDERS = Contenders.load();

  private static String shape(Op op) {
    return switch (op.forward()) {
      case GEMM -> "m20 n30 k40";
      case CONV, CONV_INT8 -> "n2 ic4 ih9 oc8 kh3 s2 p1 g2";
      case CONV_SEQUENCE -> "lenet5 n2";
      case MODEL -> SmallModel.file() + " 2x3x8x8";
      case CONV_TRANSPOSED -> "n2 ic8 ih5 oc4 kh3 s2 p1 op1 g2";
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> "n3 in20 out30";
      case MAX_POOL, AVG_POOL -> "n2 c5 ih9 kh3 s2 p1";
      case SOFTMAX -> "5x33";
      case GROUP_NORM -> "2x64x5x6";
      default -> op.axes() == 4 ? "2x10x9x11" : op.axes() == 2 ? "9x41" : "3x40x41";
    };
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void everyVariantOfEveryOperationIsRight(Op op) {
    check(Task.of(op, shape(op)));
  }

  private static void check(Task task) {
    Expectation expectation = Expectation.of(task);
    for (String name : List.of("lanewise", "lanewise-scalar")) {
      Contender contender = CONTENDERS.named(name);
      assertFalse(contender.variants(task).isEmpty());
      for (String variant : contender.variants(task)) {
        for (int threads : new int[] {1, 2}) {
          try (Prepared prepared = contender.prepare(task, variant, threads)) {
            prepared.run();
            prepared.run();
            Verdict verdict = expectation.check(prepared.output());
            assertTrue(verdict.problem().isEmpty(), verdict.toString());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "conv, n2 ic5 iw30 oc7 kw5 p2",
    "conv, n1 ic3 id4 ih6 iw5 oc18 kd3 kh3 p1",
    "conv-backward-data, n1 ic3 id4 ih6 iw5 oc18 kd3 kh3 p1",
    "conv-backward-weights, n2 ic5 iw30 oc7 kw5 s2",
    "conv-transposed, n2 ic6 iw9 oc4 kw4 s2 p1",
    "conv-transposed, n1 ic6 id2 ih3 iw4 oc4 kd2 kh2 s2"
  })
  void everyVariantOfOtherRanksIsRight(String op, String shape) {
    check(Task.of(Op.named(op).orElseThrow(), shape));
  }

  @Test
  void variantsAreTheBackendsAlgorithmsItsChoiceFirst() {
    Task task = Task.of(Op.CONV, "ic3 ih8 oc4 kh3");
    List<String> names =
        Stream.of(ConvOptions.DEFAULT.channelsLast(), ConvOptions.DEFAULT)
            .flatMap(o -> CpuBackend.simd().convForwardPlans(task.conv(), o).stream())
            .map(p -> (p.layout() == Layout.CHANNELS_LAST ? "nhwc " : "nchw ") + p.algorithm())
            .toList();
    Contender contender = CONTENDERS.named("lanewise");
    assertEquals(names, contender.variants(task));
    ConvForward chosen =
        CpuBackend.simd().convForward(task.conv(), ConvOptions.DEFAULT.channelsLast());
    assertEquals("nhwc " + chosen.algorithm(), contender.variants(task).get(0));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> contender.prepare(task, "fft", 1));
    assertEquals("variant must be one of " + names + ", got 'fft'", e.getMessage());
  }

  @Test
  void aNameThatIsNotThereIsToldWithThoseThatAre() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CONTENDERS.named("mkl"));
    assertTrue(
        e.getMessage().startsWith("no contender 'mkl' on the class path, which has [lanewise"),
        e.getMessage());
  }
}
