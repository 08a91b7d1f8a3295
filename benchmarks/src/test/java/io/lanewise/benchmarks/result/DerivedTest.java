package io.lanewise.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DerivedTest {
  private static final double EXACT = 1e-12;

  // 200 Mflop and 4 MB: 100, 80 and 50 GFLOP/s beside peaks of 125, 160 and 50.
  private static Row row(Sample... samples) {
    return new Row(
        Op.CONV,
        "ic1 ih2 oc1 kh1",
        List.of(new Use("a", 2), new Use("b", 1)),
        200_000_000,
        4_000_000,
        MemoryLevel.L3,
        "lanewise",
        "im2col",
        1,
        0.0,
        0.0,
        null,
        List.of(samples),
        samples.length == 0 ? "crashed" : null);
  }

  private static Row threeRounds() {
    return row(
        new Sample(1, 1, 2e6, 125, 10),
        new Sample(1, 2, 2.5e6, 160, 8),
        new Sample(2, 1, 4e6, 50, 4));
  }

  @Test
  void ratesAreAtTheMedianTime() {
    Row row = threeRounds();
    assertEquals(2.5, Derived.millis(row), EXACT);
    assertEquals(80, Derived.gflops(row), EXACT);
    assertEquals(1.6, Derived.gigabytes(row), EXACT);
    assertEquals(50, Derived.intensity(row), EXACT);
    assertEquals(125, Derived.peakGflops(row), EXACT);
    assertEquals(8, Derived.copyGigabytes(row), EXACT);
  }

  @Test
  void sharesAreFormedWithinARoundBeforeTheMedian() {
    Row row = threeRounds();
    assertEquals(0.8, Derived.shareOfPeak(row), EXACT); // of 0.8, 0.5 and 1
    assertEquals(0.2, Derived.shareOfBandwidth(row), EXACT); // of 0.2, 0.2 and 0.25
  }

  @Test
  void ratiosCompareTheSameRound() {
    Row base =
        row(
            new Sample(1, 1, 1e6, 1, 1),
            new Sample(1, 2, 5e6, 1, 1),
            new Sample(2, 2, 9e6, 1, 1)); // a round that the other lacks
    assertEquals(1.25, Derived.timeRatio(threeRounds(), base).orElseThrow(), EXACT); // 2 and 0.5
    assertEquals(OptionalDouble.empty(), Derived.timeRatio(threeRounds(), row()));
  }

  @Test
  void meansAndMedians() {
    assertEquals(2, Derived.geometricMean(List.of(1.0, 4.0)).orElseThrow(), EXACT);
    assertTrue(Derived.geometricMean(List.of()).isEmpty());
    assertEquals(2, Derived.median(3, 1, 2), EXACT);
    assertEquals(2.5, Derived.median(4, 1, 2, 3), EXACT);
    assertThrows(IllegalArgumentException.class, Derived::median);
  }

  @Test
  void aFailedRowHasNoNumbers() {
    Row failed = row();
    assertFalse(failed.measured());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Derived.millis(failed));
    assertEquals(
        "nothing was measured of conv ic1 ih2 oc1 kh1, lanewise im2col, 1 thread", e.getMessage());
  }

  @Test
  void layersAreCountedByNetwork() {
    assertEquals(2, threeRounds().count("a"));
    assertEquals(0, threeRounds().count("c"));
    assertEquals("conv ic1 ih2 oc1 kh1", threeRounds().task());
  }

  @Test
  void levelsFollowFromTheCaches() {
    HostInfo host = ExampleResult.HOST;
    assertEquals(MemoryLevel.L1, MemoryLevel.of(48 << 10, 1, host));
    assertEquals(MemoryLevel.L2, MemoryLevel.of((48 << 10) + 1, 1, host));
    assertEquals(MemoryLevel.L1, MemoryLevel.of((48 << 10) + 1, 2, host));
    assertEquals(MemoryLevel.L2, MemoryLevel.of(2 << 20, 1, host));
    assertEquals(MemoryLevel.L3, MemoryLevel.of((2 << 20) + 1, 1, host));
    assertEquals(MemoryLevel.MEMORY, MemoryLevel.of((32 << 20) + 1, 2, host));
    HostInfo unknown = new HostInfo("c", "amd64", 1, 1, 2, null, "os");
    assertEquals(MemoryLevel.MEMORY, MemoryLevel.of(3, 1, unknown));
  }
}
