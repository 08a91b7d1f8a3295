package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.TapKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 12 outputs of a line by 2 vectors of channels. */
final class VectorTapKernel12x2 implements TapKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 12;
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
    FloatVector c40 = s0;
    FloatVector c41 = s1;
    FloatVector c50 = s0;
    FloatVector c51 = s1;
    FloatVector c60 = s0;
    FloatVector c61 = s1;
    FloatVector c70 = s0;
    FloatVector c71 = s1;
    FloatVector c80 = s0;
    FloatVector c81 = s1;
    FloatVector c90 = s0;
    FloatVector c91 = s1;
    FloatVector c100 = s0;
    FloatVector c101 = s1;
    FloatVector c110 = s0;
    FloatVector c111 = s1;
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
      q += lda;
      FloatVector v4 = FloatVector.broadcast(V, a[q]);
      c40 = v4.fma(b0, c40);
      c41 = v4.fma(b1, c41);
      q += lda;
      FloatVector v5 = FloatVector.broadcast(V, a[q]);
      c50 = v5.fma(b0, c50);
      c51 = v5.fma(b1, c51);
      q += lda;
      FloatVector v6 = FloatVector.broadcast(V, a[q]);
      c60 = v6.fma(b0, c60);
      c61 = v6.fma(b1, c61);
      q += lda;
      FloatVector v7 = FloatVector.broadcast(V, a[q]);
      c70 = v7.fma(b0, c70);
      c71 = v7.fma(b1, c71);
      q += lda;
      FloatVector v8 = FloatVector.broadcast(V, a[q]);
      c80 = v8.fma(b0, c80);
      c81 = v8.fma(b1, c81);
      q += lda;
      FloatVector v9 = FloatVector.broadcast(V, a[q]);
      c90 = v9.fma(b0, c90);
      c91 = v9.fma(b1, c91);
      q += lda;
      FloatVector v10 = FloatVector.broadcast(V, a[q]);
      c100 = v10.fma(b0, c100);
      c101 = v10.fma(b1, c101);
      q += lda;
      FloatVector v11 = FloatVector.broadcast(V, a[q]);
      c110 = v11.fma(b0, c110);
      c111 = v11.fma(b1, c111);
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
    zero.add(c40).intoArray(c, cOff + 4 * ldc);
    zero.add(c41).intoArray(c, cOff + 4 * ldc + L);
    zero.add(c50).intoArray(c, cOff + 5 * ldc);
    zero.add(c51).intoArray(c, cOff + 5 * ldc + L);
    zero.add(c60).intoArray(c, cOff + 6 * ldc);
    zero.add(c61).intoArray(c, cOff + 6 * ldc + L);
    zero.add(c70).intoArray(c, cOff + 7 * ldc);
    zero.add(c71).intoArray(c, cOff + 7 * ldc + L);
    zero.add(c80).intoArray(c, cOff + 8 * ldc);
    zero.add(c81).intoArray(c, cOff + 8 * ldc + L);
    zero.add(c90).intoArray(c, cOff + 9 * ldc);
    zero.add(c91).intoArray(c, cOff + 9 * ldc + L);
    zero.add(c100).intoArray(c, cOff + 10 * ldc);
    zero.add(c101).intoArray(c, cOff + 10 * ldc + L);
    zero.add(c110).intoArray(c, cOff + 11 * ldc);
    zero.add(c111).intoArray(c, cOff + 11 * ldc + L);
  }
}
