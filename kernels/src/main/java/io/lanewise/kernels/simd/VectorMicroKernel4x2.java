package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4 rows by 2 vectors. Budget: 8 accumulators, as many as two units of latency 4 need, + 2 of B +
 * up to 3 broadcasts that C2 hoists = 13 of 16 registers. 6 rows should fit in 15, but C2 spills an
 * accumulator for its hoisted broadcasts: about 0.75 of this kernel's speed (AVX2, JDK 25.0.3; runs
 * one after the other on a busy machine).
 */
final class VectorMicroKernel4x2 implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 4;
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
    FloatVector c00 = FloatVector.fromArray(V, c, r0);
    FloatVector c01 = FloatVector.fromArray(V, c, r0 + L);
    FloatVector c10 = FloatVector.fromArray(V, c, r1);
    FloatVector c11 = FloatVector.fromArray(V, c, r1 + L);
    FloatVector c20 = FloatVector.fromArray(V, c, r2);
    FloatVector c21 = FloatVector.fromArray(V, c, r2 + L);
    FloatVector c30 = FloatVector.fromArray(V, c, r3);
    FloatVector c31 = FloatVector.fromArray(V, c, r3 + L);
    int aEnd = aOff + k * MR;
    int bEnd = bOff + k * NR;
    for (int p = -k; p < 0; p++) { // counting up to 0: no stack reference is left in C2's loop
      int ap = aEnd + p * MR;
      int bp = bEnd + p * NR;
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
    }
    c00.intoArray(c, r0);
    c01.intoArray(c, r0 + L);
    c10.intoArray(c, r1);
    c11.intoArray(c, r1 + L);
    c20.intoArray(c, r2);
    c21.intoArray(c, r2 + L);
    c30.intoArray(c, r3);
    c31.intoArray(c, r3 + L);
  }
}
