package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 6 rows by 4 vectors, tile after tile down a panel. Budget: 24 accumulators + 4 of B + a broadcast
 * = 29 of 32 registers. Where chains start from one row, a tile loads 4 vectors instead of 24: 0.93
 * of the peak at sums of 64, 0.96 at 128 (12 x 2: 0.85, 0.92).
 */
final class VectorMicroKernel6x4 implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 6;
  private static final int NR = 4 * L;
  private static final int AT_ONCE = 4; // tiles of a call: C2 compiles what is called often

  @Override
  public int mr() {
    return MR;
  }

  @Override
  public int nr() {
    return NR;
  }

  @Override
  public int busyRows() {
    return 2;
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

    strip(1, k, a, aOff, lda, b, bOff, s, sOff, lds, c, cOff, ldc, ahead, aheadOff, sink, sinkOff);
  }

  @Override
  public void strip(
      int tiles,
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
    int last = aOff + (tiles * MR - 1) * lda;
    assert k >= 0 && last + k <= a.length && bOff + k * NR <= b.length;
    if (NearOffsets.isFar(last, bOff, 0, k)) {
      FarRows.run(tiles * MR, NR, k, a, aOff, lda, b, bOff, s, sOff, lds, c, cOff, ldc);
      return;
    }
    if (lds == 0) {
      for (int t = 0; t < tiles; t += AT_ONCE) {
        int i = t * MR;
        int here = Math.min(AT_ONCE, tiles - t);
        start(here, k, a, aOff + i * lda, lda, b, bOff, s, sOff, c, cOff + i * ldc, ldc);
      }
      return;
    }
    for (int i = 0; i < tiles * MR; i++) {
      int start = sOff + i * lds;
      int to = cOff + i * ldc;
      if (!NearOffsets.isSame(s, start, c, to)) {
        System.arraycopy(s, start, c, to, NR);
      }
    }
    for (int t = 0; t < tiles; t++) {
      int i = t * MR;
      add(k, a, aOff + i * lda, lda, b, bOff, c, cOff + i * ldc, ldc);
    }
  }

  /** Chains that start from one row. */
  private static void start(
      int tiles,
      int k,
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
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    FloatVector s0 = FloatVector.fromArray(V, s, sOff);
    FloatVector s1 = FloatVector.fromArray(V, s, sOff + L);
    FloatVector s2 = FloatVector.fromArray(V, s, sOff + 2 * L);
    FloatVector s3 = FloatVector.fromArray(V, s, sOff + 3 * L);
    for (int t = 0; t < tiles; t++) {
      int from = aOff + t * MR * lda;
      int to = cOff + t * MR * ldc;
      int a0 = Objects.checkIndex(from, NearOffsets.LIMIT);
      int a1 = Objects.checkIndex(from + lda, NearOffsets.LIMIT);
      int a2 = Objects.checkIndex(from + 2 * lda, NearOffsets.LIMIT);
      int a3 = Objects.checkIndex(from + 3 * lda, NearOffsets.LIMIT);
      int a4 = Objects.checkIndex(from + 4 * lda, NearOffsets.LIMIT);
      int a5 = Objects.checkIndex(from + 5 * lda, NearOffsets.LIMIT);
      FloatVector c00 = s0;
      FloatVector c01 = s1;
      FloatVector c02 = s2;
      FloatVector c03 = s3;
      FloatVector c10 = s0;
      FloatVector c11 = s1;
      FloatVector c12 = s2;
      FloatVector c13 = s3;
      FloatVector c20 = s0;
      FloatVector c21 = s1;
      FloatVector c22 = s2;
      FloatVector c23 = s3;
      FloatVector c30 = s0;
      FloatVector c31 = s1;
      FloatVector c32 = s2;
      FloatVector c33 = s3;
      FloatVector c40 = s0;
      FloatVector c41 = s1;
      FloatVector c42 = s2;
      FloatVector c43 = s3;
      FloatVector c50 = s0;
      FloatVector c51 = s1;
      FloatVector c52 = s2;
      FloatVector c53 = s3;
      for (int p = 0; p < n; p++) {
        int bp = b00 + p * NR;
        FloatVector b0 = FloatVector.fromArray(V, b, bp);
        FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
        FloatVector b2 = FloatVector.fromArray(V, b, bp + 2 * L);
        FloatVector b3 = FloatVector.fromArray(V, b, bp + 3 * L);
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
        FloatVector v4 = FloatVector.broadcast(V, a[a4 + p]);
        c40 = v4.fma(b0, c40);
        c41 = v4.fma(b1, c41);
        c42 = v4.fma(b2, c42);
        c43 = v4.fma(b3, c43);
        FloatVector v5 = FloatVector.broadcast(V, a[a5 + p]);
        c50 = v5.fma(b0, c50);
        c51 = v5.fma(b1, c51);
        c52 = v5.fma(b2, c52);
        c53 = v5.fma(b3, c53);
      }
      c00.intoArray(c, to);
      c01.intoArray(c, to + L);
      c02.intoArray(c, to + 2 * L);
      c03.intoArray(c, to + 3 * L);
      c10.intoArray(c, to + ldc);
      c11.intoArray(c, to + ldc + L);
      c12.intoArray(c, to + ldc + 2 * L);
      c13.intoArray(c, to + ldc + 3 * L);
      c20.intoArray(c, to + 2 * ldc);
      c21.intoArray(c, to + 2 * ldc + L);
      c22.intoArray(c, to + 2 * ldc + 2 * L);
      c23.intoArray(c, to + 2 * ldc + 3 * L);
      c30.intoArray(c, to + 3 * ldc);
      c31.intoArray(c, to + 3 * ldc + L);
      c32.intoArray(c, to + 3 * ldc + 2 * L);
      c33.intoArray(c, to + 3 * ldc + 3 * L);
      c40.intoArray(c, to + 4 * ldc);
      c41.intoArray(c, to + 4 * ldc + L);
      c42.intoArray(c, to + 4 * ldc + 2 * L);
      c43.intoArray(c, to + 4 * ldc + 3 * L);
      c50.intoArray(c, to + 5 * ldc);
      c51.intoArray(c, to + 5 * ldc + L);
      c52.intoArray(c, to + 5 * ldc + 2 * L);
      c53.intoArray(c, to + 5 * ldc + 3 * L);
    }
  }

  /** Chains that go on in C. */
  private static void add(
      int k, float[] a, int aOff, int lda, float[] b, int bOff, float[] c, int cOff, int ldc) {
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    int a0 = Objects.checkIndex(aOff, NearOffsets.LIMIT);
    int a1 = Objects.checkIndex(aOff + lda, NearOffsets.LIMIT);
    int a2 = Objects.checkIndex(aOff + 2 * lda, NearOffsets.LIMIT);
    int a3 = Objects.checkIndex(aOff + 3 * lda, NearOffsets.LIMIT);
    int a4 = Objects.checkIndex(aOff + 4 * lda, NearOffsets.LIMIT);
    int a5 = Objects.checkIndex(aOff + 5 * lda, NearOffsets.LIMIT);
    FloatVector c00 = FloatVector.fromArray(V, c, cOff);
    FloatVector c01 = FloatVector.fromArray(V, c, cOff + L);
    FloatVector c02 = FloatVector.fromArray(V, c, cOff + 2 * L);
    FloatVector c03 = FloatVector.fromArray(V, c, cOff + 3 * L);
    FloatVector c10 = FloatVector.fromArray(V, c, cOff + ldc);
    FloatVector c11 = FloatVector.fromArray(V, c, cOff + ldc + L);
    FloatVector c12 = FloatVector.fromArray(V, c, cOff + ldc + 2 * L);
    FloatVector c13 = FloatVector.fromArray(V, c, cOff + ldc + 3 * L);
    FloatVector c20 = FloatVector.fromArray(V, c, cOff + 2 * ldc);
    FloatVector c21 = FloatVector.fromArray(V, c, cOff + 2 * ldc + L);
    FloatVector c22 = FloatVector.fromArray(V, c, cOff + 2 * ldc + 2 * L);
    FloatVector c23 = FloatVector.fromArray(V, c, cOff + 2 * ldc + 3 * L);
    FloatVector c30 = FloatVector.fromArray(V, c, cOff + 3 * ldc);
    FloatVector c31 = FloatVector.fromArray(V, c, cOff + 3 * ldc + L);
    FloatVector c32 = FloatVector.fromArray(V, c, cOff + 3 * ldc + 2 * L);
    FloatVector c33 = FloatVector.fromArray(V, c, cOff + 3 * ldc + 3 * L);
    FloatVector c40 = FloatVector.fromArray(V, c, cOff + 4 * ldc);
    FloatVector c41 = FloatVector.fromArray(V, c, cOff + 4 * ldc + L);
    FloatVector c42 = FloatVector.fromArray(V, c, cOff + 4 * ldc + 2 * L);
    FloatVector c43 = FloatVector.fromArray(V, c, cOff + 4 * ldc + 3 * L);
    FloatVector c50 = FloatVector.fromArray(V, c, cOff + 5 * ldc);
    FloatVector c51 = FloatVector.fromArray(V, c, cOff + 5 * ldc + L);
    FloatVector c52 = FloatVector.fromArray(V, c, cOff + 5 * ldc + 2 * L);
    FloatVector c53 = FloatVector.fromArray(V, c, cOff + 5 * ldc + 3 * L);
    for (int p = 0; p < n; p++) {
      int bp = b00 + p * NR;
      FloatVector b0 = FloatVector.fromArray(V, b, bp);
      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(V, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(V, b, bp + 3 * L);
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
      FloatVector v4 = FloatVector.broadcast(V, a[a4 + p]);
      c40 = v4.fma(b0, c40);
      c41 = v4.fma(b1, c41);
      c42 = v4.fma(b2, c42);
      c43 = v4.fma(b3, c43);
      FloatVector v5 = FloatVector.broadcast(V, a[a5 + p]);
      c50 = v5.fma(b0, c50);
      c51 = v5.fma(b1, c51);
      c52 = v5.fma(b2, c52);
      c53 = v5.fma(b3, c53);
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
    zero.add(c40).intoArray(c, cOff + 4 * ldc);
    zero.add(c41).intoArray(c, cOff + 4 * ldc + L);
    zero.add(c42).intoArray(c, cOff + 4 * ldc + 2 * L);
    zero.add(c43).intoArray(c, cOff + 4 * ldc + 3 * L);
    zero.add(c50).intoArray(c, cOff + 5 * ldc);
    zero.add(c51).intoArray(c, cOff + 5 * ldc + L);
    zero.add(c52).intoArray(c, cOff + 5 * ldc + 2 * L);
    zero.add(c53).intoArray(c, cOff + 5 * ldc + 3 * L);
  }
}
