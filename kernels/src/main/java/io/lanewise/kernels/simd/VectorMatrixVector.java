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

  /** Kernels of which {@code rest} computes what fills no vector. */
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
      int from = bOff + p * ldb;
      eight(whole, x, xOff + p, b, from, ldb, y, yOff);
      if (whole < n) { // while its lines are near
        rest.columns(STEPS, n - whole, x, xOff + p, b, from + whole, ldb, y, yOff + whole);
      }
    }
    int last = bOff + p * ldb + whole;
    if (p < k && whole < n) {
      rest.columns(k - p, n - whole, x, xOff + p, b, last, ldb, y, yOff + whole);
    }
    for (; p < k; p++) {
      row(whole, x[xOff + p], b, bOff + p * ldb, y, yOff);
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

  /**
   * Four panels at a time: hardware fetches one stream of lines ahead more slowly than four, which
   * read 92 GB/s from L3 and 20 to 28 from memory.
   */
  @Override
  public void panels(
      int panels, int k, float[] x, int xOff, float[] b, int bOff, float[] y, int yOff) {
    int fours = panels / 4 * 4;
    for (int t = 0; t < fours; t += 4) {
      for (int j = 0; j < PANEL; j += 2 * L) {
        four(k, x, xOff, b, bOff + t * PANEL * k + j, y, yOff + t * PANEL + j);
      }
    }
    for (int t = fours; t < panels; t++) {
      for (int j = 0; j < PANEL; j += 2 * L) {
        one(k, x, xOff, b, bOff + t * PANEL * k + j, y, yOff + t * PANEL + j);
      }
    }
  }

  private static void four(int k, float[] x, int xOff, float[] b, int bOff, float[] y, int yOff) {
    FloatVector s00 = FloatVector.fromArray(V, y, yOff);
    FloatVector s01 = FloatVector.fromArray(V, y, yOff + L);
    FloatVector s10 = FloatVector.fromArray(V, y, yOff + PANEL);
    FloatVector s11 = FloatVector.fromArray(V, y, yOff + PANEL + L);
    FloatVector s20 = FloatVector.fromArray(V, y, yOff + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(V, y, yOff + 2 * PANEL + L);
    FloatVector s30 = FloatVector.fromArray(V, y, yOff + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(V, y, yOff + 3 * PANEL + L);
    int b1 = bOff + k * PANEL;
    int b2 = b1 + k * PANEL;
    int b3 = b2 + k * PANEL;
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      s00 = FloatVector.fromArray(V, b, bOff + p * PANEL).fma(v, s00);
      s01 = FloatVector.fromArray(V, b, bOff + p * PANEL + L).fma(v, s01);
      s10 = FloatVector.fromArray(V, b, b1 + p * PANEL).fma(v, s10);
      s11 = FloatVector.fromArray(V, b, b1 + p * PANEL + L).fma(v, s11);
      s20 = FloatVector.fromArray(V, b, b2 + p * PANEL).fma(v, s20);
      s21 = FloatVector.fromArray(V, b, b2 + p * PANEL + L).fma(v, s21);
      s30 = FloatVector.fromArray(V, b, b3 + p * PANEL).fma(v, s30);
      s31 = FloatVector.fromArray(V, b, b3 + p * PANEL + L).fma(v, s31);
    }
    FloatVector same = FloatVector.broadcast(V, -0f); // a receiver that C2 knows
    same.add(s00).intoArray(y, yOff);
    same.add(s01).intoArray(y, yOff + L);
    same.add(s10).intoArray(y, yOff + PANEL);
    same.add(s11).intoArray(y, yOff + PANEL + L);
    same.add(s20).intoArray(y, yOff + 2 * PANEL);
    same.add(s21).intoArray(y, yOff + 2 * PANEL + L);
    same.add(s30).intoArray(y, yOff + 3 * PANEL);
    same.add(s31).intoArray(y, yOff + 3 * PANEL + L);
  }

  private static void one(int k, float[] x, int xOff, float[] b, int bOff, float[] y, int yOff) {
    FloatVector s00 = FloatVector.fromArray(V, y, yOff);
    FloatVector s01 = FloatVector.fromArray(V, y, yOff + L);
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      s00 = FloatVector.fromArray(V, b, bOff + p * PANEL).fma(v, s00);
      s01 = FloatVector.fromArray(V, b, bOff + p * PANEL + L).fma(v, s01);
    }
    FloatVector same = FloatVector.broadcast(V, -0f); // a receiver that C2 knows
    same.add(s00).intoArray(y, yOff);
    same.add(s01).intoArray(y, yOff + L);
  }
}
