package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The two sums of an average's gradient, over rows and along a row. A last vector overlaps the one
 * before; of fewer channels than lanes, a vector writes beyond its pixel, what the next one mends.
 */
final class AverageGradients {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final PoolKernels rest;

  AverageGradients(PoolKernels rest) {
    this.rest = rest;
  }

  /** As {@link PoolKernels#sumRows}. */
  void sumRows(
      int n,
      int planes,
      int rows,
      int plane,
      int row,
      float factor,
      float[] x,
      int xOff,
      float[] y,
      int yOff) {
    if (n < L) {
      rest.sumRows(n, planes, rows, plane, row, factor, x, xOff, y, yOff);
    } else if (planes == 1 && rows == 1) {
      row(n, factor, x, xOff, y, yOff);
    } else if (planes == 1 && rows == 2) {
      rows(n, factor, x, xOff, xOff + row, y, yOff);
    } else if (planes == 1 && rows == 3) {
      rows(n, factor, x, xOff, xOff + row, xOff + 2 * row, y, yOff);
    } else {
      for (int next = 0; next < n; next += L) {
        int i = Math.min(next, n - L);
        rows(planes, rows, plane, row, factor, x, xOff + i, y, yOff + i);
      }
    }
  }

  private static void row(int n, float factor, float[] x, int a, float[] y, int to) {
    for (int next = 0; next < n; next += L) {
      int i = Math.min(next, n - L);
      FloatVector.fromArray(V, x, a + i).add(0f).mul(factor).intoArray(y, to + i);
    }
  }

  private static void rows(int n, float factor, float[] x, int a, int b, float[] y, int to) {
    for (int next = 0; next < n; next += L) {
      int i = Math.min(next, n - L);
      FloatVector v = FloatVector.fromArray(V, x, b + i);
      FloatVector.fromArray(V, x, a + i).add(0f).add(v).mul(factor).intoArray(y, to + i);
    }
  }

  private static void rows(int n, float factor, float[] x, int a, int b, int c, float[] y, int to) {
    for (int next = 0; next < n; next += L) {
      int i = Math.min(next, n - L);
      FloatVector v = FloatVector.fromArray(V, x, b + i);
      FloatVector w = FloatVector.fromArray(V, x, c + i);
      FloatVector.fromArray(V, x, a + i).add(0f).add(v).add(w).mul(factor).intoArray(y, to + i);
    }
  }

  /** One vector of any rows. */
  private static void rows(
      int planes, int rows, int plane, int row, float factor, float[] x, int a, float[] y, int to) {
    FloatVector sum = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        sum = FloatVector.fromArray(V, x, a + z * plane + r * row).add(sum);
      }
    }
    FloatVector.broadcast(V, -0f).add(sum).mul(factor).intoArray(y, to);
  }

  /** As {@link PoolKernels#collect}. */
  void collect(
      int channels, int pixels, int[] start, int[] from, float[] x, int xOff, float[] y, int yOff) {
    int end = yOff + pixels * channels;
    for (int i = 0; i < pixels; i++) {
      int h = start[i];
      int n = start[i + 1] - h;
      int to = yOff + i * channels;
      int last = n == 0 ? 0 : xOff + from[h + n - 1] * channels;
      if (channels < L && (to + L > end || last + L > x.length)) {
        one(channels, h, n, from, x, xOff, y, to);
      } else if (n == 1) {
        row(Math.max(channels, L), 1, x, last, y, to);
      } else if (n == 2) {
        rows(Math.max(channels, L), 1, x, xOff + from[h] * channels, last, y, to);
      } else {
        several(channels, h, n, from, x, xOff, y, to);
      }
    }
  }

  private static void several(
      int channels, int h, int n, int[] from, float[] x, int xOff, float[] y, int to) {
    int most = Math.max(channels, L);
    if (n == 3) {
      int a = xOff + from[h] * channels;
      int b = xOff + from[h + 1] * channels;
      rows(most, 1, x, a, b, xOff + from[h + 2] * channels, y, to);
      return;
    }
    for (int next = 0; next < most; next += L) {
      int c = Math.min(next, most - L);
      FloatVector sum = FloatVector.zero(V);
      for (int t = h; t < h + n; t++) {
        sum = FloatVector.fromArray(V, x, xOff + from[t] * channels + c).add(sum);
      }
      FloatVector.broadcast(V, -0f).add(sum).intoArray(y, to + c);
    }
  }

  /** A pixel of few channels at the end of an array. */
  private static void one(
      int channels, int h, int n, int[] from, float[] x, int xOff, float[] y, int to) {
    for (int c = 0; c < channels; c++) {
      float sum = 0;
      for (int t = h; t < h + n; t++) {
        sum += x[xOff + from[t] * channels + c];
      }
      y[to + c] = sum;
    }
  }
}
