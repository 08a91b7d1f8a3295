package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MatrixVectorKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes lie on the result's elements. Rows are turned by {@link TurnedRows} where a vector has as
 * many lanes; narrower vectors turn or gather no faster than the scalar kernel computes (AVX2: 15
 * and 16 GB/s, and 16), and without AVX2 they cannot gather at all: there, and for what fills no
 * block, it is the scalar kernel that computes rows.
 */
final class VectorMatrixVector implements MatrixVectorKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int STEPS = 8; // measured best of 4 and 8

  private final MatrixVectorKernel rest;

  VectorMatrixVector(MatrixVectorKernel rest) {
    this.rest = rest;
  }

  @Override
  public void rows(
      int m, int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff) {
    int turned = L == TurnedRows.LANES && m >= L ? V.loopBound(k) : 0;
    for (int i = 0; turned > 0 && i < m; i += L) {
      int at = Math.min(i, m - L); // the last block begins with rows that are done
      TurnedRows.run(turned, a, aOff + at * lda, lda, x, xOff, y, yOff + at, i - at);
    }
    if (turned < k) {
      rest.rows(m, k - turned, a, aOff + turned, lda, x, xOff + turned, y, yOff);
    }
  }

  @Override
  public void columns(
      int k, int n, float[] x, int xOff, float[] b, int bOff, int ldb, float[] y, int yOff) {
    int whole = V.loopBound(n);
    int p = 0;
    for (; k - p >= STEPS; p += STEPS) {
      eight(whole, x, xOff + p, b, bOff + p * ldb, ldb, y, yOff);
    }
    for (; p < k; p++) {
      row(whole, x[xOff + p], b, bOff + p * ldb, y, yOff);
    }
    if (whole < n) {
      rest.columns(k, n - whole, x, xOff, b, bOff + whole, ldb, y, yOff + whole);
    }
  }

  private static void eight(
      int n, float[] x, int xOff, float[] b, int b0, int ldb, float[] y, int yOff) {
    int b1 = b0 + ldb;
    int b2 = b1 + ldb;
    int b3 = b2 + ldb;
    int b4 = b3 + ldb;
    int b5 = b4 + ldb;
    int b6 = b5 + ldb;
    int b7 = b6 + ldb;
    FloatVector x0 = FloatVector.broadcast(V, x[xOff]);
    FloatVector x1 = FloatVector.broadcast(V, x[xOff + 1]);
    FloatVector x2 = FloatVector.broadcast(V, x[xOff + 2]);
    FloatVector x3 = FloatVector.broadcast(V, x[xOff + 3]);
    FloatVector x4 = FloatVector.broadcast(V, x[xOff + 4]);
    FloatVector x5 = FloatVector.broadcast(V, x[xOff + 5]);
    FloatVector x6 = FloatVector.broadcast(V, x[xOff + 6]);
    FloatVector x7 = FloatVector.broadcast(V, x[xOff + 7]);
    for (int j = 0; j < n; j += L) {
      FloatVector sum = FloatVector.fromArray(V, y, yOff + j);
      sum = FloatVector.fromArray(V, b, b0 + j).fma(x0, sum);
      sum = FloatVector.fromArray(V, b, b1 + j).fma(x1, sum);
      sum = FloatVector.fromArray(V, b, b2 + j).fma(x2, sum);
      sum = FloatVector.fromArray(V, b, b3 + j).fma(x3, sum);
      sum = FloatVector.fromArray(V, b, b4 + j).fma(x4, sum);
      sum = FloatVector.fromArray(V, b, b5 + j).fma(x5, sum);
      sum = FloatVector.fromArray(V, b, b6 + j).fma(x6, sum);
      sum = FloatVector.fromArray(V, b, b7 + j).fma(x7, sum);
      sum.intoArray(y, yOff + j);
    }
  }

  private static void row(int n, float factor, float[] b, int from, float[] y, int yOff) {
    FloatVector v = FloatVector.broadcast(V, factor);
    for (int j = 0; j < n; j += L) {
      FloatVector sum = FloatVector.fromArray(V, y, yOff + j);
      FloatVector.fromArray(V, b, from + j).fma(v, sum).intoArray(y, yOff + j);
    }
  }
}
