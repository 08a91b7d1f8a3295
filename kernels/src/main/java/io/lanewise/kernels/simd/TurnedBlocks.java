package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes 16 rows in blocks of 16 columns, 16 lanes wide: in registers, as {@link TurnedRows}
 * turns them. Written by tools/kernel-templates/turned_rows.py.
 */
final class TurnedBlocks {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final float[] LOW = {0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23};
  private static final float[] HIGH = {
    8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
  };

  private TurnedBlocks() {}

  /**
   * {@code dst[j][i] = src[i][j]} for 16 rows i.
   *
   * @param src [16][columns] from {@code srcOff} with rows {@code lds} apart, read
   * @param columns at least 16; a last block overlaps the one before
   * @param dst [columns][16] from {@code dstOff} with rows {@code ldd} apart, written
   */
  static void run(float[] src, int srcOff, int lds, int columns, float[] dst, int dstOff, int ldd) {
    FloatVector low = FloatVector.fromArray(V, LOW, 0);
    FloatVector high = FloatVector.fromArray(V, HIGH, 0);
    for (int next = 0; next < columns; next += 16) {
      int j = Math.min(next, columns - 16);
      int from = srcOff + j;
      int to = dstOff + j * ldd;
      FloatVector r0 = FloatVector.fromArray(V, src, from);
      FloatVector r1 = FloatVector.fromArray(V, src, from + 1 * lds);
      FloatVector r2 = FloatVector.fromArray(V, src, from + 2 * lds);
      FloatVector r3 = FloatVector.fromArray(V, src, from + 3 * lds);
      FloatVector r4 = FloatVector.fromArray(V, src, from + 4 * lds);
      FloatVector r5 = FloatVector.fromArray(V, src, from + 5 * lds);
      FloatVector r6 = FloatVector.fromArray(V, src, from + 6 * lds);
      FloatVector r7 = FloatVector.fromArray(V, src, from + 7 * lds);
      FloatVector r8 = FloatVector.fromArray(V, src, from + 8 * lds);
      FloatVector r9 = FloatVector.fromArray(V, src, from + 9 * lds);
      FloatVector r10 = FloatVector.fromArray(V, src, from + 10 * lds);
      FloatVector r11 = FloatVector.fromArray(V, src, from + 11 * lds);
      FloatVector r12 = FloatVector.fromArray(V, src, from + 12 * lds);
      FloatVector r13 = FloatVector.fromArray(V, src, from + 13 * lds);
      FloatVector r14 = FloatVector.fromArray(V, src, from + 14 * lds);
      FloatVector r15 = FloatVector.fromArray(V, src, from + 15 * lds);
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
      v0.intoArray(dst, to);
      v1.intoArray(dst, to + 1 * ldd);
      v2.intoArray(dst, to + 2 * ldd);
      v3.intoArray(dst, to + 3 * ldd);
      v4.intoArray(dst, to + 4 * ldd);
      v5.intoArray(dst, to + 5 * ldd);
      v6.intoArray(dst, to + 6 * ldd);
      v7.intoArray(dst, to + 7 * ldd);
      v8.intoArray(dst, to + 8 * ldd);
      v9.intoArray(dst, to + 9 * ldd);
      v10.intoArray(dst, to + 10 * ldd);
      v11.intoArray(dst, to + 11 * ldd);
      v12.intoArray(dst, to + 12 * ldd);
      v13.intoArray(dst, to + 13 * ldd);
      v14.intoArray(dst, to + 14 * ldd);
      v15.intoArray(dst, to + 15 * ldd);
    }
  }
}
