package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TurnedRows} in vectors of 8 lanes, for processors that permute two of them a cycle: 8 rows
 * take 24 permutations, and two blocks of rows at once leave no vector on the stack, so that sums
 * of one go on while the other is turned. Written by tools/kernel-templates/turned_rows.py.
 */
final class TurnedHalfRows {
  static final int LANES = 8;

  private static final VectorSpecies<Float> V = SimdKernels.HALF;
  private static final float[] LOW = {0, 8, 1, 9, 2, 10, 3, 11};
  private static final float[] HIGH = {4, 12, 5, 13, 6, 14, 7, 15};

  private TurnedHalfRows() {}

  /**
   * {@code y[i] += Σ over p < k of a[i][p] · x[p]} for {@code skip <= i < 8}.
   *
   * @param k a multiple of 8
   * @param a [8][k] from {@code aOff} with rows {@code lda} apart, read
   * @param x [k] from {@code xOff}, read
   * @param y [8] from {@code yOff}, added to
   */
  static void one(
      int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff, int skip) {
    int a1 = aOff + lda;
    int a2 = aOff + 2 * lda;
    int a3 = aOff + 3 * lda;
    int a4 = aOff + 4 * lda;
    int a5 = aOff + 5 * lda;
    int a6 = aOff + 6 * lda;
    int a7 = aOff + 7 * lda;
    FloatVector low = FloatVector.fromArray(V, LOW, 0);
    FloatVector high = FloatVector.fromArray(V, HIGH, 0);
    FloatVector start = FloatVector.fromArray(V, y, yOff);
    FloatVector sum0 = start;
    for (int p = 0; p < k; p += 8) {
      FloatVector r0 = FloatVector.fromArray(V, a, aOff + p);
      FloatVector r1 = FloatVector.fromArray(V, a, a1 + p);
      FloatVector r2 = FloatVector.fromArray(V, a, a2 + p);
      FloatVector r3 = FloatVector.fromArray(V, a, a3 + p);
      FloatVector r4 = FloatVector.fromArray(V, a, a4 + p);
      FloatVector r5 = FloatVector.fromArray(V, a, a5 + p);
      FloatVector r6 = FloatVector.fromArray(V, a, a6 + p);
      FloatVector r7 = FloatVector.fromArray(V, a, a7 + p);
      FloatVector s0 = low.selectFrom(r0, r4);
      FloatVector s1 = high.selectFrom(r0, r4);
      FloatVector s2 = low.selectFrom(r1, r5);
      FloatVector s3 = high.selectFrom(r1, r5);
      FloatVector s4 = low.selectFrom(r2, r6);
      FloatVector s5 = high.selectFrom(r2, r6);
      FloatVector s6 = low.selectFrom(r3, r7);
      FloatVector s7 = high.selectFrom(r3, r7);
      FloatVector t0 = low.selectFrom(s0, s4);
      FloatVector t1 = high.selectFrom(s0, s4);
      FloatVector t2 = low.selectFrom(s1, s5);
      FloatVector t3 = high.selectFrom(s1, s5);
      FloatVector t4 = low.selectFrom(s2, s6);
      FloatVector t5 = high.selectFrom(s2, s6);
      FloatVector t6 = low.selectFrom(s3, s7);
      FloatVector t7 = high.selectFrom(s3, s7);
      FloatVector u0 = low.selectFrom(t0, t4);
      FloatVector u1 = high.selectFrom(t0, t4);
      FloatVector u2 = low.selectFrom(t1, t5);
      FloatVector u3 = high.selectFrom(t1, t5);
      FloatVector u4 = low.selectFrom(t2, t6);
      FloatVector u5 = high.selectFrom(t2, t6);
      FloatVector u6 = low.selectFrom(t3, t7);
      FloatVector u7 = high.selectFrom(t3, t7);
      sum0 = u0.fma(FloatVector.broadcast(V, x[xOff + p]), sum0);
      sum0 = u1.fma(FloatVector.broadcast(V, x[xOff + p + 1]), sum0);
      sum0 = u2.fma(FloatVector.broadcast(V, x[xOff + p + 2]), sum0);
      sum0 = u3.fma(FloatVector.broadcast(V, x[xOff + p + 3]), sum0);
      sum0 = u4.fma(FloatVector.broadcast(V, x[xOff + p + 4]), sum0);
      sum0 = u5.fma(FloatVector.broadcast(V, x[xOff + p + 5]), sum0);
      sum0 = u6.fma(FloatVector.broadcast(V, x[xOff + p + 6]), sum0);
      sum0 = u7.fma(FloatVector.broadcast(V, x[xOff + p + 7]), sum0);
    }
    start.blend(sum0, VectorMask.fromLong(V, -1L << skip)).intoArray(y, yOff);
  }

