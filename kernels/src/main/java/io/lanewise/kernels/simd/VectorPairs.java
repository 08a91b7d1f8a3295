package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PairStep;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Whole vectors, then the scalar kernel, which gives the same bits; see ADR 6. */
final class VectorPairs implements PairKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final PairKernels tails;

  VectorPairs(PairKernels tails) {
    this.tails = tails;
  }

  @Override
  public void run(
      PairStep step,
      float p,
      float q,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] dst,
      int dstOff,
      int n) {
    int whole = V.loopBound(n);
    switch (step) {
      case ADD -> add(a, aOff, b, bOff, dst, dstOff, whole);
      case MULTIPLY -> multiply(a, aOff, b, bOff, dst, dstOff, whole);
      case REMAINDER -> remainder(a, aOff, b, bOff, dst, dstOff, whole);
      case MARGIN -> margin(a, aOff, b, bOff, dst, dstOff, whole);
      case LEAKY -> leaky(a, aOff, b, bOff, dst, dstOff, whole);
      case LEAKY_SLOPE -> leakySlope(a, aOff, b, bOff, dst, dstOff, whole);
      case WHERE_NOT_POSITIVE -> whereNotPositive(a, aOff, b, bOff, dst, dstOff, whole);
      case COMBINE -> combine(p, q, a, aOff, b, bOff, dst, dstOff, whole);
      case LINE -> line(p, q, a, aOff, dst, dstOff, whole);
      case DIFFERENCE -> difference(p, q, a, aOff, b, bOff, dst, dstOff, whole);
      case SQUARE -> square(p, a, aOff, b, bOff, dst, dstOff, whole);
      case ABSOLUTE -> absolute(a, aOff, b, bOff, dst, dstOff, whole);
      case SIGN -> sign(a, aOff, b, bOff, dst, dstOff, whole);
      case HUBER -> huber(p, a, aOff, b, bOff, dst, dstOff, whole);
      case HUBER_SLOPE -> huberSlope(p, a, aOff, b, bOff, dst, dstOff, whole);
      case HINGE -> hinge(p, a, aOff, b, bOff, dst, dstOff, whole);
      case HINGE_SLOPE -> hingeSlope(p, a, aOff, b, bOff, dst, dstOff, whole);
      case ENTROPY -> entropy(a, aOff, b, bOff, dst, dstOff, whole);
      case LIKELIHOOD_SLOPE -> likelihoodSlope(a, aOff, b, bOff, dst, dstOff, whole);
    }
    tails.run(step, p, q, a, aOff + whole, b, bOff + whole, dst, dstOff + whole, n - whole);
  }

  private static void add(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.add(y).intoArray(dst, dstOff + i);
    }
  }

  private static void multiply(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(y).intoArray(dst, dstOff + i);
    }
  }

  private static void remainder(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(FloatVector.broadcast(V, 1f).sub(y)).intoArray(dst, dstOff + i);
    }
  }

  private static void margin(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(FloatVector.broadcast(V, 1f).sub(y.mul(2f))).intoArray(dst, dstOff + i);
    }
  }

  private static void combine(
      float p, float q, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(p).add(y.mul(q)).intoArray(dst, dstOff + i);
    }
  }

  private static void line(float p, float q, float[] a, int aOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      x.mul(p).add(q).intoArray(dst, dstOff + i);
    }
  }

  private static void difference(
      float p, float q, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.sub(y).add(p).mul(q).intoArray(dst, dstOff + i);
    }
  }

  private static void square(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      FloatVector d = x.sub(y).add(p);
      d.mul(d).intoArray(dst, dstOff + i);
    }
  }

  private static void absolute(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.sub(y).abs().intoArray(dst, dstOff + i);
    }
  }

  private static void sign(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      FloatVector d = x.sub(y);
      FloatVector s = d.blend(1f, d.compare(VectorOperators.GT, 0f));
      s = s.blend(-1f, d.compare(VectorOperators.LT, 0f));
      s.blend(0f, d.compare(VectorOperators.EQ, 0f)).intoArray(dst, dstOff + i);
    }
  }

  private static void huber(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      FloatVector d = x.sub(y).abs();
      FloatVector far = d.sub(0.5f * p).mul(p);
      far.blend(d.mul(0.5f).mul(d), d.compare(VectorOperators.LE, p)).intoArray(dst, dstOff + i);
    }
  }

  private static void huberSlope(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.sub(y).max(-p).min(p).intoArray(dst, dstOff + i);
    }
  }

  private static void hinge(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      FloatVector.broadcast(V, p).sub(x.mul(y)).max(0f).intoArray(dst, dstOff + i);
    }
  }

  private static void hingeSlope(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      FloatVector h = FloatVector.broadcast(V, p).sub(x.mul(y));
      FloatVector s = h.blend(0f, h.compare(VectorOperators.LE, 0f));
      s.blend(y.neg(), h.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
  }

  private static void entropy(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(y).blend(0f, y.compare(VectorOperators.EQ, 0f)).intoArray(dst, dstOff + i);
    }
  }

  private static void likelihoodSlope(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.sub(y)
          .div(x.mul(FloatVector.broadcast(V, 1f).sub(x)).max(1e-12f))
          .intoArray(dst, dstOff + i);
    }
  }

  private static void leaky(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(y).blend(x, x.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
  }

  private static void leakySlope(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      y.blend(1f, x.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
  }

  private static void whereNotPositive(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.mul(y).blend(0f, x.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
  }
}
