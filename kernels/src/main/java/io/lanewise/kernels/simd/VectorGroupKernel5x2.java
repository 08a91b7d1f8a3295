package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.GroupKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Groups of 2 lanes, 5 outputs of a line at a time. */
final class VectorGroupKernel5x2 implements GroupKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int NR = 2 * L;
  private static final int MR = 5;
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
