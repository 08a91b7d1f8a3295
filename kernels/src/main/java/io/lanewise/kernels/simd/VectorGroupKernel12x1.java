package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.GroupKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Groups of 1 lane, 12 outputs of a line at a time. */
final class VectorGroupKernel12x1 implements GroupKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int NR = 1 * L;
  private static final int MR = 12;

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public int weight(int channel, int output) {
    return (channel ^ output) * L + channel;
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
    int i = 0;
    for (; i <= m - MR; i += MR) {
      tile(k, at, at0, a, aOff + i * lda, lda, b, bOff, s, sOff, c, cOff + i * ldc, ldc);
    }
    for (; i < m; i++) {
      one(k, at, at0, a, aOff + i * lda, b, bOff, s, sOff, c, cOff + i * ldc);
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
    int taps = Objects.checkIndex(k, NearOffsets.STEPS);
    int from = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    FloatVector none = FloatVector.zero(V);
    FloatVector c00 = none;
    FloatVector c10 = none;
    FloatVector c20 = none;
    FloatVector c30 = none;
    FloatVector c40 = none;
    FloatVector c50 = none;
    FloatVector c60 = none;
    FloatVector c70 = none;
    FloatVector c80 = none;
    FloatVector c90 = none;
    FloatVector c100 = none;
    FloatVector c110 = none;
    for (int p = 0; p < taps; p++) {
      int q = aOff + at[at0 + p];
      int bp = from + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector v0 = FloatVector.fromArray(V, a, q);
      c00 = v0.fma(b0, c00);
      q += lda;
      FloatVector v1 = FloatVector.fromArray(V, a, q);
      c10 = v1.fma(b0, c10);
      q += lda;
      FloatVector v2 = FloatVector.fromArray(V, a, q);
      c20 = v2.fma(b0, c20);
      q += lda;
      FloatVector v3 = FloatVector.fromArray(V, a, q);
      c30 = v3.fma(b0, c30);
      q += lda;
      FloatVector v4 = FloatVector.fromArray(V, a, q);
      c40 = v4.fma(b0, c40);
      q += lda;
      FloatVector v5 = FloatVector.fromArray(V, a, q);
      c50 = v5.fma(b0, c50);
      q += lda;
      FloatVector v6 = FloatVector.fromArray(V, a, q);
      c60 = v6.fma(b0, c60);
      q += lda;
      FloatVector v7 = FloatVector.fromArray(V, a, q);
      c70 = v7.fma(b0, c70);
      q += lda;
      FloatVector v8 = FloatVector.fromArray(V, a, q);
      c80 = v8.fma(b0, c80);
      q += lda;
      FloatVector v9 = FloatVector.fromArray(V, a, q);
      c90 = v9.fma(b0, c90);
      q += lda;
      FloatVector v10 = FloatVector.fromArray(V, a, q);
      c100 = v10.fma(b0, c100);
      q += lda;
      FloatVector v11 = FloatVector.fromArray(V, a, q);
      c110 = v11.fma(b0, c110);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 = FloatVector.fromArray(V, s, sOff).add(zero.add(c00));
    y0.intoArray(c, cOff);
    FloatVector y1 = FloatVector.fromArray(V, s, sOff).add(zero.add(c10));
    y1.intoArray(c, cOff + ldc);
    FloatVector y2 = FloatVector.fromArray(V, s, sOff).add(zero.add(c20));
    y2.intoArray(c, cOff + 2 * ldc);
    FloatVector y3 = FloatVector.fromArray(V, s, sOff).add(zero.add(c30));
    y3.intoArray(c, cOff + 3 * ldc);
    FloatVector y4 = FloatVector.fromArray(V, s, sOff).add(zero.add(c40));
    y4.intoArray(c, cOff + 4 * ldc);
    FloatVector y5 = FloatVector.fromArray(V, s, sOff).add(zero.add(c50));
    y5.intoArray(c, cOff + 5 * ldc);
    FloatVector y6 = FloatVector.fromArray(V, s, sOff).add(zero.add(c60));
    y6.intoArray(c, cOff + 6 * ldc);
    FloatVector y7 = FloatVector.fromArray(V, s, sOff).add(zero.add(c70));
    y7.intoArray(c, cOff + 7 * ldc);
    FloatVector y8 = FloatVector.fromArray(V, s, sOff).add(zero.add(c80));
    y8.intoArray(c, cOff + 8 * ldc);
    FloatVector y9 = FloatVector.fromArray(V, s, sOff).add(zero.add(c90));
    y9.intoArray(c, cOff + 9 * ldc);
    FloatVector y10 = FloatVector.fromArray(V, s, sOff).add(zero.add(c100));
    y10.intoArray(c, cOff + 10 * ldc);
    FloatVector y11 = FloatVector.fromArray(V, s, sOff).add(zero.add(c110));
    y11.intoArray(c, cOff + 11 * ldc);
  }

  private static void one(
      int k,
      int[] at,
      int at0,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      float[] c,
      int cOff) {
    int taps = Objects.checkIndex(k, NearOffsets.STEPS);
    int from = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    FloatVector none = FloatVector.zero(V);
    FloatVector c00 = none;
    for (int p = 0; p < taps; p++) {
      int q = aOff + at[at0 + p];
      int bp = from + p * NR;
      FloatVector v0 = FloatVector.fromArray(V, a, q);
      c00 = v0.fma(FloatVector.fromArray(V, b, bp), c00);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 = FloatVector.fromArray(V, s, sOff).add(zero.add(c00));
    y0.intoArray(c, cOff);
  }
}