  /**
   * {@code y[i] += Σ over p < k of a[i][p] · x[p]} for i below 16.
   *
   * @param k a multiple of 8
   * @param a [16][k] from {@code aOff} with rows {@code lda} apart, read
   * @param x [k] from {@code xOff}, read
   * @param y [16] from {@code yOff}, added to
   */
  static void two(int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff) {
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
    FloatVector sum0 = FloatVector.fromArray(V, y, yOff);
    FloatVector sum1 = FloatVector.fromArray(V, y, yOff + 8);
    for (int p = 0; p < k; p += 8) {
      FloatVector r0 = FloatVector.fromArray(V, a, aOff + p);
      FloatVector r1 = FloatVector.fromArray(V, a, a1 + p);
      FloatVector r2 = FloatVector.fromArray(V, a, a2 + p);
      FloatVector r3 = FloatVector.fromArray(V, a, a3 + p);
      FloatVector r4 = FloatVector.fromArray(V, a, a4 + p);
      FloatVector r5 = FloatVector.fromArray(V, a, a5 + p);
      FloatVector r6 = FloatVector.fromArray(V, a, a6 + p);
      FloatVector r7 = FloatVector.fromArray(V, a, a7 + p);
      FloatVector s0 = low.selectFrom(r0, r4);
      FloatVector s1 = high.selectFrom(r0, r4);
      FloatVector s2 = low.selectFrom(r1, r5);
      FloatVector s3 = high.selectFrom(r1, r5);
      FloatVector s4 = low.selectFrom(r2, r6);
      FloatVector s5 = high.selectFrom(r2, r6);
      FloatVector s6 = low.selectFrom(r3, r7);
      FloatVector s7 = high.selectFrom(r3, r7);
      FloatVector t0 = low.selectFrom(s0, s4);
      FloatVector t1 = high.selectFrom(s0, s4);
      FloatVector t2 = low.selectFrom(s1, s5);
      FloatVector t3 = high.selectFrom(s1, s5);
      FloatVector t4 = low.selectFrom(s2, s6);
      FloatVector t5 = high.selectFrom(s2, s6);
      FloatVector t6 = low.selectFrom(s3, s7);
      FloatVector t7 = high.selectFrom(s3, s7);
      FloatVector u0 = low.selectFrom(t0, t4);
      FloatVector u1 = high.selectFrom(t0, t4);
      FloatVector u2 = low.selectFrom(t1, t5);
      FloatVector u3 = high.selectFrom(t1, t5);
      FloatVector u4 = low.selectFrom(t2, t6);
      FloatVector u5 = high.selectFrom(t2, t6);
      FloatVector u6 = low.selectFrom(t3, t7);
      FloatVector u7 = high.selectFrom(t3, t7);
      sum0 = u0.fma(FloatVector.broadcast(V, x[xOff + p]), sum0);
      sum0 = u1.fma(FloatVector.broadcast(V, x[xOff + p + 1]), sum0);
      sum0 = u2.fma(FloatVector.broadcast(V, x[xOff + p + 2]), sum0);
      sum0 = u3.fma(FloatVector.broadcast(V, x[xOff + p + 3]), sum0);
      sum0 = u4.fma(FloatVector.broadcast(V, x[xOff + p + 4]), sum0);
      sum0 = u5.fma(FloatVector.broadcast(V, x[xOff + p + 5]), sum0);
      sum0 = u6.fma(FloatVector.broadcast(V, x[xOff + p + 6]), sum0);
      sum0 = u7.fma(FloatVector.broadcast(V, x[xOff + p + 7]), sum0);
      FloatVector r8 = FloatVector.fromArray(V, a, a8 + p);
      FloatVector r9 = FloatVector.fromArray(V, a, a9 + p);
      FloatVector r10 = FloatVector.fromArray(V, a, a10 + p);
      FloatVector r11 = FloatVector.fromArray(V, a, a11 + p);
      FloatVector r12 = FloatVector.fromArray(V, a, a12 + p);
      FloatVector r13 = FloatVector.fromArray(V, a, a13 + p);
      FloatVector r14 = FloatVector.fromArray(V, a, a14 + p);
      FloatVector r15 = FloatVector.fromArray(V, a, a15 + p);
      FloatVector v0 = low.selectFrom(r8, r12);
      FloatVector v1 = high.selectFrom(r8, r12);
      FloatVector v2 = low.selectFrom(r9, r13);
      FloatVector v3 = high.selectFrom(r9, r13);
      FloatVector v4 = low.selectFrom(r10, r14);
      FloatVector v5 = high.selectFrom(r10, r14);
      FloatVector v6 = low.selectFrom(r11, r15);
      FloatVector v7 = high.selectFrom(r11, r15);
      FloatVector w0 = low.selectFrom(v0, v4);
      FloatVector w1 = high.selectFrom(v0, v4);
      FloatVector w2 = low.selectFrom(v1, v5);
      FloatVector w3 = high.selectFrom(v1, v5);
      FloatVector w4 = low.selectFrom(v2, v6);
      FloatVector w5 = high.selectFrom(v2, v6);
      FloatVector w6 = low.selectFrom(v3, v7);
      FloatVector w7 = high.selectFrom(v3, v7);
      FloatVector z0 = low.selectFrom(w0, w4);
      FloatVector z1 = high.selectFrom(w0, w4);
      FloatVector z2 = low.selectFrom(w1, w5);
      FloatVector z3 = high.selectFrom(w1, w5);
      FloatVector z4 = low.selectFrom(w2, w6);
      FloatVector z5 = high.selectFrom(w2, w6);
      FloatVector z6 = low.selectFrom(w3, w7);
      FloatVector z7 = high.selectFrom(w3, w7);
      sum1 = z0.fma(FloatVector.broadcast(V, x[xOff + p]), sum1);
      sum1 = z1.fma(FloatVector.broadcast(V, x[xOff + p + 1]), sum1);
      sum1 = z2.fma(FloatVector.broadcast(V, x[xOff + p + 2]), sum1);
      sum1 = z3.fma(FloatVector.broadcast(V, x[xOff + p + 3]), sum1);
      sum1 = z4.fma(FloatVector.broadcast(V, x[xOff + p + 4]), sum1);
      sum1 = z5.fma(FloatVector.broadcast(V, x[xOff + p + 5]), sum1);
      sum1 = z6.fma(FloatVector.broadcast(V, x[xOff + p + 6]), sum1);
      sum1 = z7.fma(FloatVector.broadcast(V, x[xOff + p + 7]), sum1);
    }
    FloatVector same = FloatVector.broadcast(V, -0f); // a receiver that C2 knows
    same.add(sum0).intoArray(y, yOff);
    same.add(sum1).intoArray(y, yOff + 8);
  }
}
