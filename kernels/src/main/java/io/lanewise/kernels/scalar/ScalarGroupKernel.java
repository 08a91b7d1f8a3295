package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.GroupKernel;

/** One group at a time, output by output. */
final class ScalarGroupKernel implements GroupKernel {
  private final int n;
  private final boolean fused;

  /** For groups of n lanes; {@code fused}: product and sum are rounded once. */
  ScalarGroupKernel(int n, boolean fused) {
    this.n = n;
    this.fused = fused;
  }

  @Override
  public int lanes() {
    return n;
  }

  @Override
  public int weight(int channel, int output) {
    return channel * n + output;
  }

  @Override
  public void line(
      int m,
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
    for (int i = 0; i < m; i++) {
      int from = aOff + i * lda;
      for (int j = 0; j < n; j++) {
        c[cOff + i * ldc + j] = s[sOff + j] + sum(0, n, k, at, at0, a, from, b, bOff + j);
      }
    }
  }

  /** Of some channels' sums: a half of them and the other half. */
  private float sum(
      int channel,
      int channels,
      int k,
      int[] at,
      int at0,
      float[] a,
      int aOff,
      float[] b,
      int bOff) {
    if (channels > 1) {
      int half = channels / 2;
      return sum(channel, half, k, at, at0, a, aOff, b, bOff)
          + sum(channel + half, half, k, at, at0, a, aOff, b, bOff);
    }
    float t = 0;
    for (int p = 0; p < k; p++) {
      float x = a[aOff + at[at0 + p] + channel];
      float w = b[bOff + (p * n + channel) * n];
      t = fused ? Math.fma(x, w, t) : t + x * w;
    }
    return t;
  }
}
