package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.Fold;
import java.util.Arrays;

/** Columns into one number each, and selection by a mask; rows in order, so that loads run on. */
final class ScalarFolds {
  private final ScalarMath math;

  ScalarFolds(ScalarMath math) {
    this.math = math;
  }

  void foldRows(Fold f, float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff, int n) {
    Arrays.fill(dst, dstOff, dstOff + n, f.none());
    for (int i = 0; i < rows; i++) {
      int at = srcOff + i * ld;
      switch (f) {
        case SUM -> sum(src, at, dst, dstOff, n);
        case SUM_OF_MAGNITUDES -> magnitudes(src, at, dst, dstOff, n);
        case SUM_OF_SQUARES -> squares(src, at, dst, dstOff, n);
        case MAX -> max(src, at, dst, dstOff, n);
        case MIN -> min(src, at, dst, dstOff, n);
      }
    }
  }

  private static void sum(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int j = 0; j < n; j++) {
      dst[dstOff + j] += src[srcOff + j];
    }
  }

  private static void magnitudes(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int j = 0; j < n; j++) {
      dst[dstOff + j] += Math.abs(src[srcOff + j]);
    }
  }

  private void squares(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int j = 0; j < n; j++) {
      dst[dstOff + j] = math.exact(src[srcOff + j], src[srcOff + j], dst[dstOff + j]);
    }
  }

  private static void max(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int j = 0; j < n; j++) {
      dst[dstOff + j] = Math.max(src[srcOff + j], dst[dstOff + j]);
    }
  }

  private static void min(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int j = 0; j < n; j++) {
      dst[dstOff + j] = Math.min(src[srcOff + j], dst[dstOff + j]);
    }
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
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = mask[maskOff + i] == 0 ? right[rightOff + i] : left[leftOff + i];
    }
  }
}
