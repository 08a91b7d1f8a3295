package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** 4 rows by half a vector of a panel of two; reads whole vectors. */
final class VectorTailKernel4x1h implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 4;
  private static final int NR = 2 * L;
  private static final int H = L / 2;
  private static final VectorShuffle<Float> TURNED = V.iotaShuffle(H, 1, true);
  private static final MicroKernel FAR = new VectorTailKernel1x1h();

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

    assert k >= 0 && aOff + (MR - 1) * lda + k <= a.length && bOff + k * NR <= b.length;
    if (NearOffsets.isFar(aOff + (MR - 1) * lda, bOff, 0, k)) {
      for (int i = 0; i < MR; i++) {
        int start = sOff + i * lds;
        FAR.run(
            k,
            a,
            aOff + i * lda,
            lda,
            b,
            bOff,
            s,
            start,
            lds,
            c,
            cOff + i * ldc,
            ldc,
            ahead,
            aheadOff,
            sink,
            sinkOff);
      }
      return;
    }
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    int a0 = Objects.checkIndex(aOff, NearOffsets.LIMIT);
    int a1 = Objects.checkIndex(aOff + lda, NearOffsets.LIMIT);
    int a2 = Objects.checkIndex(aOff + 2 * lda, NearOffsets.LIMIT);
    int a3 = Objects.checkIndex(aOff + 3 * lda, NearOffsets.LIMIT);
    FloatVector c00 = FloatVector.fromArray(V, s, sOff);
    FloatVector c10 = FloatVector.fromArray(V, s, sOff + lds);
    FloatVector c20 = FloatVector.fromArray(V, s, sOff + 2 * lds);
    FloatVector c30 = FloatVector.fromArray(V, s, sOff + 3 * lds);
    for (int p = 0; p < n; p++) {
      int bp = b00 + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      c00 = FloatVector.broadcast(V, a[a0 + p]).fma(b0, c00);
      c10 = FloatVector.broadcast(V, a[a1 + p]).fma(b0, c10);
      c20 = FloatVector.broadcast(V, a[a2 + p]).fma(b0, c20);
      c30 = FloatVector.broadcast(V, a[a3 + p]).fma(b0, c30);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    VectorMask<Float> lower = VectorMask.fromLong(V, (1L << H) - 1);
    zero.add(c00).intoArray(c, cOff, lower);
    zero.add(c10).intoArray(c, cOff + ldc, lower);
    zero.add(c20).intoArray(c, cOff + 2 * ldc, lower);
    int last = cOff + 3 * ldc;
    if (last <= c.length - L) {
      zero.add(c30).intoArray(c, last, lower);
    } else {
      VectorMask<Float> upper = VectorMask.fromLong(V, -1L << H);
      zero.add(c30).rearrange(TURNED).intoArray(c, last - H, upper);
    }
  }
}
