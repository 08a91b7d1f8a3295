package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 1 row by half a vector of a panel of two; reads whole vectors. */
final class VectorTailKernel1x1h implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 1;
  private static final int NR = 2 * L;
  private static final VectorSpecies<Float> HALF = SimdKernels.HALF;

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
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      c00 = FloatVector.broadcast(V, a[aOff + p]).fma(b0, c00);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    ((FloatVector) zero.add(c00).reinterpretShape(HALF, 0)).intoArray(c, cOff);
  }
}
