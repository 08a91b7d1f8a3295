package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.TapKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 2 outputs of a line by 4 vectors of channels. */
final class VectorTapKernel2x4 implements TapKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 2;
  private static final int NR = 4 * L;

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
    FloatVector s2 = FloatVector.fromArray(V, s, sOff + 2 * L);
    FloatVector s3 = FloatVector.fromArray(V, s, sOff + 3 * L);
    FloatVector c00 = s0;
    FloatVector c01 = s1;
    FloatVector c02 = s2;
    FloatVector c03 = s3;
    FloatVector c10 = s0;
    FloatVector c11 = s1;
    FloatVector c12 = s2;
    FloatVector c13 = s3;
    for (int p = 0; p < n; p++) {
      int q = aOff + at[at0 + p];
      int bp = b00 + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(V, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(V, b, bp + 3 * L);
      FloatVector v0 = FloatVector.broadcast(V, a[q]);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
      c02 = v0.fma(b2, c02);
      c03 = v0.fma(b3, c03);
      q += lda;
      FloatVector v1 = FloatVector.broadcast(V, a[q]);
      c10 = v1.fma(b0, c10);
      c11 = v1.fma(b1, c11);
      c12 = v1.fma(b2, c12);
      c13 = v1.fma(b3, c13);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    zero.add(c00).intoArray(c, cOff);
    zero.add(c01).intoArray(c, cOff + L);
    zero.add(c02).intoArray(c, cOff + 2 * L);
    zero.add(c03).intoArray(c, cOff + 3 * L);
    zero.add(c10).intoArray(c, cOff + ldc);
    zero.add(c11).intoArray(c, cOff + ldc + L);
    zero.add(c12).intoArray(c, cOff + ldc + 2 * L);
    zero.add(c13).intoArray(c, cOff + ldc + 3 * L);
  }
}
