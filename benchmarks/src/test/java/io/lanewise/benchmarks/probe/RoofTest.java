package io.lanewise.benchmarks.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The probes; bounds are wide, because other programs may run beside the tests. */
class RoofTest {
  @Test
  void peakIsThatOfOneCore() {
    FmaPeak.warmUp();
    double peak = FmaPeak.gflops(30_000_000);
    // 128-bit lanes at 0.5 GHz on one unit make 4; 512-bit lanes at 6 GHz on two units make 384.
    assertTrue(peak > 2 && peak < 500, "got " + peak);
  }

  @Test
  void copyTellsBytesAndRate() {
    CopyBandwidth.warmUp();
    CopyBandwidth copy = new CopyBandwidth(16 << 10);
    assertEquals(16 << 10, copy.bytes());
    double rate = copy.gigabytes(10_000_000);
    assertTrue(rate > 0.5 && rate < 2_000, "got " + rate);
    assertEquals(CopyBandwidth.LEAST_BYTES, new CopyBandwidth(1).bytes());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new CopyBandwidth(9L << 30));
    assertEquals("copies up to 8 GB are measured, got 9663676416 bytes", e.getMessage());
  }

  @Test
  void everyThreadCounts() {
    try (Roofs roofs = new Roofs(2)) {
      double peak = roofs.peakGflops(20_000_000);
      assertTrue(peak > 4 && peak < 1_000, "got " + peak);
      for (long bytes : new long[] {1 << 14, 1 << 20, 1 << 14}) {
        double copy = roofs.copyGigabytes(bytes, 10_000_000);
        assertTrue(copy > 1 && copy < 4_000, "got " + copy);
      }
    }
  }
}
