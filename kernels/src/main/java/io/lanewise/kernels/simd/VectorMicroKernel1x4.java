package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MicroKernel;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One row by 4 vectors: four chains, bound by their latency. */
final class VectorMicroKernel1x4 implements MicroKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = 1;
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
      add(k, a, aOff + i * lda, b, bOff, c, cOff + i * ldc);
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
      FloatVector c00 = s0;
      FloatVector c01 = s1;
      FloatVector c02 = s2;
      FloatVector c03 = s3;
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
      }
      c00.intoArray(c, to);
      c01.intoArray(c, to + L);
      c02.intoArray(c, to + 2 * L);
      c03.intoArray(c, to + 3 * L);
    }
  }

  /** Chains that go on in C. */
  private static void add(int k, float[] a, int aOff, float[] b, int bOff, float[] c, int cOff) {
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    int a0 = Objects.checkIndex(aOff, NearOffsets.LIMIT);
    FloatVector c00 = FloatVector.fromArray(V, c, cOff);
    FloatVector c01 = FloatVector.fromArray(V, c, cOff + L);
    FloatVector c02 = FloatVector.fromArray(V, c, cOff + 2 * L);
    FloatVector c03 = FloatVector.fromArray(V, c, cOff + 3 * L);
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
    }
    FloatVector zero = FloatVector.broadcast(V, -0f);
    zero.add(c00).intoArray(c, cOff);
    zero.add(c01).intoArray(c, cOff + L);
    zero.add(c02).intoArray(c, cOff + 2 * L);
    zero.add(c03).intoArray(c, cOff + 3 * L);
  }
}
