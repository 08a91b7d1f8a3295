package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * 1 row by up to 2 vectors of a panel of two: whole vectors are read, so many columns are written.
 * What is read beyond them changes nothing.
 */
final class VectorTailKernel1x2 implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 1;
  private static final int NR = 2 * L;
  private final int columns; // of the last vector

  /** Writes more than L columns. */
  VectorTailKernel1x2(int columns) {
    this.columns = columns - L;
  }

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
    VectorMask<Float> written = V.indexInRange(0, columns);
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + L, written);
  }
}
