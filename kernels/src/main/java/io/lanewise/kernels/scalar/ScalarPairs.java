package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PairStep;

/** Plain loops, written so that C2 can turn them into vectors. */
final class ScalarPairs implements PairKernels {
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
    switch (step) {
      case ADD -> add(a, aOff, b, bOff, dst, dstOff, n);
      case MULTIPLY -> multiply(a, aOff, b, bOff, dst, dstOff, n);
      case REMAINDER -> remainder(a, aOff, b, bOff, dst, dstOff, n);
      case MARGIN -> margin(a, aOff, b, bOff, dst, dstOff, n);
      case LEAKY -> leaky(a, aOff, b, bOff, dst, dstOff, n);
      case LEAKY_SLOPE -> leakySlope(a, aOff, b, bOff, dst, dstOff, n);
      case WHERE_NOT_POSITIVE -> whereNotPositive(a, aOff, b, bOff, dst, dstOff, n);
      case COMBINE -> combine(p, q, a, aOff, b, bOff, dst, dstOff, n);
      case LINE -> line(p, q, a, aOff, dst, dstOff, n);
      case DIFFERENCE -> difference(p, q, a, aOff, b, bOff, dst, dstOff, n);
      case SQUARE -> square(p, a, aOff, b, bOff, dst, dstOff, n);
      case ABSOLUTE -> absolute(a, aOff, b, bOff, dst, dstOff, n);
      case SIGN -> sign(a, aOff, b, bOff, dst, dstOff, n);
      case HUBER -> huber(p, a, aOff, b, bOff, dst, dstOff, n);
      case HUBER_SLOPE -> huberSlope(p, a, aOff, b, bOff, dst, dstOff, n);
      case HINGE -> hinge(p, a, aOff, b, bOff, dst, dstOff, n);
      case HINGE_SLOPE -> hingeSlope(p, a, aOff, b, bOff, dst, dstOff, n);
      case ENTROPY -> entropy(a, aOff, b, bOff, dst, dstOff, n);
      case LIKELIHOOD_SLOPE -> likelihoodSlope(a, aOff, b, bOff, dst, dstOff, n);
    }
  }

  private static void add(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] + b[bOff + i];
    }
  }

  private static void multiply(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] * b[bOff + i];
    }
  }

  private static void remainder(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] * (1f - b[bOff + i]);
    }
  }

  private static void margin(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] * (1f - 2f * b[bOff + i]);
    }
  }

  private static void combine(
      float p, float q, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = p * a[aOff + i] + q * b[bOff + i];
    }
  }

  private static void line(float p, float q, float[] a, int aOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = p * a[aOff + i] + q;
    }
  }

  private static void difference(
      float p, float q, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = (a[aOff + i] - b[bOff + i] + p) * q;
    }
  }

  private static void square(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float d = a[aOff + i] - b[bOff + i] + p;
      dst[dstOff + i] = d * d;
    }
  }

  private static void absolute(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Math.abs(a[aOff + i] - b[bOff + i]);
    }
  }

  private static void sign(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float d = a[aOff + i] - b[bOff + i];
      dst[dstOff + i] = d > 0 ? 1f : d < 0 ? -1f : d == 0 ? 0f : d;
    }
  }

  private static void huber(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float d = Math.abs(a[aOff + i] - b[bOff + i]);
      dst[dstOff + i] = d <= p ? 0.5f * d * d : p * (d - 0.5f * p);
    }
  }

  private static void huberSlope(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Math.min(p, Math.max(-p, a[aOff + i] - b[bOff + i]));
    }
  }

  private static void hinge(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Math.max(0f, p - a[aOff + i] * b[bOff + i]);
    }
  }

  private static void hingeSlope(
      float p, float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float h = p - a[aOff + i] * b[bOff + i];
      dst[dstOff + i] = h > 0 ? -b[bOff + i] : h <= 0 ? 0f : h;
    }
  }

  private static void entropy(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = b[bOff + i] == 0 ? 0f : a[aOff + i] * b[bOff + i];
    }
  }

  private static void likelihoodSlope(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] =
          (a[aOff + i] - b[bOff + i]) / Math.max(a[aOff + i] * (1f - a[aOff + i]), 1e-12f);
    }
  }

  private static void leaky(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] > 0 ? a[aOff + i] : a[aOff + i] * b[bOff + i];
    }
  }

  private static void leakySlope(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] > 0 ? 1f : b[bOff + i];
    }
  }

  private static void whereNotPositive(
      float[] a, int aOff, float[] b, int bOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = a[aOff + i] > 0 ? 0f : a[aOff + i] * b[bOff + i];
    }
  }
}
