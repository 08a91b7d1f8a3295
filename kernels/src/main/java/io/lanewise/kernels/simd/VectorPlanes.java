package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PlaneKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four vectors of outputs at a time, below each other where there are four rows, side by side
 * otherwise. Windows of 3 x 3 keep their weights in registers, and a vector of inputs serves all
 * the outputs that read it; neighbouring taps are taken from two vectors, since a load across cache
 * lines takes as long as two. The last vectors of rows come first: what they write too much is
 * written once more.
 */
final class VectorPlanes implements PlaneKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int FOUR = 4;
  private static final int THREE = 3;
  private static final float[] PLACES = places(); // in two vectors

  private final PlaneKernel rest;

  VectorPlanes(PlaneKernel rest) {
    this.rest = rest;
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public void pad(int rows, int n, float[] x, int xOff, int ldx, float[] y, int yOff, int ldy) {
    int whole = V.loopBound(n);
    int inside = rows; // whose last vector is
    while (inside > 0 && x.length - whole - L < xOff + (inside - 1) * ldx) {
      inside--;
    }
    copy(inside, n, x, xOff, ldx, y, yOff, ldy);
    rest.pad(rows - inside, n, x, xOff + inside * ldx, ldx, y, yOff + inside * ldy, ldy);
  }

  /** The ends of rows become vectors that end in zeros. */
  private static void copy(
      int rows, int n, float[] x, int xOff, int ldx, float[] y, int yOff, int ldy) {
    int whole = V.loopBound(n);
    for (int j = 0; j < whole; j += L) {
      for (int r = 0; r < rows; r++) {
        FloatVector.fromArray(V, x, xOff + j + r * ldx).intoArray(y, yOff + j + r * ldy);
      }
    }
    if (whole < n) {
      VectorMask<Float> inside = VectorMask.fromLong(V, (1L << (n - whole)) - 1);
      for (int r = 0; r < rows; r++) {
        FloatVector last = FloatVector.fromArray(V, x, xOff + whole + r * ldx);
        FloatVector.zero(V).blend(last, inside).intoArray(y, yOff + whole + r * ldy);
      }
    }
  }

  @Override
  public void run(
      int rows,
      int[] columns,
      int outRows,
      int n,
      float[] x,
      int xOff,
      int rowStep,
      int outRowStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff,
      int ldy) {
    if (rows == THREE && columns.length == THREE && outRows >= FOUR) {
      int d = columns[1] - columns[0];
      int from = xOff + columns[1];
      boolean even = columns[2] - columns[1] == d && 0 < d && d <= L && from >= L;
      if (even && outRowStep == rowStep) {
        threeByThree(d, outRows, n, x, from, rowStep, w, wOff, start, y, yOff, ldy);
        return;
      }
    }
    if (outRows < FOUR) {
      for (int o = 0; o < outRows; o++) {
        int from = xOff + o * outRowStep;
        row(rows, columns, n, x, from, rowStep, w, wOff, start, y, yOff + o * ldy);
      }
      return;
    }
    for (int i = last(n); i >= 0; i -= L) {
      for (int o = 0; o < outRows; o += FOUR) {
        int first = Math.min(o, outRows - FOUR);
        int from = xOff + first * outRowStep + i;
        int to = yOff + first * ldy + i;
        four(rows, columns, x, from, rowStep, outRowStep, w, wOff, start, y, to, ldy);
      }
    }
  }

  /** Where a row's last vector begins. */
  private static int last(int n) {
    return (n - 1) / L * L;
  }

  /** One row of outputs, any window. */
  private static void row(
      int rows,
      int[] columns,
      int n,
      float[] x,
      int xOff,
      int rowStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff) {
    int j = 0;
    for (; n - j >= FOUR * L; j += FOUR * L) {
      four(rows, columns, x, xOff + j, rowStep, L, w, wOff, start, y, yOff + j, L);
    }
    for (; j < n; j += L) {
      one(rows, columns, x, xOff + j, rowStep, w, wOff, start, y, yOff + j);
    }
  }

  /**
   * Four rows of outputs at a time, as far apart as rows of the window, which is 3 x 3: taps lie
   * {@code d} before and behind the middle one.
   */
  private static void threeByThree(
      int d,
      int outRows,
      int n,
      float[] x,
      int xOff,
      int rowStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff,
      int ldy) {
    FloatVector before = FloatVector.fromArray(V, PLACES, L - d);
    FloatVector behind = FloatVector.fromArray(V, PLACES, d);
    FloatVector k00 = FloatVector.broadcast(V, w[wOff + 0]);
    FloatVector k01 = FloatVector.broadcast(V, w[wOff + 1]);
    FloatVector k02 = FloatVector.broadcast(V, w[wOff + 2]);
    FloatVector k10 = FloatVector.broadcast(V, w[wOff + 3]);
    FloatVector k11 = FloatVector.broadcast(V, w[wOff + 4]);
    FloatVector k12 = FloatVector.broadcast(V, w[wOff + 5]);
    FloatVector k20 = FloatVector.broadcast(V, w[wOff + 6]);
    FloatVector k21 = FloatVector.broadcast(V, w[wOff + 7]);
    FloatVector k22 = FloatVector.broadcast(V, w[wOff + 8]);
    FloatVector s = FloatVector.broadcast(V, start);
    for (int i = last(n); i >= 0; i -= L) {
      for (int o = 0; o < outRows; o += FOUR) {
        int row = Math.min(o, outRows - FOUR);
        int at0 = xOff + row * rowStep + i;
        FloatVector p0 = FloatVector.fromArray(V, x, at0 - L);
        FloatVector b0 = FloatVector.fromArray(V, x, at0);
        FloatVector q0 = FloatVector.fromArray(V, x, at0 + L);
        FloatVector a0 = before.selectFrom(p0, b0);
        FloatVector c0 = behind.selectFrom(b0, q0);
        FloatVector y0 = a0.fma(k00, s);
        y0 = b0.fma(k01, y0);
        y0 = c0.fma(k02, y0);
        int at1 = at0 + rowStep;
        FloatVector p1 = FloatVector.fromArray(V, x, at1 - L);
        FloatVector b1 = FloatVector.fromArray(V, x, at1);
        FloatVector q1 = FloatVector.fromArray(V, x, at1 + L);
        FloatVector a1 = before.selectFrom(p1, b1);
        FloatVector c1 = behind.selectFrom(b1, q1);
        y0 = a1.fma(k10, y0);
        y0 = b1.fma(k11, y0);
        y0 = c1.fma(k12, y0);
        FloatVector y1 = a1.fma(k00, s);
        y1 = b1.fma(k01, y1);
        y1 = c1.fma(k02, y1);
        int at2 = at1 + rowStep;
        FloatVector p2 = FloatVector.fromArray(V, x, at2 - L);
        FloatVector b2 = FloatVector.fromArray(V, x, at2);
        FloatVector q2 = FloatVector.fromArray(V, x, at2 + L);
        FloatVector a2 = before.selectFrom(p2, b2);
        FloatVector c2 = behind.selectFrom(b2, q2);
        y0 = a2.fma(k20, y0);
        y0 = b2.fma(k21, y0);
        y0 = c2.fma(k22, y0);
        y1 = a2.fma(k10, y1);
        y1 = b2.fma(k11, y1);
        y1 = c2.fma(k12, y1);
        FloatVector y2 = a2.fma(k00, s);
        y2 = b2.fma(k01, y2);
        y2 = c2.fma(k02, y2);
        int at3 = at2 + rowStep;
        FloatVector p3 = FloatVector.fromArray(V, x, at3 - L);
        FloatVector b3 = FloatVector.fromArray(V, x, at3);
        FloatVector q3 = FloatVector.fromArray(V, x, at3 + L);
        FloatVector a3 = before.selectFrom(p3, b3);
        FloatVector c3 = behind.selectFrom(b3, q3);
        y1 = a3.fma(k20, y1);
        y1 = b3.fma(k21, y1);
        y1 = c3.fma(k22, y1);
        y2 = a3.fma(k10, y2);
        y2 = b3.fma(k11, y2);
        y2 = c3.fma(k12, y2);
        FloatVector y3 = a3.fma(k00, s);
        y3 = b3.fma(k01, y3);
        y3 = c3.fma(k02, y3);
        int at4 = at3 + rowStep;
        FloatVector p4 = FloatVector.fromArray(V, x, at4 - L);
        FloatVector b4 = FloatVector.fromArray(V, x, at4);
        FloatVector q4 = FloatVector.fromArray(V, x, at4 + L);
        FloatVector a4 = before.selectFrom(p4, b4);
        FloatVector c4 = behind.selectFrom(b4, q4);
        y2 = a4.fma(k20, y2);
        y2 = b4.fma(k21, y2);
        y2 = c4.fma(k22, y2);
        y3 = a4.fma(k10, y3);
        y3 = b4.fma(k11, y3);
        y3 = c4.fma(k12, y3);
        int at5 = at4 + rowStep;
        FloatVector p5 = FloatVector.fromArray(V, x, at5 - L);
        FloatVector b5 = FloatVector.fromArray(V, x, at5);
        FloatVector q5 = FloatVector.fromArray(V, x, at5 + L);
        FloatVector a5 = before.selectFrom(p5, b5);
        FloatVector c5 = behind.selectFrom(b5, q5);
        y3 = a5.fma(k20, y3);
        y3 = b5.fma(k21, y3);
        y3 = c5.fma(k22, y3);
        int to = yOff + row * ldy + i;
        y0.intoArray(y, to);
        y1.intoArray(y, to + ldy);
        y2.intoArray(y, to + 2 * ldy);
        y3.intoArray(y, to + 3 * ldy);
      }
    }
  }

  /** Four vectors of outputs, any window. */
  private static void four(
      int rows,
      int[] columns,
      float[] x,
      int xOff,
      int rowStep,
      int xStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff,
      int yStep) {
    FloatVector y0 = FloatVector.broadcast(V, start);
    FloatVector y1 = FloatVector.broadcast(V, start);
    FloatVector y2 = FloatVector.broadcast(V, start);
    FloatVector y3 = FloatVector.broadcast(V, start);
    int taps = columns.length;
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < taps; t++) {
        FloatVector k = FloatVector.broadcast(V, w[wOff + r * taps + t]);
        int from = xOff + r * rowStep + columns[t];
        y0 = FloatVector.fromArray(V, x, from).fma(k, y0);
        y1 = FloatVector.fromArray(V, x, from + xStep).fma(k, y1);
        y2 = FloatVector.fromArray(V, x, from + 2 * xStep).fma(k, y2);
        y3 = FloatVector.fromArray(V, x, from + 3 * xStep).fma(k, y3);
      }
    }
    FloatVector.broadcast(V, -0f).add(y0).intoArray(y, yOff);
    FloatVector.broadcast(V, -0f).add(y1).intoArray(y, yOff + yStep);
    FloatVector.broadcast(V, -0f).add(y2).intoArray(y, yOff + 2 * yStep);
    FloatVector.broadcast(V, -0f).add(y3).intoArray(y, yOff + 3 * yStep);
  }

  /** One vector of outputs, any window. */
  private static void one(
      int rows,
      int[] columns,
      float[] x,
      int xOff,
      int rowStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff) {
    FloatVector y0 = FloatVector.broadcast(V, start);
    int taps = columns.length;
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < taps; t++) {
        FloatVector k = FloatVector.broadcast(V, w[wOff + r * taps + t]);
        int from = xOff + r * rowStep + columns[t];
        y0 = FloatVector.fromArray(V, x, from).fma(k, y0);
      }
    }
    FloatVector.broadcast(V, -0f).add(y0).intoArray(y, yOff);
  }

  private static float[] places() {
    float[] places = new float[2 * L];
    for (int i = 0; i < 2 * L; i++) {
      places[i] = i;
    }
    return places;
  }
}
