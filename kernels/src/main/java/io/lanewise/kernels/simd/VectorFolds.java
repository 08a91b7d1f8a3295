package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.Fold;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Columns into one number each, lanes on columns, and selection by a mask. Columns go in strips of
 * four vectors, then of one: a strip's results stay in registers over all rows. See ADR 6 for what
 * is done to them last, which changes nothing. The rest of the columns is left to the scalar
 * kernel, which gives the same bits.
 */
final class VectorFolds {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final ArithmeticKernels tails;

  VectorFolds(ArithmeticKernels tails) {
    this.tails = tails;
  }

  void foldRows(Fold f, float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff, int n) {
    int j = 0;
    for (; j + 4 * L <= n; j += 4 * L) {
      switch (f) {
        case SUM -> sum4(src, srcOff + j, rows, ld, dst, dstOff + j);
        case SUM_OF_MAGNITUDES -> magnitudes4(src, srcOff + j, rows, ld, dst, dstOff + j);
        case SUM_OF_SQUARES -> squares4(src, srcOff + j, rows, ld, dst, dstOff + j);
        case MAX -> max4(src, srcOff + j, rows, ld, dst, dstOff + j);
        case MIN -> min4(src, srcOff + j, rows, ld, dst, dstOff + j);
      }
    }
    for (; j + L <= n; j += L) {
      switch (f) {
        case SUM -> sum(src, srcOff + j, rows, ld, dst, dstOff + j);
        case SUM_OF_MAGNITUDES -> magnitudes(src, srcOff + j, rows, ld, dst, dstOff + j);
        case SUM_OF_SQUARES -> squares(src, srcOff + j, rows, ld, dst, dstOff + j);
        case MAX -> max(src, srcOff + j, rows, ld, dst, dstOff + j);
        case MIN -> min(src, srcOff + j, rows, ld, dst, dstOff + j);
      }
    }
    if (j < n) {
      tails.foldRows(f, src, srcOff + j, rows, ld, dst, dstOff + j, n - j);
    }
  }

