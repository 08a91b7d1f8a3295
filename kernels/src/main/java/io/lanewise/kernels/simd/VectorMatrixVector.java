package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.MatrixVectorKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes lie on the result's elements. Along the rows of a matrix that means to gather columns, at
 * some 10 cycles a vector of 16: slower than L2, as fast as L3 and memory. What does not fill a
 * vector goes to {@code rest}.
 */
final class VectorMatrixVector implements MatrixVectorKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int STEPS = 4;

  private final int ld;
  private final int[] rows = new int[L];
  private final MatrixVectorKernel rest;

  VectorMatrixVector(int ld, MatrixVectorKernel rest) {
    this.ld = ld;
    this.rest = rest;
    for (int i = 0; i < L; i++) {
      rows[i] = i * ld; // beyond 2^31 only for rows that no array has
    }
  }

  @Override
  public void rows(int m, int k, float[] a, int aOff, float[] x, int xOff, float[] y, int yOff) {
    int i = 0;
    for (; m - i >= 2 * L; i += 2 * L) {
      two(k, a, aOff + i * ld, aOff + (i + L) * ld, x, xOff, y, yOff + i);
    }
    if (m - i >= L) {
      one(k, a, aOff + i * ld, x, xOff, y, yOff + i);
      i += L;
    }
    rest.rows(m - i, k, a, aOff + i * ld, x, xOff, y, yOff + i);
  }

  private void two(int k, float[] a, int from, int second, float[] x, int xOff, float[] y, int to) {
    FloatVector s0 = FloatVector.fromArray(V, y, to);
    FloatVector s1 = FloatVector.fromArray(V, y, to + L);
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      s0 = FloatVector.fromArray(V, a, from + p, rows, 0).fma(v, s0);
      s1 = FloatVector.fromArray(V, a, second + p, rows, 0).fma(v, s1);
    }
    s0.intoArray(y, to);
    s1.intoArray(y, to + L);
  }

  private void one(int k, float[] a, int from, float[] x, int xOff, float[] y, int to) {
    FloatVector s = FloatVector.fromArray(V, y, to);
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      s = FloatVector.fromArray(V, a, from + p, rows, 0).fma(v, s);
    }
    s.intoArray(y, to);
  }

  @Override
  public void columns(int k, int n, float[] x, int xOff, float[] b, int bOff, float[] y, int yOff) {
    int whole = V.loopBound(n);
    int p = 0;
    for (; k - p >= STEPS; p += STEPS) {
      four(whole, x, xOff + p, b, bOff + p * ld, ld, y, yOff);
    }
    for (; p < k; p++) {
      row(whole, x[xOff + p], b, bOff + p * ld, y, yOff);
    }
    rest.columns(k, n - whole, x, xOff, b, bOff + whole, y, yOff + whole);
  }

  private static void four(
      int n, float[] x, int xOff, float[] b, int b0, int ld, float[] y, int yOff) {
    int b1 = b0 + ld;
    int b2 = b1 + ld;
    int b3 = b2 + ld;
    FloatVector x0 = FloatVector.broadcast(V, x[xOff]);
    FloatVector x1 = FloatVector.broadcast(V, x[xOff + 1]);
    FloatVector x2 = FloatVector.broadcast(V, x[xOff + 2]);
    FloatVector x3 = FloatVector.broadcast(V, x[xOff + 3]);
    for (int j = 0; j < n; j += L) {
      FloatVector sum = FloatVector.fromArray(V, y, yOff + j);
      sum = FloatVector.fromArray(V, b, b0 + j).fma(x0, sum);
      sum = FloatVector.fromArray(V, b, b1 + j).fma(x1, sum);
      sum = FloatVector.fromArray(V, b, b2 + j).fma(x2, sum);
      sum = FloatVector.fromArray(V, b, b3 + j).fma(x3, sum);
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
