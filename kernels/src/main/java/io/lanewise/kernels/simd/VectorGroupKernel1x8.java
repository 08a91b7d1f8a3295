package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.GroupKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Groups of 8 lanes, 1 output of a line at a time. */
final class VectorGroupKernel1x8 implements GroupKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int NR = 8 * L;
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
    for (; i < m; i++) {
      one(k, at, at0, a, aOff + i * lda, b, bOff, s, sOff, c, cOff + i * ldc);
    }
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
