package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PackingMicroKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link VectorMicroKernel4x4} that packs; B's distant rows cost two range checks a step. */
final class VectorPackingKernel4x4 implements PackingMicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 4;
  private static final int NR = 4 * L;

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
      int ldb,
      float[] panel,
      int panelOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc) {

    assert k >= 0 && aOff + (MR - 1) * lda + k <= a.length && panelOff + k * NR <= panel.length;
    if (NearOffsets.isFar(aOff + (MR - 1) * lda, bOff, panelOff, k)) {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, bOff + p * ldb, panel, panelOff + p * NR, NR);
      }
      FarRows.run(MR, NR, k, a, aOff, lda, panel, panelOff, s, sOff, lds, c, cOff, ldc);
      return;
    }
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int q = Objects.checkIndex(panelOff, NearOffsets.LIMIT);
    int a0 = Objects.checkIndex(aOff, NearOffsets.LIMIT);
    int a1 = Objects.checkIndex(aOff + lda, NearOffsets.LIMIT);
    int a2 = Objects.checkIndex(aOff + 2 * lda, NearOffsets.LIMIT);
    int a3 = Objects.checkIndex(aOff + 3 * lda, NearOffsets.LIMIT);
    FloatVector c00 = FloatVector.fromArray(V, s, sOff);
    FloatVector c01 = FloatVector.fromArray(V, s, sOff + L);
    FloatVector c02 = FloatVector.fromArray(V, s, sOff + 2 * L);
    FloatVector c03 = FloatVector.fromArray(V, s, sOff + 3 * L);
    FloatVector c10 = FloatVector.fromArray(V, s, sOff + lds);
    FloatVector c11 = FloatVector.fromArray(V, s, sOff + lds + L);
    FloatVector c12 = FloatVector.fromArray(V, s, sOff + lds + 2 * L);
    FloatVector c13 = FloatVector.fromArray(V, s, sOff + lds + 3 * L);
    FloatVector c20 = FloatVector.fromArray(V, s, sOff + 2 * lds);
    FloatVector c21 = FloatVector.fromArray(V, s, sOff + 2 * lds + L);
    FloatVector c22 = FloatVector.fromArray(V, s, sOff + 2 * lds + 2 * L);
    FloatVector c23 = FloatVector.fromArray(V, s, sOff + 2 * lds + 3 * L);
    FloatVector c30 = FloatVector.fromArray(V, s, sOff + 3 * lds);
    FloatVector c31 = FloatVector.fromArray(V, s, sOff + 3 * lds + L);
    FloatVector c32 = FloatVector.fromArray(V, s, sOff + 3 * lds + 2 * L);
    FloatVector c33 = FloatVector.fromArray(V, s, sOff + 3 * lds + 3 * L);
    int row = bOff;
    for (int p = 0; p < n; p++) {
      int to = q + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, row);
      FloatVector b1 = FloatVector.fromArray(V, b, row + L);
      FloatVector b2 = FloatVector.fromArray(V, b, row + 2 * L);
      FloatVector b3 = FloatVector.fromArray(V, b, row + 3 * L);
      b0.intoArray(panel, to);
      b1.intoArray(panel, to + L);
      b2.intoArray(panel, to + 2 * L);
      b3.intoArray(panel, to + 3 * L);
      row += ldb;
      FloatVector v0 = FloatVector.broadcast(V, a[a0 + p]);
      c00 = v0.fma(b0, c00);
      c01 = v0.fma(b1, c01);
      c02 = v0.fma(b2, c02);
      c03 = v0.fma(b3, c03);
      FloatVector v1 = FloatVector.broadcast(V, a[a1 + p]);
      c10 = v1.fma(b0, c10);
      c11 = v1.fma(b1, c11);
      c12 = v1.fma(b2, c12);
      c13 = v1.fma(b3, c13);
      FloatVector v2 = FloatVector.broadcast(V, a[a2 + p]);
      c20 = v2.fma(b0, c20);
      c21 = v2.fma(b1, c21);
      c22 = v2.fma(b2, c22);
      c23 = v2.fma(b3, c23);
      FloatVector v3 = FloatVector.broadcast(V, a[a3 + p]);
      c30 = v3.fma(b0, c30);
      c31 = v3.fma(b1, c31);
      c32 = v3.fma(b2, c32);
      c33 = v3.fma(b3, c33);
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    zero.add(c00).intoArray(c, cOff);
    zero.add(c01).intoArray(c, cOff + L);
    zero.add(c02).intoArray(c, cOff + 2 * L);
    zero.add(c03).intoArray(c, cOff + 3 * L);
    zero.add(c10).intoArray(c, cOff + ldc);
    zero.add(c11).intoArray(c, cOff + ldc + L);
    zero.add(c12).intoArray(c, cOff + ldc + 2 * L);
    zero.add(c13).intoArray(c, cOff + ldc + 3 * L);
    zero.add(c20).intoArray(c, cOff + 2 * ldc);
    zero.add(c21).intoArray(c, cOff + 2 * ldc + L);
    zero.add(c22).intoArray(c, cOff + 2 * ldc + 2 * L);
    zero.add(c23).intoArray(c, cOff + 2 * ldc + 3 * L);
    zero.add(c30).intoArray(c, cOff + 3 * ldc);
    zero.add(c31).intoArray(c, cOff + 3 * ldc + L);
    zero.add(c32).intoArray(c, cOff + 3 * ldc + 2 * L);
    zero.add(c33).intoArray(c, cOff + 3 * ldc + 3 * L);
  }
}
