package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.GroupKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Groups of 8 lanes, 2 outputs of a line at a time. */
final class VectorGroupKernel2x8 implements GroupKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int NR = 8 * L;
  private static final int MR = 2;
  private static final VectorShuffle<Float> TURN_1 = VectorShuffle.fromOp(V, j -> j ^ 1);
  private static final VectorShuffle<Float> TURN_2 = VectorShuffle.fromOp(V, j -> j ^ 2);
  private static final VectorShuffle<Float> TURN_3 = VectorShuffle.fromOp(V, j -> j ^ 3);
  private static final VectorShuffle<Float> TURN_4 = VectorShuffle.fromOp(V, j -> j ^ 4);
  private static final VectorShuffle<Float> TURN_5 = VectorShuffle.fromOp(V, j -> j ^ 5);
  private static final VectorShuffle<Float> TURN_6 = VectorShuffle.fromOp(V, j -> j ^ 6);
  private static final VectorShuffle<Float> TURN_7 = VectorShuffle.fromOp(V, j -> j ^ 7);

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
    FloatVector c02 = none;
    FloatVector c03 = none;
    FloatVector c04 = none;
    FloatVector c05 = none;
    FloatVector c06 = none;
    FloatVector c07 = none;
    FloatVector c10 = none;
    FloatVector c11 = none;
    FloatVector c12 = none;
    FloatVector c13 = none;
    FloatVector c14 = none;
    FloatVector c15 = none;
    FloatVector c16 = none;
    FloatVector c17 = none;
    for (int p = 0; p < taps; p++) {
      int q = aOff + at[at0 + p];
      int bp = from + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(V, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(V, b, bp + 3 * L);
      FloatVector b4 = FloatVector.fromArray(V, b, bp + 4 * L);
      FloatVector b5 = FloatVector.fromArray(V, b, bp + 5 * L);
      FloatVector b6 = FloatVector.fromArray(V, b, bp + 6 * L);
      FloatVector b7 = FloatVector.fromArray(V, b, bp + 7 * L);
      FloatVector v0 = FloatVector.fromArray(V, a, q);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
      c02 = v0.fma(b2, c02);
      c03 = v0.fma(b3, c03);
      c04 = v0.fma(b4, c04);
      c05 = v0.fma(b5, c05);
      c06 = v0.fma(b6, c06);
      c07 = v0.fma(b7, c07);
      q += lda;
      FloatVector v1 = FloatVector.fromArray(V, a, q);
      c10 = v1.fma(b0, c10);
      c11 = v1.fma(b1, c11);
      c12 = v1.fma(b2, c12);
      c13 = v1.fma(b3, c13);
      c14 = v1.fma(b4, c14);
      c15 = v1.fma(b5, c15);
      c16 = v1.fma(b6, c16);
      c17 = v1.fma(b7, c17);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 =
        FloatVector.fromArray(V, s, sOff)
            .add(
                zero.add(c00)
                    .add(zero.add(c01).rearrange(TURN_1))
                    .add(zero.add(c02).rearrange(TURN_2).add(zero.add(c03).rearrange(TURN_3)))
                    .add(
                        zero.add(c04)
                            .rearrange(TURN_4)
                            .add(zero.add(c05).rearrange(TURN_5))
                            .add(
                                zero.add(c06)
                                    .rearrange(TURN_6)
                                    .add(zero.add(c07).rearrange(TURN_7)))));
    y0.intoArray(c, cOff);
    FloatVector y1 =
        FloatVector.fromArray(V, s, sOff)
            .add(
                zero.add(c10)
                    .add(zero.add(c11).rearrange(TURN_1))
                    .add(zero.add(c12).rearrange(TURN_2).add(zero.add(c13).rearrange(TURN_3)))
                    .add(
                        zero.add(c14)
                            .rearrange(TURN_4)
                            .add(zero.add(c15).rearrange(TURN_5))
                            .add(
                                zero.add(c16)
                                    .rearrange(TURN_6)
                                    .add(zero.add(c17).rearrange(TURN_7)))));
    y1.intoArray(c, cOff + ldc);
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
    FloatVector c02 = none;
    FloatVector c03 = none;
    FloatVector c04 = none;
    FloatVector c05 = none;
    FloatVector c06 = none;
    FloatVector c07 = none;
    for (int p = 0; p < taps; p++) {
      int q = aOff + at[at0 + p];
      int bp = from + p * NR;
      FloatVector v0 = FloatVector.fromArray(V, a, q);
      c00 = v0.fma(FloatVector.fromArray(V, b, bp), c00);
      c01 = v0.fma(FloatVector.fromArray(V, b, bp + L), c01);
      c02 = v0.fma(FloatVector.fromArray(V, b, bp + 2 * L), c02);
      c03 = v0.fma(FloatVector.fromArray(V, b, bp + 3 * L), c03);
      c04 = v0.fma(FloatVector.fromArray(V, b, bp + 4 * L), c04);
      c05 = v0.fma(FloatVector.fromArray(V, b, bp + 5 * L), c05);
      c06 = v0.fma(FloatVector.fromArray(V, b, bp + 6 * L), c06);
      c07 = v0.fma(FloatVector.fromArray(V, b, bp + 7 * L), c07);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 =
        FloatVector.fromArray(V, s, sOff)
            .add(
                zero.add(c00)
                    .add(zero.add(c01).rearrange(TURN_1))
                    .add(zero.add(c02).rearrange(TURN_2).add(zero.add(c03).rearrange(TURN_3)))
                    .add(
                        zero.add(c04)
                            .rearrange(TURN_4)
                            .add(zero.add(c05).rearrange(TURN_5))
                            .add(
                                zero.add(c06)
                                    .rearrange(TURN_6)
                                    .add(zero.add(c07).rearrange(TURN_7)))));
    y0.intoArray(c, cOff);
  }
}
