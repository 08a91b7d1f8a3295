package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.NormLines;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Whole vectors, then the scalar kernel, which gives the same bits. */
final class VectorNormLines implements NormLines {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final NormLines tails;

  VectorNormLines(NormLines tails) {
    this.tails = tails;
  }

  @Override
  public void affine(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int n,
      float mean,
      float a,
      float b,
      float lo,
      float hi) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v =
          FloatVector.fromArray(V, x, xOff + i)
              .sub(mean)
              .fma(FloatVector.broadcast(V, a), FloatVector.broadcast(V, b));
      FloatVector u = v.blend(lo, v.compare(VectorOperators.LE, lo));
      u.blend(hi, u.compare(VectorOperators.GE, hi)).intoArray(y, yOff + i);
    }
    int left = n - whole;
    if (left > 0 && whole > 0 && isApart(x, xOff, y, yOff)) {
      int i = n - L; // a last vector that computes some again
      affine(x, xOff + i, y, yOff + i, L, mean, a, b, lo, hi);
    } else if (left > 0) {
      tails.affine(x, xOff + whole, y, yOff + whole, left, mean, a, b, lo, hi);
    }
  }

  /** Whether what is read is not what is written. */
  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  private static boolean isApart(float[] x, int xOff, float[] y, int yOff) {
    return x != y || xOff != yOff;
  }

  @Override
  public void columnAffine(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    int whole = V.loopBound(columns);
    affineRows(x, xOff, y, yOff, rows, stride, whole, p, pOff, lo, hi);
    int left = columns - whole;
    if (left > 0 && whole > 0 && isApart(x, xOff, y, yOff)) {
      int c = columns - L; // a last vector that computes some again
      affineRows(x, xOff + c, y, yOff + c, rows, stride, L, p, pOff + c, lo, hi);
    } else if (left > 0) {
      int c = whole;
      tails.columnAffine(x, xOff + c, y, yOff + c, rows, stride, left, p, pOff + c, lo, hi);
    }
  }

  private static void affineRows(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int rows,
      int stride,
      int whole,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    int aOff = pOff + stride;
    int bOff = aOff + stride;
    for (int r = 0; r < rows; r++) {
      int from = xOff + r * stride;
      int to = yOff + r * stride;
      for (int c = 0; c < whole; c += L) {
        FloatVector v =
            FloatVector.fromArray(V, x, from + c)
                .sub(FloatVector.fromArray(V, p, pOff + c))
                .fma(FloatVector.fromArray(V, p, aOff + c), FloatVector.fromArray(V, p, bOff + c));
        FloatVector u = v.blend(lo, v.compare(VectorOperators.LE, lo));
        u.blend(hi, u.compare(VectorOperators.GE, hi)).intoArray(y, to + c);
      }
    }
  }

  @Override
  public void weighted(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int n,
      float mean,
      float r,
      float[] w,
      int wOff,
      float[] b,
      int bOff) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, x, xOff + i)
          .sub(mean)
          .mul(r)
          .fma(FloatVector.fromArray(V, w, wOff + i), FloatVector.fromArray(V, b, bOff + i))
          .intoArray(y, yOff + i);
    }
    tails.weighted(
        x, xOff + whole, y, yOff + whole, n - whole, mean, r, w, wOff + whole, b, bOff + whole);
  }

  @Override
  public void gradient(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      int n,
      float mean,
      float b,
      float a,
      float c) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector rest =
          FloatVector.fromArray(V, g, gOff + i)
              .fma(FloatVector.broadcast(V, a), FloatVector.broadcast(V, c));
      FloatVector.fromArray(V, x, xOff + i)
          .sub(mean)
          .fma(FloatVector.broadcast(V, b), rest)
          .intoArray(dx, dxOff + i);
    }
    tails.gradient(x, xOff + whole, g, gOff + whole, dx, dxOff + whole, n - whole, mean, b, a, c);
  }

  @Override
  public void weightedGradient(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] w,
      int wOff,
      float[] dx,
      int dxOff,
      int n,
      float mean,
      float b,
      float a,
      float c) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector rest =
          FloatVector.fromArray(V, dy, dyOff + i)
              .mul(FloatVector.fromArray(V, w, wOff + i))
              .fma(FloatVector.broadcast(V, a), FloatVector.broadcast(V, c));
      FloatVector.fromArray(V, x, xOff + i)
          .sub(mean)
          .fma(FloatVector.broadcast(V, b), rest)
          .intoArray(dx, dxOff + i);
    }
    tails.weightedGradient(
        x,
        xOff + whole,
        dy,
        dyOff + whole,
        w,
        wOff + whole,
        dx,
        dxOff + whole,
        n - whole,
        mean,
        b,
        a,
        c);
  }

  @Override
  public void columnGradient(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff) {
    int whole = V.loopBound(columns);
    int bOff = pOff + stride;
    int aOff = bOff + stride;
    int cOff = aOff + stride;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      for (int c = 0; c < whole; c += L) {
        FloatVector rest =
            FloatVector.fromArray(V, g, gOff + at + c)
                .fma(FloatVector.fromArray(V, p, aOff + c), FloatVector.fromArray(V, p, cOff + c));
        FloatVector.fromArray(V, x, xOff + at + c)
            .sub(FloatVector.fromArray(V, p, pOff + c))
            .fma(FloatVector.fromArray(V, p, bOff + c), rest)
            .intoArray(dx, dxOff + at + c);
      }
    }
    int left = columns - whole;
    if (left > 0) {
      tails.columnGradient(
          x, xOff + whole, g, gOff + whole, dx, dxOff + whole, rows, stride, left, p, pOff + whole);
    }
  }

  @Override
  public void gate(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      int n,
      float mean,
      float a,
      float b,
      float lo,
      float hi) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v =
          FloatVector.fromArray(V, x, xOff + i)
              .sub(mean)
              .fma(FloatVector.broadcast(V, a), FloatVector.broadcast(V, b));
      VectorMask<Float> open =
          v.compare(VectorOperators.GT, lo).and(v.compare(VectorOperators.LT, hi));
      FloatVector.broadcast(V, 0f)
          .blend(FloatVector.fromArray(V, dy, dyOff + i), open)
          .intoArray(g, gOff + i);
    }
    int left = n - whole;
    if (left > 0 && whole > 0 && isApart(dy, dyOff, g, gOff)) {
      int i = n - L; // a last vector that computes some again
      gate(x, xOff + i, dy, dyOff + i, g, gOff + i, L, mean, a, b, lo, hi);
    } else if (left > 0) {
      int i = whole;
      tails.gate(x, xOff + i, dy, dyOff + i, g, gOff + i, left, mean, a, b, lo, hi);
    }
  }

  @Override
  public void columnGate(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    int whole = V.loopBound(columns);
    int aOff = pOff + stride;
    int bOff = aOff + stride;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      for (int c = 0; c < whole; c += L) {
        FloatVector v =
            FloatVector.fromArray(V, x, xOff + at + c)
                .sub(FloatVector.fromArray(V, p, pOff + c))
                .fma(FloatVector.fromArray(V, p, aOff + c), FloatVector.fromArray(V, p, bOff + c));
        VectorMask<Float> open =
            v.compare(VectorOperators.GT, lo).and(v.compare(VectorOperators.LT, hi));
        FloatVector.broadcast(V, 0f)
            .blend(FloatVector.fromArray(V, dy, dyOff + at + c), open)
            .intoArray(g, gOff + at + c);
      }
    }
    int left = columns - whole;
    if (left > 0) {
      int c = whole;
      tails.columnGate(
          x, xOff + c, dy, dyOff + c, g, gOff + c, rows, stride, left, p, pOff + c, lo, hi);
    }
  }
}
