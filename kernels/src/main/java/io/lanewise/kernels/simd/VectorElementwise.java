package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** One skeleton throughout: whole vectors up to the loop bound, then one element at a time. */
final class VectorElementwise implements ElementwiseKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int SUM_LANES = 16;

  private final ElementwiseKernels tails = new ScalarKernels(true).elementwise();

  @Override
  public void clamp(float[] y, int yOff, int n, float min, float max) {
    FloatVector lo = FloatVector.broadcast(V, min);
    FloatVector hi = FloatVector.broadcast(V, max);
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      FloatVector.fromArray(V, y, yOff + i).min(hi).max(lo).intoArray(y, yOff + i);
    }
    for (; i < n; i++) {
      y[yOff + i] = Math.max(Math.min(y[yOff + i], max), min);
    }
  }

  @Override
  public void relu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    FloatVector zero = FloatVector.zero(V);
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      FloatVector.fromArray(V, src, srcOff + i).max(zero).intoArray(dst, dstOff + i);
    }
    for (; i < n; i++) {
      dst[dstOff + i] = Math.max(src[srcOff + i], 0f);
    }
  }

  @Override
  public void reluBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    FloatVector zero = FloatVector.zero(V);
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      VectorMask<Float> on =
          FloatVector.fromArray(V, y, yOff + i).compare(VectorOperators.GT, zero);
      zero.blend(FloatVector.fromArray(V, dy, dyOff + i), on).intoArray(dx, dxOff + i);
    }
    for (; i < n; i++) {
      dx[dxOff + i] = y[yOff + i] > 0 ? dy[dyOff + i] : 0f;
    }
  }

  @Override
  public void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    if (whole > 0) {
      wholeTanh(src, srcOff, dst, dstOff, whole);
    }
    tails.tanh(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  private static void wholeTanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.tanh(FloatVector.fromArray(V, src, srcOff + i)).intoArray(dst, dstOff + i);
    }
  }

  @Override
  public void tanhBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    FloatVector one = FloatVector.broadcast(V, 1f);
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      FloatVector t = FloatVector.fromArray(V, y, yOff + i);
      FloatVector slope = t.neg().fma(t, one);
      slope.mul(FloatVector.fromArray(V, dy, dyOff + i)).intoArray(dx, dxOff + i);
    }
    for (; i < n; i++) {
      float t = y[yOff + i];
      dx[dxOff + i] = Math.fma(-t, t, 1f) * dy[dyOff + i];
    }
  }

  @Override
  public void expShifted(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    if (whole > 0) {
      wholeExpShifted(src, srcOff, shift, dst, dstOff, whole);
    }
    tails.expShifted(src, srcOff + whole, shift, dst, dstOff + whole, n - whole);
  }

  private static void wholeExpShifted(
      float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    FloatVector s = FloatVector.broadcast(V, shift);
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i).sub(s);
      VectorMath.exp(x).intoArray(dst, dstOff + i);
    }
  }

  @Override
  public void scale(float[] y, int yOff, int n, float factor) {
    FloatVector f = FloatVector.broadcast(V, factor);
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      FloatVector.fromArray(V, y, yOff + i).mul(f).intoArray(y, yOff + i);
    }
    for (; i < n; i++) {
      y[yOff + i] *= factor;
    }
  }

  @Override
  public void add(float[] x, int xOff, float[] y, int yOff, int n) {
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      FloatVector a = FloatVector.fromArray(V, x, xOff + i);
      FloatVector.fromArray(V, y, yOff + i).add(a).intoArray(y, yOff + i);
    }
    for (; i < n; i++) {
      y[yOff + i] += x[xOff + i];
    }
  }

  @Override
  public float max(float[] x, int xOff, int n) {
    if (n < L) {
      return tails.max(x, xOff, n);
    }
    FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i < V.loopBound(n); i += L) {
      best = best.max(FloatVector.fromArray(V, x, xOff + i));
    }
    float result = best.reduceLanes(VectorOperators.MAX); // exact, so its order does not matter
    for (; i < n; i++) {
      result = Math.max(result, x[xOff + i]);
    }
    return result;
  }

  @Override
  public float sum(float[] x, int xOff, int n) {
    if (n < SUM_LANES) {
      return tails.sum(x, xOff, n);
    }
    float sum = 0;
    int whole = n - n % SUM_LANES;
    for (int lane = 0; lane < SUM_LANES; lane += L) {
      FloatVector s = FloatVector.zero(V);
      for (int i = lane; i < whole; i += SUM_LANES) {
        s = s.add(FloatVector.fromArray(V, x, xOff + i));
      }
      for (int j = 0; j < L; j++) {
        int rest = whole + lane + j;
        float partial = s.lane(j);
        sum += rest < n ? partial + x[xOff + rest] : partial;
      }
    }
    return sum;
  }
}
