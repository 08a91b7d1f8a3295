package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** 1 row by a vector and a half of a panel of two; reads whole vectors. */
final class VectorTailKernel1x2h implements MicroKernel {
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
    FloatVector c00 = FloatVector.fromArray(V, s, sOff);
    FloatVector c01 = FloatVector.fromArray(V, s, sOff + L);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector v0 = FloatVector.broadcast(V, a[aOff + p]);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    VectorMask<Float> lower = VectorMask.fromLong(V, (1L << H) - 1);
    zero.add(c00).intoArray(c, cOff);
    int last = cOff + L;
    if (last <= c.length - L) {
      zero.add(c01).intoArray(c, last, lower);
    } else {
      VectorMask<Float> upper = VectorMask.fromLong(V, -1L << H);
      zero.add(c01).rearrange(TURNED).intoArray(c, last - H, upper);
    }
  }
}
