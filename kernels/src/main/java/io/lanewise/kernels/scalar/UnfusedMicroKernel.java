package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.MicroKernel;

/**
 * 4 x 64 for machines without a fused multiply-add: product and sum are each rounded. The inner
 * loop runs over a row of C, contiguous in B and C, which C2 turns into vectors by itself.
 */
final class UnfusedMicroKernel implements MicroKernel {
  private static final int MR = 4;
  private static final int NR = 64;

  @Override
  public int mr() {
    return MR;
  }

  @Override
  public int nr() {
    return NR;
  }

  @Override
  public void run(int k, float[] a, int aOff, float[] b, int bOff, float[] c, int cOff, int ldc) {
    assert k > 0 && aOff + k * MR <= a.length && bOff + k * NR <= b.length;
    for (int p = 0; p < k; p++) {
      for (int i = 0; i < MR; i++) {
        addRow(a[aOff + p * MR + i], b, bOff + p * NR, c, cOff + i * ldc);
      }
    }
  }

  private static void addRow(float a, float[] b, int bOff, float[] c, int cOff) {
    for (int j = 0; j < NR; j++) {
      c[cOff + j] = a * b[bOff + j] + c[cOff + j];
    }
  }
}
