package io.lanewise.kernels.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CacheLineTest {
  private static final int PAGE = 1024;
  private static final int LARGE = 1 << 14;

  @Test
  void smallPartsTakeWholeLines() {
    assertEquals(0, CacheLine.room(0));
    assertEquals(16, CacheLine.room(1));
    assertEquals(16, CacheLine.room(16));
    assertEquals(32, CacheLine.room(17));
  }

  @Test
  void whatFollowsALargePartLiesApartInAPage() {
    for (long floats : new long[] {LARGE, LARGE + 1, LARGE + CacheLine.APART, 1L << 31, 100_003}) {
      long room = CacheLine.room(floats);
      assertEquals(CacheLine.APART, room % PAGE, () -> floats + " floats");
      assertTrue(room >= floats && room < floats + PAGE, () -> floats + " floats take " + room);
    }
  }
}
