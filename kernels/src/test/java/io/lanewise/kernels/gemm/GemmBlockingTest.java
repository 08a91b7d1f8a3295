package io.lanewise.kernels.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.platform.Machine;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GemmBlockingTest {
  private record Tile(int mr, int nr) implements MicroKernel {
    @Override
    public void run(int k, float[] a, int aOff, float[] b, int bOff, float[] c, int cOff, int ldc) {
      throw new UnsupportedOperationException("a blocking needs the tile's size only");
    }
  }

  private static Machine machine(int l1Bytes, int l2Bytes) {
    return new Machine("any", 4, l1Bytes, l2Bytes, true, Optional.empty());
  }

  @Test
  void ofThisProjectsMachine() {
    // 12288 floats in L1, five eighths of them for panels of 8 + 32: 192 steps.
    GemmBlocking b = GemmBlocking.of(new Tile(8, 32), machine(48 << 10, 2 << 20));
    assertEquals(new GemmBlocking(8, 32, 192, 1360, 4096), b);
  }

  @Test
  void blocksAreWholeTilesAndFitTheirCaches() {
    int[][] tiles = {{4, 64}, {6, 8}, {6, 16}, {8, 32}, {8, 8}, {1, 1}, {12, 32}};
    int[][] caches = {{1 << 10, 1 << 12}, {32 << 10, 256 << 10}, {192 << 10, 16 << 20}};
    for (int[] tile : tiles) {
      for (int[] cache : caches) {
        GemmBlocking b = GemmBlocking.of(new Tile(tile[0], tile[1]), machine(cache[0], cache[1]));
        assertEquals(tile[0], b.mr());
        assertEquals(tile[1], b.nr());
        assertTrue(b.kc() >= 32 && b.kc() <= 384 && b.kc() % 16 == 0, b::toString);
        assertTrue(b.mc() >= b.mr() && b.mc() % b.mr() == 0, b::toString);
        assertTrue(b.nc() >= b.nr() && b.nc() % b.nr() == 0, b::toString);
        boolean panelsFit = (b.mr() + b.nr()) * b.kc() * Float.BYTES <= cache[0];
        assertTrue(panelsFit || b.kc() == 32, b::toString);
        boolean blockFits = b.mc() * b.kc() * Float.BYTES <= cache[1] / 2;
        assertTrue(blockFits || b.mc() == b.mr(), b::toString);
      }
    }
  }

  @Test
  void roundsUpToWholeTiles() {
    GemmBlocking b = new GemmBlocking(6, 16, 32, 12, 64);
    assertEquals(0, b.padM(0));
    assertEquals(6, b.padM(1));
    assertEquals(6, b.padM(6));
    assertEquals(12, b.padM(7));
    assertEquals(16, b.padN(16));
    assertEquals(32, b.padN(17));
    assertThrows(ArithmeticException.class, () -> b.padN(Integer.MAX_VALUE));
  }
}
