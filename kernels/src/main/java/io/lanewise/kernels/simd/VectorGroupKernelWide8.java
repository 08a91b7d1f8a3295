package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.GroupKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Groups of 8 lanes in narrower vectors: lanes on output channels, an output of a line at a time.
 */
final class VectorGroupKernelWide8 implements GroupKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int N = 8;
  private static final int NR = N * N;

  @Override
  public int lanes() {
    return N;
  }

  @Override
  public int weight(int channel, int output) {
    return channel * N + output;
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
      for (int j = 0; j < N; j += L) {
        one(k, at, at0, a, aOff + i * lda, b, bOff + j, s, sOff + j, c, cOff + i * ldc + j);
      }
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
      c00 = FloatVector.broadcast(V, a[q]).fma(FloatVector.fromArray(V, b, bp), c00);
      c01 = FloatVector.broadcast(V, a[q + 1]).fma(FloatVector.fromArray(V, b, bp + N), c01);
      c02 = FloatVector.broadcast(V, a[q + 2]).fma(FloatVector.fromArray(V, b, bp + 2 * N), c02);
      c03 = FloatVector.broadcast(V, a[q + 3]).fma(FloatVector.fromArray(V, b, bp + 3 * N), c03);
      c04 = FloatVector.broadcast(V, a[q + 4]).fma(FloatVector.fromArray(V, b, bp + 4 * N), c04);
      c05 = FloatVector.broadcast(V, a[q + 5]).fma(FloatVector.fromArray(V, b, bp + 5 * N), c05);
      c06 = FloatVector.broadcast(V, a[q + 6]).fma(FloatVector.fromArray(V, b, bp + 6 * N), c06);
      c07 = FloatVector.broadcast(V, a[q + 7]).fma(FloatVector.fromArray(V, b, bp + 7 * N), c07);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    FloatVector y0 =
        FloatVector.fromArray(V, s, sOff)
            .add(
                zero.add(c00)
                    .add(zero.add(c01))
                    .add(zero.add(c02).add(zero.add(c03)))
                    .add(zero.add(c04).add(zero.add(c05)).add(zero.add(c06).add(zero.add(c07)))));
    y0.intoArray(c, cOff);
  }
}
