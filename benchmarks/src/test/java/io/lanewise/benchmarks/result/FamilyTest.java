package io.lanewise.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv                  | n1 ic64 ih56 oc64 kh3 p1            | dense 3x3 nchw",
        "conv                  | n8 ic512 ih14 oc512 kh3 p1          | dense 3x3 nchw",
        "conv                  | n1 ic512 ih7 oc512 kh3 p1           | dense nchw",
        "conv                  | n1 ic128 ih56 oc128 kh3 s2 p1       | dense nchw",
        "conv                  | n1 ic64 ih56 oc64 kh3 d2 p2         | dense nchw",
        "conv                  | n1 ic3 ih224 oc64 kh7 s2 p3         | dense odd nchw",
        "conv                  | n1 ic3 ih224 oc64 kh3 p1            | dense 3x3 odd nchw",
        "conv                  | n1 ic64 ih1 iw1000 oc64 kh1 kw5 pl2 pr2 | dense odd nchw",
        "conv                  | n1 ic64 ih1000 iw1 oc64 kh5 kw1     | dense odd nchw",
        "conv                  | n8 ic6 ih14 oc16 kh5                | dense odd nchw",
        "conv                  | n1 ic64 ih56 oc256 kh1              | 1x1 nchw",
        "conv                  | n1 ic256 ih56 oc512 kh1 s2          | 1x1 nchw",
        "conv                  | n1 ic32 ih112 oc32 kh3 p1 g32       | depthwise nchw",
        "conv                  | n1 ic64 ih112 oc64 kh3 s2 p1 g64    | depthwise nchw",
        "conv                  | n1 ic32 ih112 oc32 kh5 p2 g32       | nchw",
        "conv                  | n1 ic64 ih56 oc64 kh3 p1 g2         | nchw",
        "gemm                  | m64 n64 k64                         | gemm",
        "gemm                  | m64 n1 k64                          | gemm gemv",
        "gemm                  | m1 n64 k64                          | gemm gemv",
        "linear                | n1 in64 out64                       | ''",
        "conv-backward-data    | n8 ic64 ih56 oc64 kh3 p1            | backward-data",
        "conv-backward-weights | n8 ic64 ih56 oc64 kh3 p1 g64        | backward-weights",
        "conv-sequence         | resnet50 n8                         | sequence",
        "model                 | resnet50 1x3x224x224                | models",
        "relu                  | 512x7x7                             | stream",
        "relu-backward         | 512x7x7                             | ''",
        "max-pool              | n1 c64 ih112 kh3 s2 p1              | memory",
        "max-pool-backward     | n1 c64 ih112 kh3 s2 p1              | stream",
        "batch-norm-relu       | 1x64x7x7                            | memory",
        "softmax               | 1x1000                              | memory",
        "softmax-backward      | 1x1000                              | ''",
        "concat                | 1x64x7x7                            | stream",
        "linear-int8           | n1 in64 out64                       | narrow",
        "linear-bfloat16       | n1 in64 out64                       | narrow",
        "conv-int8             | n1 ic64 ih56 oc64 kh3 p1            | int8"
      })
  void tasksHaveTheirFamilies(String op, String shape, String families) {
    Task task = Task.of(Op.named(op).orElseThrow(), shape);
    assertEquals(
        families,
        Arrays.stream(Family.values())
            .filter(f -> f.has(task))
            .map(Family::option)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void namesAreFoundAgain() {
    for (Family f : Family.values()) {
      assertEquals(Optional.of(f), Family.named(f.option()));
    }
    assertEquals(Optional.empty(), Family.named("DENSE"));
  }

  /** The layers that FACTS' networks have, counted by hand in the lists. */
  @ParameterizedTest
  @CsvSource({"dense, 17", "3x3, 12", "1x1, 15", "depthwise, 0", "odd, 2"})
  void resnetAndVggHaveSoMany(String family, int count) throws IOException {
    Workload all = Workload.of(List.of(Op.CONV), List.of("resnet50", "vgg16"), List.of());
    Family f = Family.named(family).orElseThrow();
    assertEquals(count, all.only(f::has).items().size());
  }

  @Test
  void whoStandsForWhom() {
    Row winograd = row("lanewise", "nhwc winograd-f4x4-3x3");
    Row plain = row("lanewise", "nchw im2row");
    Row blocked = row("onnxruntime", "nchwc");
    Row own = row("onednn", "own");
    assertFalse(Family.DENSE.ours(winograd));
    assertTrue(Family.DENSE.ours(plain));
    assertTrue(Family.THREE.ours(winograd));
    assertFalse(Family.THREE.ours(own));
    assertTrue(Family.THREE.theirs(own));
    assertFalse(Family.THREE.theirs(plain));
    assertFalse(Family.NCHW.ours(winograd));
    assertTrue(Family.NCHW.ours(plain));
    assertTrue(Family.NCHW.theirs(blocked));
    assertFalse(Family.NCHW.theirs(own));
    assertFalse(Family.NCHW.theirs(plain));
  }

  @Test
  void whatCannotReachTheRoofDoesNotCountForIt() {
    assertFalse(Family.ODD.roofed(Task.of(Op.CONV, "n8 ic6 ih14 oc16 kh5")));
    assertTrue(Family.ODD.roofed(Task.of(Op.CONV, "n1 ic3 ih224 oc64 kh7 s2 p3")));
    Task depthwise = Task.of(Op.CONV_BACKWARD_DATA, "n8 ic64 ih56 oc64 kh3 p1 g64");
    assertFalse(Family.BACKWARD_DATA.roofed(depthwise));
    assertFalse(Family.GEMM.roofed(Task.of(Op.GEMM, "m64 n1 k64")));
    assertTrue(Family.GEMM.roofed(Task.of(Op.GEMM, "m64 n2 k64")));
  }

  private static Row row(String contender, String variant) {
    return new Row(
        Op.CONV,
        "n1 ic64 ih56 oc64 kh3 p1",
        List.of(new Use("f", 1)),
        1,
        1,
        MemoryLevel.L2,
        contender,
        variant,
        1,
        null,
        null,
        null,
        List.of(),
        "not measured");
  }
}
