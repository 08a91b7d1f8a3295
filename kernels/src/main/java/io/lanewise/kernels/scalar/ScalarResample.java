package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ResampleKernels;
import java.util.Arrays;

/** Plain loops. */
final class ScalarResample implements ResampleKernels {
  private final boolean fma;

  ScalarResample(boolean fma) {
    this.fma = fma;
  }

  @Override
  public void lines(
      int from,
      int to,
      int[] start,
      int[] index,
      float[] weight,
      float[] src,
      int srcOff,
      int n,
      float[] dst,
      int dstOff) {
    for (int o = from; o < to; o++) {
      int at = dstOff + (o - from) * n;
      int first = start[o];
      int end = start[o + 1];
      if (first == end) {
        Arrays.fill(dst, at, at + n, 0f);
      } else if (end - first == 1 && weight[first] == 1) {
        System.arraycopy(src, srcOff + index[first] * n, dst, at, n);
      } else {
        scaled(weight[first], src, srcOff + index[first] * n, dst, at, n);
        for (int t = first + 1; t < end; t++) {
          more(weight[t], src, srcOff + index[t] * n, dst, at, n);
        }
      }
    }
  }

  private static void scaled(float w, float[] src, int from, float[] dst, int at, int n) {
    for (int j = 0; j < n; j++) {
      dst[at + j] = w * src[from + j];
    }
  }

  private void more(float w, float[] src, int from, float[] dst, int at, int n) {
    if (fma) {
      for (int j = 0; j < n; j++) {
        dst[at + j] = Math.fma(w, src[from + j], dst[at + j]);
      }
    } else {
      for (int j = 0; j < n; j++) {
        dst[at + j] = w * src[from + j] + dst[at + j];
      }
    }
  }

  @Override
  public void gather(
      int taps,
      int[] index,
      int indexOff,
      float[] weight,
      int weightOff,
      int ld,
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float first = weight[weightOff + i];
      float sum = first * (first == 0 ? -0f : src[srcOff + index[indexOff + i]]);
      for (int t = 1; t < taps; t++) {
        int at = t * ld + i;
        float w = weight[weightOff + at];
        float v = w == 0 ? -0f : src[srcOff + index[indexOff + at]];
        sum = fma ? Math.fma(w, v, sum) : w * v + sum;
      }
      dst[dstOff + i] = sum;
    }
  }

  @Override
  public void pick(int[] index, int off, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = src[srcOff + index[off + i]];
    }
  }

  @Override
  public void scatter(
      int taps,
      int[] index,
      int indexOff,
      float[] weight,
      int weightOff,
      int ld,
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float v = src[srcOff + i];
      for (int at = i; at < taps * ld; at += ld) {
        float w = weight[weightOff + at];
        if (w != 0) {
          dst[dstOff + index[indexOff + at]] += w * v;
        }
      }
    }
  }

  @Override
  public void multiplyAdd(float[] a, int aOff, float[] b, int bOff, float[] c, int cOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aOff + i];
      float y = b[bOff + i];
      c[cOff + i] = fma ? Math.fma(x, y, c[cOff + i]) : x * y + c[cOff + i];
    }
  }
}
