package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** 4 rows by a vector and a half of a panel of two; reads whole vectors. */
final class VectorTailKernel4x2h implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 4;
  private static final int NR = 2 * L;
  private static final int H = L / 2;
  private static final VectorShuffle<Float> TURNED = V.iotaShuffle(H, 1, true);
  private static final MicroKernel FAR = new VectorTailKernel1x2h();

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
    FloatVector c01 = FloatVector.fromArray(V, s, sOff + L);
    FloatVector c10 = FloatVector.fromArray(V, s, sOff + lds);
    FloatVector c11 = FloatVector.fromArray(V, s, sOff + lds + L);
    FloatVector c20 = FloatVector.fromArray(V, s, sOff + 2 * lds);
    FloatVector c21 = FloatVector.fromArray(V, s, sOff + 2 * lds + L);
    FloatVector c30 = FloatVector.fromArray(V, s, sOff + 3 * lds);
    FloatVector c31 = FloatVector.fromArray(V, s, sOff + 3 * lds + L);
    for (int p = 0; p < n; p++) {
      int bp = b00 + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector v0 = FloatVector.broadcast(V, a[a0 + p]);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
      FloatVector v1 = FloatVector.broadcast(V, a[a1 + p]);
      c10 = v1.fma(b0, c10);
      c11 = v1.fma(b1, c11);
      FloatVector v2 = FloatVector.broadcast(V, a[a2 + p]);
      c20 = v2.fma(b0, c20);
      c21 = v2.fma(b1, c21);
      FloatVector v3 = FloatVector.broadcast(V, a[a3 + p]);
      c30 = v3.fma(b0, c30);
      c31 = v3.fma(b1, c31);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    VectorMask<Float> lower = VectorMask.fromLong(V, (1L << H) - 1);
    zero.add(c00).intoArray(c, cOff);
    zero.add(c01).intoArray(c, cOff + L, lower);
    zero.add(c10).intoArray(c, cOff + ldc);
    zero.add(c11).intoArray(c, cOff + ldc + L, lower);
    zero.add(c20).intoArray(c, cOff + 2 * ldc);
    zero.add(c21).intoArray(c, cOff + 2 * ldc + L, lower);
    zero.add(c30).intoArray(c, cOff + 3 * ldc);
    int last = cOff + 3 * ldc + L;
    if (last <= c.length - L) {
      zero.add(c31).intoArray(c, last, lower);
    } else {
      VectorMask<Float> upper = VectorMask.fromLong(V, -1L << H);
      zero.add(c31).rearrange(TURNED).intoArray(c, last - H, upper);
    }
  }
}