  private static void sum4(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, 0f);
    FloatVector s1 = FloatVector.broadcast(V, 0f);
    FloatVector s2 = FloatVector.broadcast(V, 0f);
    FloatVector s3 = FloatVector.broadcast(V, 0f);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x0 = FloatVector.fromArray(V, src, at);
      FloatVector x1 = FloatVector.fromArray(V, src, at + L);
      FloatVector x2 = FloatVector.fromArray(V, src, at + 2 * L);
      FloatVector x3 = FloatVector.fromArray(V, src, at + 3 * L);
      s0 = x0.add(s0);
      s1 = x1.add(s1);
      s2 = x2.add(s2);
      s3 = x3.add(s3);
    }
    FloatVector.broadcast(V, -0f).add(s0).intoArray(dst, dstOff);
    FloatVector.broadcast(V, -0f).add(s1).intoArray(dst, dstOff + L);
    FloatVector.broadcast(V, -0f).add(s2).intoArray(dst, dstOff + 2 * L);
    FloatVector.broadcast(V, -0f).add(s3).intoArray(dst, dstOff + 3 * L);
  }

  private static void sum(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, 0f);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x = FloatVector.fromArray(V, src, at);
      s0 = x.add(s0);
    }
    FloatVector.broadcast(V, -0f).add(s0).intoArray(dst, dstOff);
  }

  private static void magnitudes4(
      float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, 0f);
    FloatVector s1 = FloatVector.broadcast(V, 0f);
    FloatVector s2 = FloatVector.broadcast(V, 0f);
    FloatVector s3 = FloatVector.broadcast(V, 0f);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x0 = FloatVector.fromArray(V, src, at);
      FloatVector x1 = FloatVector.fromArray(V, src, at + L);
      FloatVector x2 = FloatVector.fromArray(V, src, at + 2 * L);
      FloatVector x3 = FloatVector.fromArray(V, src, at + 3 * L);
      s0 = x0.abs().add(s0);
      s1 = x1.abs().add(s1);
      s2 = x2.abs().add(s2);
      s3 = x3.abs().add(s3);
    }
    FloatVector.broadcast(V, -0f).add(s0).intoArray(dst, dstOff);
    FloatVector.broadcast(V, -0f).add(s1).intoArray(dst, dstOff + L);
    FloatVector.broadcast(V, -0f).add(s2).intoArray(dst, dstOff + 2 * L);
    FloatVector.broadcast(V, -0f).add(s3).intoArray(dst, dstOff + 3 * L);
  }

  private static void magnitudes(
      float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, 0f);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x = FloatVector.fromArray(V, src, at);
      s0 = x.abs().add(s0);
    }
    FloatVector.broadcast(V, -0f).add(s0).intoArray(dst, dstOff);
  }

  private static void squares4(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, 0f);
    FloatVector s1 = FloatVector.broadcast(V, 0f);
    FloatVector s2 = FloatVector.broadcast(V, 0f);
    FloatVector s3 = FloatVector.broadcast(V, 0f);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x0 = FloatVector.fromArray(V, src, at);
      FloatVector x1 = FloatVector.fromArray(V, src, at + L);
      FloatVector x2 = FloatVector.fromArray(V, src, at + 2 * L);
      FloatVector x3 = FloatVector.fromArray(V, src, at + 3 * L);
      s0 = x0.fma(x0, s0);
      s1 = x1.fma(x1, s1);
      s2 = x2.fma(x2, s2);
      s3 = x3.fma(x3, s3);
    }
    FloatVector.broadcast(V, -0f).add(s0).intoArray(dst, dstOff);
    FloatVector.broadcast(V, -0f).add(s1).intoArray(dst, dstOff + L);
    FloatVector.broadcast(V, -0f).add(s2).intoArray(dst, dstOff + 2 * L);
    FloatVector.broadcast(V, -0f).add(s3).intoArray(dst, dstOff + 3 * L);
  }

  private static void squares(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, 0f);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x = FloatVector.fromArray(V, src, at);
      s0 = x.fma(x, s0);
    }
    FloatVector.broadcast(V, -0f).add(s0).intoArray(dst, dstOff);
  }

  private static void max4(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector s1 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector s2 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector s3 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x0 = FloatVector.fromArray(V, src, at);
      FloatVector x1 = FloatVector.fromArray(V, src, at + L);
      FloatVector x2 = FloatVector.fromArray(V, src, at + 2 * L);
      FloatVector x3 = FloatVector.fromArray(V, src, at + 3 * L);
      s0 = x0.max(s0);
      s1 = x1.max(s1);
      s2 = x2.max(s2);
      s3 = x3.max(s3);
    }
    FloatVector.broadcast(V, Float.NEGATIVE_INFINITY).max(s0).intoArray(dst, dstOff);
    FloatVector.broadcast(V, Float.NEGATIVE_INFINITY).max(s1).intoArray(dst, dstOff + L);
    FloatVector.broadcast(V, Float.NEGATIVE_INFINITY).max(s2).intoArray(dst, dstOff + 2 * L);
    FloatVector.broadcast(V, Float.NEGATIVE_INFINITY).max(s3).intoArray(dst, dstOff + 3 * L);
  }

  private static void max(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x = FloatVector.fromArray(V, src, at);
      s0 = x.max(s0);
    }
    FloatVector.broadcast(V, Float.NEGATIVE_INFINITY).max(s0).intoArray(dst, dstOff);
  }

  private static void min4(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, Float.POSITIVE_INFINITY);
    FloatVector s1 = FloatVector.broadcast(V, Float.POSITIVE_INFINITY);
    FloatVector s2 = FloatVector.broadcast(V, Float.POSITIVE_INFINITY);
    FloatVector s3 = FloatVector.broadcast(V, Float.POSITIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x0 = FloatVector.fromArray(V, src, at);
      FloatVector x1 = FloatVector.fromArray(V, src, at + L);
      FloatVector x2 = FloatVector.fromArray(V, src, at + 2 * L);
      FloatVector x3 = FloatVector.fromArray(V, src, at + 3 * L);
      s0 = x0.min(s0);
      s1 = x1.min(s1);
      s2 = x2.min(s2);
      s3 = x3.min(s3);
    }
    FloatVector.broadcast(V, Float.POSITIVE_INFINITY).min(s0).intoArray(dst, dstOff);
    FloatVector.broadcast(V, Float.POSITIVE_INFINITY).min(s1).intoArray(dst, dstOff + L);
    FloatVector.broadcast(V, Float.POSITIVE_INFINITY).min(s2).intoArray(dst, dstOff + 2 * L);
    FloatVector.broadcast(V, Float.POSITIVE_INFINITY).min(s3).intoArray(dst, dstOff + 3 * L);
  }

  private static void min(float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff) {
    FloatVector s0 = FloatVector.broadcast(V, Float.POSITIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      FloatVector x = FloatVector.fromArray(V, src, at);
      s0 = x.min(s0);
    }
    FloatVector.broadcast(V, Float.POSITIVE_INFINITY).min(s0).intoArray(dst, dstOff);
  }

  static void select(
      float[] mask,
      int maskOff,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector m = FloatVector.fromArray(V, mask, maskOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.fromArray(V, left, leftOff + i)
          .blend(b, m.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }
}
