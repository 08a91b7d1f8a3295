package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ElementwiseKernels;

/** Plain loops, written so that C2 can turn those without calls into vectors. */
final class ScalarElementwise implements ElementwiseKernels {
  private static final int SUM_LANES = 16;

  private final ScalarMath math;

  ScalarElementwise(boolean fma) {
    this.math = new ScalarMath(fma);
  }

  @Override
  public float exponentials(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = math.exp(src[srcOff + i] - shift);
    }
    return sum(dst, dstOff, n);
  }

  @Override
  public void scale(float[] y, int yOff, int n, float factor) {
    for (int i = yOff; i < yOff + n; i++) {
      y[i] *= factor;
    }
  }

  @Override
  public void add(float[] x, int xOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] += x[xOff + i];
    }
  }

  @Override
  public float max(float[] x, int xOff, int n) {
    float best = Float.NEGATIVE_INFINITY;
    for (int i = xOff; i < xOff + n; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  @Override
  public int placeOfMax(float[] x, int xOff, int n) {
    int place = 0;
    for (int i = 0; i < n; i++) {
      float v = x[xOff + i];
      if (Float.isNaN(v)) {
        return i;
      }
      place = v > x[xOff + place] ? i : place;
    }
    return place;
  }

  @Override
  public int placeOfMin(float[] x, int xOff, int n) {
    int place = 0;
    for (int i = 0; i < n; i++) {
      float v = x[xOff + i];
      if (Float.isNaN(v)) {
        return i;
      }
      place = v < x[xOff + place] ? i : place;
    }
    return place;
  }

  @Override
  public float sum(float[] x, int xOff, int n) {
    float sum = 0;
    int whole = n - n % SUM_LANES;
    for (int lane = 0; lane < SUM_LANES; lane += 4) { // four chains of additions overlap
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      int at = xOff + lane;
      for (; at < xOff + whole; at += SUM_LANES) {
        s0 += x[at];
        s1 += x[at + 1];
        s2 += x[at + 2];
        s3 += x[at + 3];
      }
      int rest = xOff + n - at;
      s0 += rest > 0 ? x[at] : 0;
      s1 += rest > 1 ? x[at + 1] : 0;
      s2 += rest > 2 ? x[at + 2] : 0;
      s3 += rest > 3 ? x[at + 3] : 0;
      sum = sum + s0 + s1 + s2 + s3;
    }
    return sum;
  }
}
