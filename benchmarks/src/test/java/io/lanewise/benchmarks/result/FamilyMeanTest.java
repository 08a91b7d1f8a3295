package io.lanewise.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.FamilyMean.Mean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Times are chosen so that every mean can be computed in the head. */
class FamilyMeanTest {
  private static final double CLOSE = 1e-12;
  private static final String A = "n1 ic64 ih56 oc64 kh3 p1";
  private static final String B = "n1 ic128 ih28 oc128 kh3 p1";
  private static final String EIGHT = "n8 ic64 ih56 oc64 kh3 p1";

  private final List<Row> rows = new ArrayList<>();

  /** Shares of the peak are 1000 over the time, those of the copy 500. */
  private void add(Op op, String shape, String contender, String variant, int threads, int nanos) {
    List<Sample> samples =
        List.of(new Sample(1, 1, nanos, 10, 10), new Sample(1, 2, 2 * nanos, 5, 5));
    rows.add(
        new Row(
            op,
            shape,
            List.of(new Use("f", 1)),
            10_000,
            5_000,
            MemoryLevel.L2,
            contender,
            variant,
            threads,
            0.0,
            0.0,
            null,
            samples,
            null));
  }

  private Map<String, FamilyMean> means() {
    BenchResult e = ExampleResult.make();
    List<ContenderInfo> contenders = new ArrayList<>();
    for (String name : List.of("lanewise", "onednn", "mkl", "pytorch")) {
      contenders.add(new ContenderInfo(name, "1"));
    }
    BenchResult result =
        new BenchResult(
            e.version(), e.date(), e.host(), e.jvm(), null, e.settings(), contenders, rows);
    return FamilyMean.of(result).stream()
        .collect(
            java.util.stream.Collectors.toMap(
                m -> m.family().option() + " t" + m.threads() + " b" + m.batch().orElse(0),
                m -> m));
  }

  private static void assertMean(double value, int tasks, Mean mean) {
    assertEquals(tasks, mean.tasks());
    assertEquals(value, mean.value(), CLOSE);
  }

  @Test
  void aFamilysBestStandsForUsAndForEachRival() {
    add(Op.CONV, A, "lanewise", "nhwc winograd", 1, 1000);
    add(Op.CONV, A, "lanewise", "nchw im2row", 1, 4000);
    add(Op.CONV, A, "onednn", "own", 1, 2000);
    add(Op.CONV, A, "onednn", "nchw", 1, 8000);
    add(Op.CONV, A, "pytorch", "nhwc", 1, 500);
    add(Op.CONV, B, "lanewise", "nhwc im2row", 1, 2000);
    add(Op.CONV, B, "onednn", "own", 1, 1000);
    Map<String, FamilyMean> means = means();
    FamilyMean three = means.get("3x3 t1 b1");
    assertEquals(2, three.tasks());
    assertEquals(OptionalInt.of(1), three.batch());
    assertMean(Math.sqrt(0.5 * 2), 2, three.rivals().get("onednn"));
    assertMean(2, 1, three.rivals().get("pytorch"));
    assertFalse(three.rivals().containsKey("mkl"));
    assertMean(2, 2, three.best());
    assertMean(Math.sqrt(1 * 0.5), 2, three.roof());
    assertEquals(0, three.speedUp().tasks());
    assertTrue(Double.isNaN(three.speedUp().value()));
    FamilyMean dense = means.get("dense t1 b1"); // without Winograd's algorithm
    assertMean(Math.sqrt(2.0 * 2), 2, dense.rivals().get("onednn"));
    assertMean(Math.sqrt(0.25 * 0.5), 2, dense.roof());
    FamilyMean nchw = means.get("nchw t1 b1"); // B has no such variant of ours
    assertEquals(1, nchw.tasks());
    assertMean(0.5, 1, nchw.rivals().get("onednn"));
    assertFalse(nchw.rivals().containsKey("pytorch"));
  }

  @Test
  void threadsAndBatchesAreApart() {
    add(Op.CONV, A, "lanewise", "nhwc im2row", 1, 4000);
    add(Op.CONV, A, "lanewise", "nhwc im2row", 2, 2000);
    add(Op.CONV, A, "onednn", "own", 2, 1000);
    add(Op.CONV, EIGHT, "lanewise", "nhwc im2row", 1, 5000);
    Map<String, FamilyMean> means = means();
    assertMean(2, 1, means.get("3x3 t2 b1").speedUp());
    assertEquals(0, means.get("3x3 t1 b1").speedUp().tasks());
    assertMean(2, 1, means.get("3x3 t2 b1").rivals().get("onednn"));
    assertTrue(means.get("3x3 t1 b1").rivals().isEmpty());
    assertMean(0.2, 1, means.get("3x3 t1 b8").roof());
    assertEquals(0, means.get("3x3 t1 b8").best().tasks());
  }

  @Test
  void depthwiseIsHeldAgainstTheCopyAndProductsAgainstThreeLibraries() {
    add(Op.CONV, "n1 ic32 ih112 oc32 kh3 p1 g32", "lanewise", "nhwc depthwise", 1, 1000);
    add(Op.GEMM, "m64 n64 k64", "lanewise", "default", 1, 1000);
    add(Op.GEMM, "m64 n64 k64", "onednn", "sgemm", 1, 2000);
    add(Op.GEMM, "m64 n64 k64", "mkl", "packed", 1, 1250);
    add(Op.GEMM, "m64 n64 k64", "pytorch", "plain", 1, 500);
    Map<String, FamilyMean> means = means();
    assertMean(0.5, 1, means.get("depthwise t1 b1").roof());
    assertMean(0.8, 1, means.get("gemm t1 b0").best());
    assertMean(2, 1, means.get("gemm t1 b0").rivals().get("pytorch"));
  }

  @Test
  void whatFailedHalfWayCountsForNothing() {
    Row good = ExampleResult.make().rows().getFirst();
    rows.add(
        new Row(
            good.op(),
            good.shape(),
            good.uses(),
            good.flops(),
            good.bytes(),
            good.level(),
            "lanewise",
            "v",
            1,
            0.0,
            0.0,
            0L,
            good.samples(),
            "wrong in the end"));
    assertTrue(means().isEmpty());
  }
}
