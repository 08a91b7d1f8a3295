package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 8 rows by 2 vectors. Budget: 16 accumulators + 2 of B + up to 3 broadcasts that C2 hoists = 21 of
 * 32 registers; its loop has no stack reference (34 instructions for 16 multiply-adds).
 */
final class VectorMicroKernel8x2 implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 8;
  private static final int NR = 2 * L;

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
    int r0 = cOff;
    int r1 = cOff + ldc;
    int r2 = cOff + 2 * ldc;
    int r3 = cOff + 3 * ldc;
    int r4 = cOff + 4 * ldc;
    int r5 = cOff + 5 * ldc;
    int r6 = cOff + 6 * ldc;
    int r7 = cOff + 7 * ldc;
    FloatVector c00 = FloatVector.fromArray(V, c, r0);
    FloatVector c01 = FloatVector.fromArray(V, c, r0 + L);
    FloatVector c10 = FloatVector.fromArray(V, c, r1);
    FloatVector c11 = FloatVector.fromArray(V, c, r1 + L);
    FloatVector c20 = FloatVector.fromArray(V, c, r2);
    FloatVector c21 = FloatVector.fromArray(V, c, r2 + L);
    FloatVector c30 = FloatVector.fromArray(V, c, r3);
    FloatVector c31 = FloatVector.fromArray(V, c, r3 + L);
    FloatVector c40 = FloatVector.fromArray(V, c, r4);
    FloatVector c41 = FloatVector.fromArray(V, c, r4 + L);
    FloatVector c50 = FloatVector.fromArray(V, c, r5);
    FloatVector c51 = FloatVector.fromArray(V, c, r5 + L);
    FloatVector c60 = FloatVector.fromArray(V, c, r6);
    FloatVector c61 = FloatVector.fromArray(V, c, r6 + L);
    FloatVector c70 = FloatVector.fromArray(V, c, r7);
    FloatVector c71 = FloatVector.fromArray(V, c, r7 + L);
    for (int p = 0; p < k; p++) {
      int ap = aOff + p * MR;
      int bp = bOff + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector a0 = FloatVector.broadcast(V, a[ap]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(V, a[ap + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(V, a[ap + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(V, a[ap + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(V, a[ap + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(V, a[ap + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(V, a[ap + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(V, a[ap + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoArray(c, r0);
    c01.intoArray(c, r0 + L);
    c10.intoArray(c, r1);
    c11.intoArray(c, r1 + L);
    c20.intoArray(c, r2);
    c21.intoArray(c, r2 + L);
    c30.intoArray(c, r3);
    c31.intoArray(c, r3 + L);
    c40.intoArray(c, r4);
    c41.intoArray(c, r4 + L);
    c50.intoArray(c, r5);
    c51.intoArray(c, r5 + L);
    c60.intoArray(c, r6);
    c61.intoArray(c, r6 + L);
    c70.intoArray(c, r7);
    c71.intoArray(c, r7 + L);
  }
}
