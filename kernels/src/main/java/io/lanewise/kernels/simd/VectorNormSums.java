package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.NormSums;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Half a vector of floats becomes a whole one of doubles. Columns go in blocks of rows, so that
 * their sums are loaded and stored once for {@value #ROWS} elements.
 *
 * <p>Half a vector is only ever converted: its arithmetic would show the compiler a second class of
 * vectors in methods that all kernels share (ADR 6). A sum or product of floats in float64, rounded
 * to float32, is what float32 gives, since 53 >= 2 * 24 + 2 (Figueroa, "When is double rounding
 * innocuous?", 1995).
 */
final class VectorNormSums implements NormSums {
  private static final VectorSpecies<Double> D =
      VectorSpecies.of(double.class, SimdKernels.V.vectorShape());
  private static final VectorSpecies<Float> H =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SimdKernels.V.vectorBitSize() / 2));
  private static final int L = D.length();
  private static final int CHAINS = 16;
  private static final int HALF = CHAINS / 2;
  private static final int ROWS = 8;

  private final NormSums tails;

  VectorNormSums(NormSums tails) {
    this.tails = tails;
  }

  @Override
  public void moments(float[] x, int xOff, int n, double[] s, int sOff) {
    int end = xOff + n - n % CHAINS;
    double sum = 0;
    double square = 0;
    for (int lane = 0; lane < HALF && end > xOff; lane += L) {
      DoubleVector s0 = DoubleVector.zero(D);
      DoubleVector s1 = DoubleVector.zero(D);
      DoubleVector q0 = DoubleVector.zero(D);
      DoubleVector q1 = DoubleVector.zero(D);
      for (int i = xOff + lane; i < end; i += CHAINS) {
        DoubleVector a =
            (DoubleVector) FloatVector.fromArray(H, x, i).convertShape(VectorOperators.F2D, D, 0);
        DoubleVector b =
            (DoubleVector)
                FloatVector.fromArray(H, x, i + HALF).convertShape(VectorOperators.F2D, D, 0);
        s0 = a.add(s0);
        s1 = b.add(s1);
        q0 = a.fma(a, q0);
        q1 = b.fma(b, q1);
      }
      DoubleVector t = DoubleVector.zero(D).add(s0).add(s1);
      DoubleVector u = DoubleVector.zero(D).add(q0).add(q1);
      sum = sum + t.lane(0) + t.lane(1);
      square = square + u.lane(0) + u.lane(1);
      if (L > 2) {
        sum = sum + t.lane(2) + t.lane(3);
        square = square + u.lane(2) + u.lane(3);
      }
      if (L > 4) {
        sum = sum + t.lane(4) + t.lane(5) + t.lane(6) + t.lane(7);
        square = square + u.lane(4) + u.lane(5) + u.lane(6) + u.lane(7);
      }
    }
    for (int i = end; i < xOff + n; i++) {
      double a = x[i];
      sum += a;
      square += a * a;
    }
    s[sOff] += sum;
    s[sOff + 1] += square;
  }

  @Override
  public void slopes(float[] x, int xOff, float[] g, int gOff, int n, double[] s, int sOff) {
    int whole = n - n % CHAINS;
    double sum = 0;
    double dot = 0;
    for (int lane = 0; lane < HALF && whole > 0; lane += L) {
      DoubleVector s0 = DoubleVector.zero(D);
      DoubleVector s1 = DoubleVector.zero(D);
      DoubleVector q0 = DoubleVector.zero(D);
      DoubleVector q1 = DoubleVector.zero(D);
      for (int i = lane; i < whole; i += CHAINS) {
        DoubleVector a =
            (DoubleVector)
                FloatVector.fromArray(H, g, gOff + i).convertShape(VectorOperators.F2D, D, 0);
        DoubleVector b =
            (DoubleVector)
                FloatVector.fromArray(H, g, gOff + i + HALF)
                    .convertShape(VectorOperators.F2D, D, 0);
        DoubleVector v =
            (DoubleVector)
                FloatVector.fromArray(H, x, xOff + i).convertShape(VectorOperators.F2D, D, 0);
        DoubleVector w =
            (DoubleVector)
                FloatVector.fromArray(H, x, xOff + i + HALF)
                    .convertShape(VectorOperators.F2D, D, 0);
        s0 = a.add(s0);
        s1 = b.add(s1);
        q0 = a.fma(v, q0);
        q1 = b.fma(w, q1);
      }
      DoubleVector t = DoubleVector.zero(D).add(s0).add(s1);
      DoubleVector u = DoubleVector.zero(D).add(q0).add(q1);
      sum = sum + t.lane(0) + t.lane(1);
      dot = dot + u.lane(0) + u.lane(1);
      if (L > 2) {
        sum = sum + t.lane(2) + t.lane(3);
        dot = dot + u.lane(2) + u.lane(3);
      }
      if (L > 4) {
        sum = sum + t.lane(4) + t.lane(5) + t.lane(6) + t.lane(7);
        dot = dot + u.lane(4) + u.lane(5) + u.lane(6) + u.lane(7);
      }
    }
    for (int i = whole; i < n; i++) {
      double a = g[gOff + i];
      sum += a;
      dot += a * x[xOff + i];
    }
    s[sOff] += sum;
    s[sOff + 1] += dot;
  }

  @Override
  public void weightedSlopes(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] w,
      int wOff,
      int n,
      double[] s,
      int sOff) {
    int whole = n - n % CHAINS;
    double sum = 0;
    double dot = 0;
    for (int lane = 0; lane < HALF && whole > 0; lane += L) {
      DoubleVector s0 = DoubleVector.zero(D);
      DoubleVector s1 = DoubleVector.zero(D);
      DoubleVector q0 = DoubleVector.zero(D);
      DoubleVector q1 = DoubleVector.zero(D);
      for (int i = lane; i < whole; i += CHAINS) {
        DoubleVector w0 =
            (DoubleVector)
                FloatVector.fromArray(H, w, wOff + i).convertShape(VectorOperators.F2D, D, 0);
        DoubleVector w1 =
            (DoubleVector)
                FloatVector.fromArray(H, w, wOff + i + HALF)
                    .convertShape(VectorOperators.F2D, D, 0);
        DoubleVector a =
            (DoubleVector)
                FloatVector.fromArray(H, dy, dyOff + i).convertShape(VectorOperators.F2D, D, 0);
        DoubleVector b =
            (DoubleVector)
                FloatVector.fromArray(H, dy, dyOff + i + HALF)
                    .convertShape(VectorOperators.F2D, D, 0);
        a =
            (DoubleVector)
                a.mul(w0)
                    .convertShape(VectorOperators.D2F, H, 0)
                    .convertShape(VectorOperators.F2D, D, 0);
        b =
            (DoubleVector)
                b.mul(w1)
                    .convertShape(VectorOperators.D2F, H, 0)
                    .convertShape(VectorOperators.F2D, D, 0);
        DoubleVector v =
            (DoubleVector)
                FloatVector.fromArray(H, x, xOff + i).convertShape(VectorOperators.F2D, D, 0);
        DoubleVector z =
            (DoubleVector)
                FloatVector.fromArray(H, x, xOff + i + HALF)
                    .convertShape(VectorOperators.F2D, D, 0);
        s0 = a.add(s0);
        s1 = b.add(s1);
        q0 = a.fma(v, q0);
        q1 = b.fma(z, q1);
      }
      DoubleVector t = DoubleVector.zero(D).add(s0).add(s1);
      DoubleVector u = DoubleVector.zero(D).add(q0).add(q1);
      sum = sum + t.lane(0) + t.lane(1);
      dot = dot + u.lane(0) + u.lane(1);
      if (L > 2) {
        sum = sum + t.lane(2) + t.lane(3);
        dot = dot + u.lane(2) + u.lane(3);
      }
      if (L > 4) {
        sum = sum + t.lane(4) + t.lane(5) + t.lane(6) + t.lane(7);
        dot = dot + u.lane(4) + u.lane(5) + u.lane(6) + u.lane(7);
      }
    }
    for (int i = whole; i < n; i++) {
      double a = dy[dyOff + i] * w[wOff + i];
      sum += a;
      dot += a * x[xOff + i];
    }
    s[sOff] += sum;
    s[sOff + 1] += dot;
  }

  @Override
  public void columnMoments(
      float[] x, int xOff, int rows, int stride, int columns, double[] s, int sOff) {
    int whole = D.loopBound(columns);
    int qOff = sOff + stride;
    for (int first = 0; first < rows; first += ROWS) {
      int from = xOff + first * stride;
      int to = xOff + Math.min(rows, first + ROWS) * stride;
      for (int c = 0; c < whole; c += L) {
        DoubleVector sum = DoubleVector.fromArray(D, s, sOff + c);
        DoubleVector square = DoubleVector.fromArray(D, s, qOff + c);
        for (int at = from + c; at < to; at += stride) {
          DoubleVector a =
              (DoubleVector)
                  FloatVector.fromArray(H, x, at).convertShape(VectorOperators.F2D, D, 0);
          sum = a.add(sum);
          square = a.fma(a, square);
        }
        DoubleVector.zero(D).add(sum).intoArray(s, sOff + c);
        DoubleVector.zero(D).add(square).intoArray(s, qOff + c);
      }
    }
    tails.columnMoments(x, xOff + whole, rows, stride, columns - whole, s, sOff + whole);
  }

  @Override
  public void columnSlopes(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      int rows,
      int stride,
      int columns,
      double[] s,
      int sOff) {
    int whole = D.loopBound(columns);
    int qOff = sOff + stride;
    for (int first = 0; first < rows; first += ROWS) {
      int from = first * stride;
      int to = Math.min(rows, first + ROWS) * stride;
      for (int c = 0; c < whole; c += L) {
        DoubleVector sum = DoubleVector.fromArray(D, s, sOff + c);
        DoubleVector dot = DoubleVector.fromArray(D, s, qOff + c);
        for (int at = from + c; at < to; at += stride) {
          DoubleVector a =
              (DoubleVector)
                  FloatVector.fromArray(H, g, gOff + at).convertShape(VectorOperators.F2D, D, 0);
          DoubleVector v =
              (DoubleVector)
                  FloatVector.fromArray(H, x, xOff + at).convertShape(VectorOperators.F2D, D, 0);
          sum = a.add(sum);
          dot = a.fma(v, dot);
        }
        DoubleVector.zero(D).add(sum).intoArray(s, sOff + c);
        DoubleVector.zero(D).add(dot).intoArray(s, qOff + c);
      }
    }
    tails.columnSlopes(
        x, xOff + whole, g, gOff + whole, rows, stride, columns - whole, s, sOff + whole);
  }

  @Override
  public void elementSlopes(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      int n,
      float mean,
      float r,
      double[] s,
      int sOff,
      int s2Off) {
    int whole = D.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      DoubleVector a =
          (DoubleVector)
              FloatVector.fromArray(H, dy, dyOff + i).convertShape(VectorOperators.F2D, D, 0);
      DoubleVector t =
          (DoubleVector)
              FloatVector.fromArray(H, x, xOff + i).convertShape(VectorOperators.F2D, D, 0);
      t =
          (DoubleVector)
              t.sub(mean)
                  .convertShape(VectorOperators.D2F, H, 0)
                  .convertShape(VectorOperators.F2D, D, 0);
      t =
          (DoubleVector)
              t.mul(r)
                  .convertShape(VectorOperators.D2F, H, 0)
                  .convertShape(VectorOperators.F2D, D, 0);
      DoubleVector.fromArray(D, s, sOff + i).add(a).intoArray(s, sOff + i);
      a.fma(t, DoubleVector.fromArray(D, s, s2Off + i)).intoArray(s, s2Off + i);
    }
    tails.elementSlopes(
        x, xOff + whole, dy, dyOff + whole, n - whole, mean, r, s, sOff + whole, s2Off + whole);
  }
}
