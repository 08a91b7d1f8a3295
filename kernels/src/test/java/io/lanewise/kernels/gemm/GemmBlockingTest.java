package io.lanewise.kernels.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.platform.Machine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GemmBlockingTest {
  private record Tile(int mr, int nr) implements MicroKernel {
    @Override
    public void run(
        int k,
        float[] a,
        int aOff,
        int lda,
        float[] b,
        int bOff,
        float[] s,
        int sOff,
        int lds,
        float[] c,
        int cOff,
        int ldc,
        float[] ahead,
        int aheadOff,
        float[] sink,
        int sinkOff) {
      throw new UnsupportedOperationException("a blocking needs the tile's size only");
    }
  }

  private static Machine machine(int l1Bytes, int l2Bytes) {
    return new Machine("any", 4, l1Bytes, l2Bytes, true, Optional.empty());
  }

  @Test
  void ofThisProjectsMachine() {
    // 12288 floats in L1, fifteen sixteenths of them for 12 rows and a panel of 32: 256 steps.
    GemmBlocking b = GemmBlocking.of(List.of(new Tile(12, 32)), machine(48 << 10, 2 << 20));
    assertEquals(new GemmBlocking(12, 32, 256, 252), b);
  }

  @Test
  void blocksAreWholeTilesAndFitTheirCaches() {
    int[][] tiles = {{4, 64}, {6, 8}, {6, 16}, {8, 32}, {8, 8}, {1, 1}, {12, 32}};
    int[][] caches = {{33 << 10, 256 << 10}, {48 << 10, 2 << 20}, {192 << 10, 16 << 20}};
    for (int[] tile : tiles) {
      for (int[] cache : caches) {
        GemmBlocking b = of(tile[0], tile[1], cache[0], cache[1]);
        assertEquals(tile[0], b.mr());
        assertEquals(tile[1], b.nr());
        assertTrue(b.kc() >= 32 && b.kc() <= 384 && b.kc() % 32 == 0, b::toString);
        assertTrue(b.mc() >= b.mr() && b.mc() % b.mr() == 0, b::toString);
        boolean panelsFit = (b.mr() + b.nr()) * b.kc() * Float.BYTES <= cache[0];
        assertTrue(panelsFit || b.kc() == 32, b::toString);
        boolean rowsFit = b.mc() * b.kc() * Float.BYTES <= cache[1] / 8;
        assertTrue(rowsFit || b.mc() == b.mr(), b::toString);
      }
    }
  }

  @Test
  void aSmallL1LetsPanelsComeFromL2() {
    GemmBlocking b = of(6, 64, 32 << 10, 1 << 20);
    assertEquals(new GemmBlocking(6, 64, 384, 168), b);
    List<MicroKernel> wide = List.of(new Tile(6, 64));
    assertEquals(1024, GemmBlocking.packedKc(wide, machine(32 << 10, 1 << 20)));
    assertEquals(512, GemmBlocking.packedKc(wide, machine(32 << 10, 512 << 10)));
    assertEquals(32, GemmBlocking.packedKc(wide, machine(1 << 10, 1 << 10)));
    assertEquals(160, GemmBlocking.packedKc(wide, machine(48 << 10, 2 << 20)));
  }

  private static GemmBlocking of(int mr, int nr, int l1, int l2) {
    return GemmBlocking.of(List.of(new Tile(mr, nr)), machine(l1, l2));
  }

  @Test
  void roundsUpToWholeTiles() {
    GemmBlocking b = new GemmBlocking(6, 16, 32, 12);
    assertEquals(0, b.padN(0));
    assertEquals(16, b.padN(1));
    assertEquals(16, b.padN(16));
    assertEquals(32, b.padN(17));
    assertThrows(ArithmeticException.class, () -> b.padN(Integer.MAX_VALUE));
  }

  @Test
  void piecesOfASumAreOfAboutOneLength() {
    assertEquals(0, GemmBlocking.piece(0, 160));
    assertEquals(160, GemmBlocking.piece(160, 160));
    assertEquals(81, GemmBlocking.piece(161, 160)); // 81 and 80, not 160 and 1
    assertEquals(128, GemmBlocking.piece(256, 160));
    assertEquals(144, GemmBlocking.piece(1152, 160));
  }
}
