package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.MicroKernel;

/**
 * 3 x 4 with fused multiply-adds, in scalar registers: 12 accumulators and an operand or two of 16.
 * A loop over a row of C, for C2 to turn into vectors by itself, stays scalar in JDK 25 (B and C
 * might be one array) and is 2.4 times slower.
 */
final class ScalarMicroKernel implements MicroKernel {
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
      c00 = Math.fma(a0, b0, c00);
      c01 = Math.fma(a0, b1, c01);
      c02 = Math.fma(a0, b2, c02);
      c03 = Math.fma(a0, b3, c03);
      float a1 = a[aOff + lda + p];
      c10 = Math.fma(a1, b0, c10);
      c11 = Math.fma(a1, b1, c11);
      c12 = Math.fma(a1, b2, c12);
      c13 = Math.fma(a1, b3, c13);
      float a2 = a[aOff + 2 * lda + p];
      c20 = Math.fma(a2, b0, c20);
      c21 = Math.fma(a2, b1, c21);
      c22 = Math.fma(a2, b2, c22);
      c23 = Math.fma(a2, b3, c23);
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
