package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.LrnKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Whole vectors, then the scalar kernel, which gives the same bits. */
final class VectorLrn implements LrnKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final LrnKernels tails;

  VectorLrn(LrnKernels tails) {
    this.tails = tails;
  }

  @Override
  public void rapidForward(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int xOff,
      int n,
      float k,
      float alpha,
      float[] y,
      int yOff) {
    if (n < L) {
      tails.rapidForward(src, srcOff, taps, step, xOff, n, k, alpha, y, yOff);
    } else if (taps == 5) {
      int whole = V.loopBound(n);
      ofFive(src, srcOff, step, xOff, whole, k, alpha, y, yOff);
      int i = n - L; // a last vector that computes some again
      if (whole < n) {
        ofFive(src, srcOff + i, step, xOff + i, L, k, alpha, y, yOff + i);
      }
    } else {
      squares(src, srcOff, taps, step, n, false, k, alpha, y, yOff);
      rapid(y, yOff, y, yOff, n);
      product(src, xOff, y, yOff, y, yOff, n);
    }
  }

  /** Whole vectors of the usual window: C2 does not unroll a loop over its taps. */
  private static void ofFive(
      float[] src,
      int srcOff,
      int step,
      int xOff,
      int n,
      float k,
      float alpha,
      float[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      FloatVector x0 = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector x1 = FloatVector.fromArray(V, src, srcOff + i + step);
      FloatVector x2 = FloatVector.fromArray(V, src, srcOff + i + 2 * step);
      FloatVector x3 = FloatVector.fromArray(V, src, srcOff + i + 3 * step);
      FloatVector x4 = FloatVector.fromArray(V, src, srcOff + i + 4 * step);
      FloatVector sum = x0.fma(x0, FloatVector.zero(V));
      sum = x4.fma(x4, x3.fma(x3, x2.fma(x2, x1.fma(x1, sum))));
      FloatVector s = sum.fma(FloatVector.broadcast(V, alpha), FloatVector.broadcast(V, k));
      FloatVector r =
          FloatVector.broadcast(V, 0f)
              .reinterpretAsInts()
              .add(ROOT_GUESS)
              .sub(s.reinterpretAsInts().lanewise(VectorOperators.ASHR, 2))
              .reinterpretAsFloats();
      FloatVector r2 = r.mul(r);
      FloatVector e = s.mul(r2).neg().fma(r2, FloatVector.broadcast(V, 1f));
      FloatVector q = e.fma(FloatVector.broadcast(V, POWER_5), FloatVector.broadcast(V, POWER_4));
      q = q.fma(e, FloatVector.broadcast(V, POWER_3));
      q = q.fma(e, FloatVector.broadcast(V, POWER_2));
      q = q.fma(e, FloatVector.broadcast(V, POWER_1));
      q = q.fma(e, FloatVector.broadcast(V, 1f));
      r2.mul(r)
          .mul(q)
          .blend(0f, s.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
          .mul(FloatVector.fromArray(V, src, xOff + i))
          .intoArray(y, yOff + i);
    }
  }

  @Override
  public void rapid(float[] s, int sOff, float[] p, int pOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(V, s, sOff + i);
      FloatVector r =
          FloatVector.broadcast(V, 0f)
              .reinterpretAsInts()
              .add(ROOT_GUESS)
              .sub(u.reinterpretAsInts().lanewise(VectorOperators.ASHR, 2))
              .reinterpretAsFloats();
      FloatVector r2 = r.mul(r);
      FloatVector e = u.mul(r2).neg().fma(r2, FloatVector.broadcast(V, 1f));
      FloatVector q = e.fma(FloatVector.broadcast(V, POWER_5), FloatVector.broadcast(V, POWER_4));
      q = q.fma(e, FloatVector.broadcast(V, POWER_3));
      q = q.fma(e, FloatVector.broadcast(V, POWER_2));
      q = q.fma(e, FloatVector.broadcast(V, POWER_1));
      q = q.fma(e, FloatVector.broadcast(V, 1f));
      r2.mul(r)
          .mul(q)
          .blend(0f, u.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
          .intoArray(p, pOff + i);
    }
    tails.rapid(s, sOff + whole, p, pOff + whole, n - whole);
  }

  @Override
  public void squares(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int n,
      boolean more,
      float k,
      float alpha,
      float[] s,
      int sOff) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector sum = more ? FloatVector.fromArray(V, s, sOff + i) : FloatVector.broadcast(V, 0f);
      for (int t = 0, at = srcOff + i; t < taps; t++, at += step) {
        FloatVector x = FloatVector.fromArray(V, src, at);
        sum = x.fma(x, sum);
      }
      FloatVector.broadcast(V, -0f)
          .add(sum)
          .fma(FloatVector.broadcast(V, alpha), FloatVector.broadcast(V, k))
          .intoArray(s, sOff + i);
    }
    int left = n - whole;
    if (left > 0 && whole > 0 && !more) { // a last vector that computes some again
      int i = n - L;
      squares(src, srcOff + i, taps, step, L, false, k, alpha, s, sOff + i);
    } else if (left > 0) {
      tails.squares(src, srcOff + whole, taps, step, left, more, k, alpha, s, sOff + whole);
    }
  }

  @Override
  public void sums(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int n,
      boolean more,
      float k,
      float alpha,
      float[] s,
      int sOff) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector sum = more ? FloatVector.fromArray(V, s, sOff + i) : FloatVector.broadcast(V, 0f);
      for (int t = 0, at = srcOff + i; t < taps; t++, at += step) {
        sum = FloatVector.fromArray(V, src, at).add(sum);
      }
      FloatVector.broadcast(V, -0f)
          .add(sum)
          .fma(FloatVector.broadcast(V, alpha), FloatVector.broadcast(V, k))
          .intoArray(s, sOff + i);
    }
    int left = n - whole;
    if (left > 0 && whole > 0 && !more) { // a last vector that computes some again
      int i = n - L;
      sums(src, srcOff + i, taps, step, L, false, k, alpha, s, sOff + i);
    } else if (left > 0) {
      tails.sums(src, srcOff + whole, taps, step, left, more, k, alpha, s, sOff + whole);
    }
  }

  @Override
  public void power(int quarters, float[] s, int sOff, float[] p, int pOff, int n) {
    int whole = V.loopBound(n);
    switch (quarters) {
      case 2 -> half(s, sOff, p, pOff, whole);
      case 3 -> threeQuarters(s, sOff, p, pOff, whole);
      default -> one(s, sOff, p, pOff, whole);
    }
    tails.power(quarters, s, sOff + whole, p, pOff + whole, n - whole);
  }

  private static void half(float[] s, int sOff, float[] p, int pOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(V, s, sOff + i);
      FloatVector.broadcast(V, 1f).div(u.sqrt()).intoArray(p, pOff + i);
    }
  }

  private static void threeQuarters(float[] s, int sOff, float[] p, int pOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector root = FloatVector.fromArray(V, s, sOff + i).sqrt();
      FloatVector.broadcast(V, 1f).div(root.mul(root.sqrt())).intoArray(p, pOff + i);
    }
  }

  private static void one(float[] s, int sOff, float[] p, int pOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(V, s, sOff + i);
      FloatVector.broadcast(V, 1f).div(u).intoArray(p, pOff + i);
    }
  }

  @Override
  public void product(float[] x, int xOff, float[] p, int pOff, float[] y, int yOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, x, xOff + i)
          .mul(FloatVector.fromArray(V, p, pOff + i))
          .intoArray(y, yOff + i);
    }
    tails.product(x, xOff + whole, p, pOff + whole, y, yOff + whole, n - whole);
  }

  @Override
  public void inner(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] p,
      int pOff,
      float[] s,
      int sOff,
      float[] q,
      int qOff,
      int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector ratio =
          FloatVector.fromArray(V, p, pOff + i).div(FloatVector.fromArray(V, s, sOff + i));
      FloatVector.fromArray(V, dy, dyOff + i)
          .mul(FloatVector.fromArray(V, x, xOff + i))
          .mul(ratio)
          .intoArray(q, qOff + i);
    }
    tails.inner(
        x,
        xOff + whole,
        dy,
        dyOff + whole,
        p,
        pOff + whole,
        s,
        sOff + whole,
        q,
        qOff + whole,
        n - whole);
  }

  @Override
  public void gradient(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] p,
      int pOff,
      float[] sum,
      int sumOff,
      float factor,
      float[] dx,
      int dxOff,
      int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector direct =
          FloatVector.fromArray(V, dy, dyOff + i).mul(FloatVector.fromArray(V, p, pOff + i));
      FloatVector.fromArray(V, sum, sumOff + i)
          .mul(FloatVector.fromArray(V, x, xOff + i))
          .fma(FloatVector.broadcast(V, factor), direct)
          .intoArray(dx, dxOff + i);
    }
    tails.gradient(
        x,
        xOff + whole,
        dy,
        dyOff + whole,
        p,
        pOff + whole,
        sum,
        sumOff + whole,
        factor,
        dx,
        dxOff + whole,
        n - whole);
  }
}
