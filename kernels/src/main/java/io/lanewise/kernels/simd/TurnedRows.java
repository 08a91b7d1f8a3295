package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * 16 rows of a matrix times a vector, 16 lanes wide. Rows are read whole, 16 columns at a time, and
 * turned in registers by four perfect shuffles (Stone, Parallel processing with the perfect
 * shuffle, IEEE Transactions on Computers C-20(2), 1971), so that lanes lie on rows and each row
 * keeps its one chain. 64 permutations of two vectors, one a cycle: 16 bytes a cycle, half of what
 * L2 gives, and more than L3 does. Fewer of them and blends in their place, or two blocks of rows
 * at once, were slower: they spill. Written by tools/kernel-templates/turned_rows.py.
 */
final class TurnedRows {
  static final int LANES = 16;

  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final float[] LOW = {0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23};
  private static final float[] HIGH = {
    8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
  };

  private TurnedRows() {}

  /**
   * {@code y[i] += Σ over p < k of a[i][p] · x[p]} for {@code skip <= i < 16}.
   *
   * @param k a multiple of 16
   * @param a [16][k] from {@code aOff} with rows {@code lda} apart, read
   * @param x [k] from {@code xOff}, read
   * @param y [16] from {@code yOff}, added to
   */
  static void run(
      int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff, int skip) {
    int a1 = aOff + lda;
    int a2 = aOff + 2 * lda;
    int a3 = aOff + 3 * lda;
    int a4 = aOff + 4 * lda;
    int a5 = aOff + 5 * lda;
    int a6 = aOff + 6 * lda;
    int a7 = aOff + 7 * lda;
    int a8 = aOff + 8 * lda;
    int a9 = aOff + 9 * lda;
    int a10 = aOff + 10 * lda;
    int a11 = aOff + 11 * lda;
    int a12 = aOff + 12 * lda;
    int a13 = aOff + 13 * lda;
    int a14 = aOff + 14 * lda;
    int a15 = aOff + 15 * lda;
    FloatVector low = FloatVector.fromArray(V, LOW, 0);
    FloatVector high = FloatVector.fromArray(V, HIGH, 0);
    FloatVector start = FloatVector.fromArray(V, y, yOff);
    FloatVector sum = start;
    for (int p = 0; p < k; p += 16) {
      FloatVector r0 = FloatVector.fromArray(V, a, aOff + p);
      FloatVector r1 = FloatVector.fromArray(V, a, a1 + p);
      FloatVector r2 = FloatVector.fromArray(V, a, a2 + p);
      FloatVector r3 = FloatVector.fromArray(V, a, a3 + p);
      FloatVector r4 = FloatVector.fromArray(V, a, a4 + p);
      FloatVector r5 = FloatVector.fromArray(V, a, a5 + p);
      FloatVector r6 = FloatVector.fromArray(V, a, a6 + p);
      FloatVector r7 = FloatVector.fromArray(V, a, a7 + p);
      FloatVector r8 = FloatVector.fromArray(V, a, a8 + p);
      FloatVector r9 = FloatVector.fromArray(V, a, a9 + p);
      FloatVector r10 = FloatVector.fromArray(V, a, a10 + p);
      FloatVector r11 = FloatVector.fromArray(V, a, a11 + p);
      FloatVector r12 = FloatVector.fromArray(V, a, a12 + p);
      FloatVector r13 = FloatVector.fromArray(V, a, a13 + p);
      FloatVector r14 = FloatVector.fromArray(V, a, a14 + p);
      FloatVector r15 = FloatVector.fromArray(V, a, a15 + p);
      FloatVector s0 = low.selectFrom(r0, r8);
      FloatVector s1 = high.selectFrom(r0, r8);
      FloatVector s2 = low.selectFrom(r1, r9);
      FloatVector s3 = high.selectFrom(r1, r9);
      FloatVector s4 = low.selectFrom(r2, r10);
      FloatVector s5 = high.selectFrom(r2, r10);
      FloatVector s6 = low.selectFrom(r3, r11);
      FloatVector s7 = high.selectFrom(r3, r11);
      FloatVector s8 = low.selectFrom(r4, r12);
      FloatVector s9 = high.selectFrom(r4, r12);
      FloatVector s10 = low.selectFrom(r5, r13);
      FloatVector s11 = high.selectFrom(r5, r13);
      FloatVector s12 = low.selectFrom(r6, r14);
      FloatVector s13 = high.selectFrom(r6, r14);
      FloatVector s14 = low.selectFrom(r7, r15);
      FloatVector s15 = high.selectFrom(r7, r15);
      FloatVector t0 = low.selectFrom(s0, s8);
      FloatVector t1 = high.selectFrom(s0, s8);
      FloatVector t2 = low.selectFrom(s1, s9);
      FloatVector t3 = high.selectFrom(s1, s9);
      FloatVector t4 = low.selectFrom(s2, s10);
      FloatVector t5 = high.selectFrom(s2, s10);
      FloatVector t6 = low.selectFrom(s3, s11);
      FloatVector t7 = high.selectFrom(s3, s11);
      FloatVector t8 = low.selectFrom(s4, s12);
      FloatVector t9 = high.selectFrom(s4, s12);
      FloatVector t10 = low.selectFrom(s5, s13);
      FloatVector t11 = high.selectFrom(s5, s13);
      FloatVector t12 = low.selectFrom(s6, s14);
      FloatVector t13 = high.selectFrom(s6, s14);
      FloatVector t14 = low.selectFrom(s7, s15);
      FloatVector t15 = high.selectFrom(s7, s15);
      FloatVector u0 = low.selectFrom(t0, t8);
      FloatVector u1 = high.selectFrom(t0, t8);
      FloatVector u2 = low.selectFrom(t1, t9);
      FloatVector u3 = high.selectFrom(t1, t9);
      FloatVector u4 = low.selectFrom(t2, t10);
      FloatVector u5 = high.selectFrom(t2, t10);
      FloatVector u6 = low.selectFrom(t3, t11);
      FloatVector u7 = high.selectFrom(t3, t11);
      FloatVector u8 = low.selectFrom(t4, t12);
      FloatVector u9 = high.selectFrom(t4, t12);
      FloatVector u10 = low.selectFrom(t5, t13);
      FloatVector u11 = high.selectFrom(t5, t13);
      FloatVector u12 = low.selectFrom(t6, t14);
      FloatVector u13 = high.selectFrom(t6, t14);
      FloatVector u14 = low.selectFrom(t7, t15);
      FloatVector u15 = high.selectFrom(t7, t15);
      FloatVector v0 = low.selectFrom(u0, u8);
      FloatVector v1 = high.selectFrom(u0, u8);
      FloatVector v2 = low.selectFrom(u1, u9);
      FloatVector v3 = high.selectFrom(u1, u9);
      FloatVector v4 = low.selectFrom(u2, u10);
      FloatVector v5 = high.selectFrom(u2, u10);
      FloatVector v6 = low.selectFrom(u3, u11);
      FloatVector v7 = high.selectFrom(u3, u11);
      FloatVector v8 = low.selectFrom(u4, u12);
      FloatVector v9 = high.selectFrom(u4, u12);
      FloatVector v10 = low.selectFrom(u5, u13);
      FloatVector v11 = high.selectFrom(u5, u13);
      FloatVector v12 = low.selectFrom(u6, u14);
      FloatVector v13 = high.selectFrom(u6, u14);
      FloatVector v14 = low.selectFrom(u7, u15);
      FloatVector v15 = high.selectFrom(u7, u15);
      sum = v0.fma(FloatVector.broadcast(V, x[xOff + p]), sum);
      sum = v1.fma(FloatVector.broadcast(V, x[xOff + p + 1]), sum);
      sum = v2.fma(FloatVector.broadcast(V, x[xOff + p + 2]), sum);
      sum = v3.fma(FloatVector.broadcast(V, x[xOff + p + 3]), sum);
      sum = v4.fma(FloatVector.broadcast(V, x[xOff + p + 4]), sum);
      sum = v5.fma(FloatVector.broadcast(V, x[xOff + p + 5]), sum);
      sum = v6.fma(FloatVector.broadcast(V, x[xOff + p + 6]), sum);
      sum = v7.fma(FloatVector.broadcast(V, x[xOff + p + 7]), sum);
      sum = v8.fma(FloatVector.broadcast(V, x[xOff + p + 8]), sum);
      sum = v9.fma(FloatVector.broadcast(V, x[xOff + p + 9]), sum);
      sum = v10.fma(FloatVector.broadcast(V, x[xOff + p + 10]), sum);
      sum = v11.fma(FloatVector.broadcast(V, x[xOff + p + 11]), sum);
      sum = v12.fma(FloatVector.broadcast(V, x[xOff + p + 12]), sum);
      sum = v13.fma(FloatVector.broadcast(V, x[xOff + p + 13]), sum);
      sum = v14.fma(FloatVector.broadcast(V, x[xOff + p + 14]), sum);
      sum = v15.fma(FloatVector.broadcast(V, x[xOff + p + 15]), sum);
    }
    start.blend(sum, VectorMask.fromLong(V, -1L << skip)).intoArray(y, yOff);
  }
}
