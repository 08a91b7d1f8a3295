package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.MicroKernel;

/**
 * 3 x 4 for machines without a fused multiply-add: product and sum are each rounded. Otherwise as
 * {@link ScalarMicroKernel}.
 */
final class UnfusedMicroKernel implements MicroKernel {
  private static final int MR = 3;
  private static final int NR = 4;

  @Override
  public int mr() {
    return MR;
  }

  @Override
  public int nr() {
    return NR;
  }

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

    assert k >= 0 && aOff + (MR - 1) * lda + k <= a.length && bOff + k * NR <= b.length;
    int s1 = sOff + lds;
    int s2 = sOff + 2 * lds;
    float c00 = s[sOff];
    float c01 = s[sOff + 1];
    float c02 = s[sOff + 2];
    float c03 = s[sOff + 3];
    float c10 = s[s1];
    float c11 = s[s1 + 1];
    float c12 = s[s1 + 2];
    float c13 = s[s1 + 3];
    float c20 = s[s2];
    float c21 = s[s2 + 1];
    float c22 = s[s2 + 2];
    float c23 = s[s2 + 3];
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * NR;
      float b0 = b[bp];
      float b1 = b[bp + 1];
      float b2 = b[bp + 2];
      float b3 = b[bp + 3];
      float a0 = a[aOff + p];
      c00 += a0 * b0;
      c01 += a0 * b1;
      c02 += a0 * b2;
      c03 += a0 * b3;
      float a1 = a[aOff + lda + p];
      c10 += a1 * b0;
      c11 += a1 * b1;
      c12 += a1 * b2;
      c13 += a1 * b3;
      float a2 = a[aOff + 2 * lda + p];
      c20 += a2 * b0;
      c21 += a2 * b1;
      c22 += a2 * b2;
      c23 += a2 * b3;
    }
    c[cOff] = c00;
    c[cOff + 1] = c01;
    c[cOff + 2] = c02;
    c[cOff + 3] = c03;
    int r1 = cOff + ldc;
    c[r1] = c10;
    c[r1 + 1] = c11;
    c[r1 + 2] = c12;
    c[r1 + 3] = c13;
    int r2 = cOff + 2 * ldc;
    c[r2] = c20;
    c[r2 + 1] = c21;
    c[r2 + 2] = c22;
    c[r2 + 3] = c23;
  }
}
