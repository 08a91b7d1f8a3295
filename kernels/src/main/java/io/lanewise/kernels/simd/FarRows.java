package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows by a panel of any width, vector by vector: for offsets that are not near. */
final class FarRows {
  private static final VectorSpecies<Float> V = SimdKernels.V;

  private FarRows() {}

  static void run(
      int rows,
      int nr,
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
      int ldc) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < nr; j += V.length()) {
        FloatVector sum = FloatVector.fromArray(V, s, sOff + i * lds + j);
        for (int p = 0; p < k; p++) {
          FloatVector row = FloatVector.fromArray(V, b, bOff + p * nr + j);
          sum = FloatVector.broadcast(V, a[aOff + i * lda + p]).fma(row, sum);
        }
        sum.intoArray(c, cOff + i * ldc + j);
      }
    }
  }
}
