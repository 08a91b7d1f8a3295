package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.TapKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 4 outputs of a line by 2 vectors of channels. */
final class VectorTapKernel4x2 implements TapKernel {
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
    for (int t = 0; t < tiles; t++) {
      int i = t * MR;
      tile(k, at, at0, a, aOff + i * lda, lda, b, bOff, s, sOff, c, cOff + i * ldc, ldc);
    }
  }

  private static void tile(
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
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    FloatVector s0 = FloatVector.fromArray(V, s, sOff);
    FloatVector s1 = FloatVector.fromArray(V, s, sOff + L);
    FloatVector c00 = s0;
    FloatVector c01 = s1;
    FloatVector c10 = s0;
    FloatVector c11 = s1;
    FloatVector c20 = s0;
    FloatVector c21 = s1;
    FloatVector c30 = s0;
    FloatVector c31 = s1;
    for (int p = 0; p < n; p++) {
      int q = aOff + at[at0 + p];
      int bp = b00 + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector v0 = FloatVector.broadcast(V, a[q]);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
      q += lda;
      FloatVector v1 = FloatVector.broadcast(V, a[q]);
      c10 = v1.fma(b0, c10);
      c11 = v1.fma(b1, c11);
      q += lda;
      FloatVector v2 = FloatVector.broadcast(V, a[q]);
      c20 = v2.fma(b0, c20);
      c21 = v2.fma(b1, c21);
      q += lda;
      FloatVector v3 = FloatVector.broadcast(V, a[q]);
      c30 = v3.fma(b0, c30);
      c31 = v3.fma(b1, c31);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    zero.add(c00).intoArray(c, cOff);
    zero.add(c01).intoArray(c, cOff + L);
    zero.add(c10).intoArray(c, cOff + ldc);
    zero.add(c11).intoArray(c, cOff + ldc + L);
    zero.add(c20).intoArray(c, cOff + 2 * ldc);
    zero.add(c21).intoArray(c, cOff + 2 * ldc + L);
    zero.add(c30).intoArray(c, cOff + 3 * ldc);
    zero.add(c31).intoArray(c, cOff + 3 * ldc + L);
  }
}
