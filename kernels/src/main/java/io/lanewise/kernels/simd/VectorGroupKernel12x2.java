package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.GroupKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Groups of 2 lanes, 12 outputs of a line at a time. */
final class VectorGroupKernel12x2 implements GroupKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int NR = 2 * L;
  private static final int MR = 12;
  private static final VectorShuffle<Float> TURN_1 = VectorShuffle.fromOp(V, j -> j ^ 1);

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
    FloatVector c01 = none;
    FloatVector c10 = none;
    FloatVector c11 = none;
    FloatVector c20 = none;
    FloatVector c21 = none;
    FloatVector c30 = none;
    FloatVector c31 = none;
    FloatVector c40 = none;
    FloatVector c41 = none;
    FloatVector c50 = none;
    FloatVector c51 = none;
    FloatVector c60 = none;
    FloatVector c61 = none;
    FloatVector c70 = none;
    FloatVector c71 = none;
    FloatVector c80 = none;
    FloatVector c81 = none;
    FloatVector c90 = none;
    FloatVector c91 = none;
    FloatVector c100 = none;
    FloatVector c101 = none;
    FloatVector c110 = none;
    FloatVector c111 = none;
    for (int p = 0; p < taps; p++) {
      int q = aOff + at[at0 + p];
      int bp = from + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector v0 = FloatVector.fromArray(V, a, q);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
      q += lda;
      FloatVector v1 = FloatVector.fromArray(V, a, q);
      c10 = v1.fma(b0, c10);
      c11 = v1.fma(b1, c11);
      q += lda;
      FloatVector v2 = FloatVector.fromArray(V, a, q);
      c20 = v2.fma(b0, c20);
      c21 = v2.fma(b1, c21);
      q += lda;
      FloatVector v3 = FloatVector.fromArray(V, a, q);
      c30 = v3.fma(b0, c30);
      c31 = v3.fma(b1, c31);
      q += lda;
      FloatVector v4 = FloatVector.fromArray(V, a, q);
      c40 = v4.fma(b0, c40);
      c41 = v4.fma(b1, c41);
      q += lda;
      FloatVector v5 = FloatVector.fromArray(V, a, q);
      c50 = v5.fma(b0, c50);
      c51 = v5.fma(b1, c51);
      q += lda;
      FloatVector v6 = FloatVector.fromArray(V, a, q);
      c60 = v6.fma(b0, c60);
      c61 = v6.fma(b1, c61);
      q += lda;
      FloatVector v7 = FloatVector.fromArray(V, a, q);
      c70 = v7.fma(b0, c70);
      c71 = v7.fma(b1, c71);
      q += lda;
      FloatVector v8 = FloatVector.fromArray(V, a, q);
      c80 = v8.fma(b0, c80);
      c81 = v8.fma(b1, c81);
      q += lda;
      FloatVector v9 = FloatVector.fromArray(V, a, q);
      c90 = v9.fma(b0, c90);
      c91 = v9.fma(b1, c91);
      q += lda;
      FloatVector v10 = FloatVector.fromArray(V, a, q);
      c100 = v10.fma(b0, c100);
      c101 = v10.fma(b1, c101);
      q += lda;
      FloatVector v11 = FloatVector.fromArray(V, a, q);
      c110 = v11.fma(b0, c110);
      c111 = v11.fma(b1, c111);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c00).add(zero.add(c01).rearrange(TURN_1)));
    y0.intoArray(c, cOff);
    FloatVector y1 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c10).add(zero.add(c11).rearrange(TURN_1)));
    y1.intoArray(c, cOff + ldc);
    FloatVector y2 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c20).add(zero.add(c21).rearrange(TURN_1)));
    y2.intoArray(c, cOff + 2 * ldc);
    FloatVector y3 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c30).add(zero.add(c31).rearrange(TURN_1)));
    y3.intoArray(c, cOff + 3 * ldc);
    FloatVector y4 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c40).add(zero.add(c41).rearrange(TURN_1)));
    y4.intoArray(c, cOff + 4 * ldc);
    FloatVector y5 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c50).add(zero.add(c51).rearrange(TURN_1)));
    y5.intoArray(c, cOff + 5 * ldc);
    FloatVector y6 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c60).add(zero.add(c61).rearrange(TURN_1)));
    y6.intoArray(c, cOff + 6 * ldc);
    FloatVector y7 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c70).add(zero.add(c71).rearrange(TURN_1)));
    y7.intoArray(c, cOff + 7 * ldc);
    FloatVector y8 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c80).add(zero.add(c81).rearrange(TURN_1)));
    y8.intoArray(c, cOff + 8 * ldc);
    FloatVector y9 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c90).add(zero.add(c91).rearrange(TURN_1)));
    y9.intoArray(c, cOff + 9 * ldc);
    FloatVector y10 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c100).add(zero.add(c101).rearrange(TURN_1)));
    y10.intoArray(c, cOff + 10 * ldc);
    FloatVector y11 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c110).add(zero.add(c111).rearrange(TURN_1)));
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
    FloatVector c01 = none;
    for (int p = 0; p < taps; p++) {
      int q = aOff + at[at0 + p];
      int bp = from + p * NR;
      FloatVector v0 = FloatVector.fromArray(V, a, q);
      c00 = v0.fma(FloatVector.fromArray(V, b, bp), c00);
      c01 = v0.fma(FloatVector.fromArray(V, b, bp + L), c01);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 =
        FloatVector.fromArray(V, s, sOff).add(zero.add(c00).add(zero.add(c01).rearrange(TURN_1)));
    y0.intoArray(c, cOff);
  }
}
