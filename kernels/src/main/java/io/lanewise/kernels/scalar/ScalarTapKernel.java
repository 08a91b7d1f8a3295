package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.TapKernel;

/** One output by four channels, in scalar registers. */
final class ScalarTapKernel implements TapKernel {
  private static final int NR = 4;

  private final boolean fused;

  /** {@code fused}: product and sum are rounded once. */
  ScalarTapKernel(boolean fused) {
    this.fused = fused;
  }

  @Override
  public int mr() {
    return 1;
  }

  @Override
  public int nr() {
    return NR;
  }

  @Override
  public void strip(
      int tiles,
      int k,
      int[] at,
      int at0,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      float[] c,
      int cOff,
      int ldc) {
    for (int i = 0; i < tiles; i++) {
      int from = aOff + i * lda;
      float c0 = s[sOff];
      float c1 = s[sOff + 1];
      float c2 = s[sOff + 2];
      float c3 = s[sOff + 3];
      for (int p = 0; p < k; p++) {
        float x = a[from + at[at0 + p]];
        int bp = bOff + p * NR;
        c0 = add(x, b[bp], c0);
        c1 = add(x, b[bp + 1], c1);
        c2 = add(x, b[bp + 2], c2);
        c3 = add(x, b[bp + 3], c3);
      }
      int to = cOff + i * ldc;
      c[to] = c0;
      c[to + 1] = c1;
      c[to + 2] = c2;
      c[to + 3] = c3;
    }
  }

  private float add(float x, float w, float sum) {
    return fused ? Math.fma(x, w, sum) : sum + x * w;
  }
}
