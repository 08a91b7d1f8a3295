package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ActivationKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One skeleton throughout: whole vectors up to the loop bound, then the scalar kernel, which gives
 * the same bits. Each operation's receiver was made in the same iteration: see ADR 6.
 */
final class VectorActivations implements ActivationKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final float SIXTH = 1f / 6;
  private static final float THIRD = 1f / 3;

  private final ActivationKernels tails;

  VectorActivations(ActivationKernels tails) {
    this.tails = tails;
  }

  @Override
  public void clamp(float[] src, int srcOff, float[] dst, int dstOff, int n, float min, float max) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, src, srcOff + i).min(max).max(min).intoArray(dst, dstOff + i);
    }
    tails.clamp(src, srcOff + whole, dst, dstOff + whole, n - whole, min, max);
  }

  @Override
  public void pieceBackward(
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      float min,
      float max,
      float slope) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(V, y, yOff + i);
      VectorMask<Float> above = v.compare(VectorOperators.GT, min);
      VectorMask<Float> below = v.compare(VectorOperators.LT, max);
      FloatVector d = FloatVector.fromArray(V, dy, dyOff + i).mul(slope);
      FloatVector zero = FloatVector.zero(V);
      FloatVector kept = zero.blend(d, above);
      FloatVector.zero(V).blend(kept, below).intoArray(dx, dxOff + i);
    }
    tails.pieceBackward(
        y, yOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole, min, max, slope);
  }

  @Override
  public void relu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, src, srcOff + i).max(0f).intoArray(dst, dstOff + i);
    }
    tails.relu(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void reluBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      VectorMask<Float> on = FloatVector.fromArray(V, y, yOff + i).compare(VectorOperators.GT, 0f);
      FloatVector zero = FloatVector.zero(V);
      zero.blend(FloatVector.fromArray(V, dy, dyOff + i), on).intoArray(dx, dxOff + i);
    }
    tails.reluBackward(y, yOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }

  @Override
  public void leakyRelu(float[] src, int srcOff, float[] dst, int dstOff, int n, float slope) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(V, src, srcOff + i);
      v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
    tails.leakyRelu(src, srcOff + whole, dst, dstOff + whole, n - whole, slope);
  }

  @Override
  public void leakyReluBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float slope) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      VectorMask<Float> on = FloatVector.fromArray(V, x, xOff + i).compare(VectorOperators.GT, 0f);
      FloatVector d = FloatVector.fromArray(V, dy, dyOff + i);
      d.mul(slope).blend(d, on).intoArray(dx, dxOff + i);
    }
    tails.leakyReluBackward(
        x, xOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole, slope);
  }

  @Override
  public void hardSigmoid(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float alpha, float beta) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector line = v.fma(FloatVector.broadcast(V, alpha), FloatVector.broadcast(V, beta));
      line.min(1f).max(0f).intoArray(dst, dstOff + i);
    }
    tails.hardSigmoid(src, srcOff + whole, dst, dstOff + whole, n - whole, alpha, beta);
  }

  @Override
  public void hardSwish(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector z = FloatVector.fromArray(V, src, srcOff + i).max(-3f);
      z.mul(z.add(3f).mul(SIXTH).min(1f)).intoArray(dst, dstOff + i);
    }
    tails.hardSwish(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void hardSwishBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(V, x, xOff + i);
      FloatVector middle = v.add(1.5f).mul(THIRD);
      FloatVector right = middle.blend(1f, v.compare(VectorOperators.GE, 3f));
      FloatVector slope = right.blend(0f, v.compare(VectorOperators.LE, -3f));
      slope.mul(FloatVector.fromArray(V, dy, dyOff + i)).intoArray(dx, dxOff + i);
    }
    tails.hardSwishBackward(x, xOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }

  @Override
  public void sigmoid(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    VectorMath.logistic(src, srcOff, dst, dstOff, whole, 1f, 1f);
    tails.sigmoid(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void sigmoidBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector s = FloatVector.fromArray(V, y, yOff + i);
      FloatVector slope = s.neg().fma(s, s);
      slope.mul(FloatVector.fromArray(V, dy, dyOff + i)).intoArray(dx, dxOff + i);
    }
    tails.sigmoidBackward(y, yOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }

  @Override
  public void silu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    float inf = Float.POSITIVE_INFINITY;
    VectorMath.logistic(src, srcOff, dst, dstOff, whole, -inf, inf);
    tails.silu(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void siluBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    int whole = V.loopBound(n);
    VectorMath.siluBackward(x, xOff, dy, dyOff, dx, dxOff, whole);
    tails.siluBackward(x, xOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }

  @Override
  public void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    VectorMath.tanh(src, srcOff, dst, dstOff, whole);
    tails.tanh(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }

  @Override
  public void tanhBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector t = FloatVector.fromArray(V, y, yOff + i);
      FloatVector slope = t.neg().fma(t, FloatVector.broadcast(V, 1f));
      slope.mul(FloatVector.fromArray(V, dy, dyOff + i)).intoArray(dx, dxOff + i);
    }
    tails.tanhBackward(y, yOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }
}
