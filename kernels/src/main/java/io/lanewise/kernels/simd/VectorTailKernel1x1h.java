package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** 1 row by half a vector of a panel of two; reads whole vectors. */
final class VectorTailKernel1x1h implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 1;
  private static final int NR = 2 * L;
  private static final int H = L / 2;
  private static final VectorShuffle<Float> TURNED = V.iotaShuffle(H, 1, true);

  @Override
  public int mr() {
    return MR;
  }

  @Override
  public int nr() {
    return NR;
  }

  @Override
  public void run(
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] ahead,
      int aheadOff,
      float[] sink,
      int sinkOff) {

    assert k >= 0 && aOff + k <= a.length && bOff + k * NR <= b.length;
    if (cOff < H && cOff > c.length - L) { // no room for a vector before nor behind
      for (int j = 0; j < H; j++) {
        float sum = s[sOff + j];
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[aOff + p], b[bOff + p * NR + j], sum);
        }
        c[cOff + j] = sum;
      }
      return;
    }
    FloatVector c00 = FloatVector.fromArray(V, s, sOff);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      c00 = FloatVector.broadcast(V, a[aOff + p]).fma(b0, c00);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    VectorMask<Float> lower = VectorMask.fromLong(V, (1L << H) - 1);
    int last = cOff;
    if (last <= c.length - L) {
      zero.add(c00).intoArray(c, last, lower);
    } else {
      VectorMask<Float> upper = VectorMask.fromLong(V, -1L << H);
      zero.add(c00).rearrange(TURNED).intoArray(c, last - H, upper);
    }
  }
}
