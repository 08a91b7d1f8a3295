package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    CopyBandwidth.warmUp(16 << 10);
    CopyBandwidth copy = CopyBandwidth.measure("L1", 16 << 10);
    assertEquals(16 << 10, copy.bytes());
    assertTrue(copy.gigabytes() > 0.5 && copy.gigabytes() < 2_000, copy.toString());
    assertEquals("L1 12 GB/s (16 KiB)", new CopyBandwidth("L1", 16 << 10, 12.3).toString());
  }
}
