package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.PackingMicroKernel;

/** {@link PackingMicroKernel} in two steps: packs, then runs {@code tile}. */
final class ScalarPackingKernel implements PackingMicroKernel {
  private final MicroKernel tile;

  ScalarPackingKernel(MicroKernel tile) {
    this.tile = tile;
  }

  @Override
  public int mr() {
    return tile.mr();
  }

  @Override
  public int nr() {
    return tile.nr();
  }

  @Override
  public void run(
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float[] panel,
      int panelOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc) {
    int nr = tile.nr();
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < nr; j++) {
        panel[panelOff + p * nr + j] = b[bOff + p * ldb + j];
      }
    }
    tile.run(
        k, a, aOff, lda, panel, panelOff, s, sOff, lds, c, cOff, ldc, panel, panelOff, panel,
        panelOff);
  }
}
