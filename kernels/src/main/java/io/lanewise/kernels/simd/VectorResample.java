package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ResampleKernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on outputs. Sums of up to four taps are written once; longer ones continue from what was
 * written, four taps at a time. What does not fill a vector goes to {@code rest}.
 */
final class VectorResample implements ResampleKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int TAPS = 4;
  private static final int SHORT =
      512; // floats of a line that are hardly worth a call of their own
  private static final int RUN = 4; // lines that are worth one together

  private final ResampleKernels rest;

  VectorResample(ResampleKernels rest) {
    this.rest = rest;
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
    if (n < L) {
      rest.lines(from, to, start, index, weight, src, srcOff, n, dst, dstOff);
      return;
    }
    for (int o = from; o < to; o++) {
      int end = n > SHORT ? o : endOfPairs(o, to, start);
      if (end - o >= RUN) {
        int at = dstOff + (o - from) * n;
        pairs(o, end, start[o], index, weight, src, srcOff, n, dst, at);
        o = end - 1;
        continue;
      }
      line(start[o], start[o + 1], index, weight, src, srcOff, n, dst, dstOff + (o - from) * n);
    }
  }

  /** One past the last of the outputs from {@code o} on that have two taps each. */
  private static int endOfPairs(int o, int to, int[] start) {
    int end = o;
    while (end < to && start[end + 1] - start[end] == 2) {
      end++;
    }
    return end;
  }

  /** Short lines of two taps each, of which {@code t} is the first: all of them, block by block. */
  private static void pairs(
      int from,
      int to,
      int t,
      int[] index,
      float[] weight,
      float[] src,
      int srcOff,
      int n,
      float[] dst,
      int dstOff) {
    int j = 0;
    for (; n - j >= 4 * L; j += 4 * L) {
      fourVectors(to - from, t, index, weight, src, srcOff + j, n, dst, dstOff + j);
    }
    for (; j < n; j += L) {
      int c = Math.min(j, n - L); // the last vector overlaps the one before
      oneVector(to - from, t, index, weight, src, srcOff + c, n, dst, dstOff + c);
    }
  }

  private static void fourVectors(
      int outputs,
      int first,
      int[] index,
      float[] weight,
      float[] src,
      int from,
      int n,
      float[] dst,
      int to) {
    for (int i = 0; i < outputs; i++) {
      int a = from + index[first + 2 * i] * n;
      int b = from + index[first + 2 * i + 1] * n;
      int at = to + i * n;
      FloatVector w0 = FloatVector.broadcast(V, weight[first + 2 * i]);
      FloatVector w1 = FloatVector.broadcast(V, weight[first + 2 * i + 1]);
      FloatVector s0 = FloatVector.fromArray(V, src, a).mul(w0);
      FloatVector s1 = FloatVector.fromArray(V, src, a + L).mul(w0);
      FloatVector s2 = FloatVector.fromArray(V, src, a + 2 * L).mul(w0);
      FloatVector s3 = FloatVector.fromArray(V, src, a + 3 * L).mul(w0);
      FloatVector.fromArray(V, src, b).fma(w1, s0).intoArray(dst, at);
      FloatVector.fromArray(V, src, b + L).fma(w1, s1).intoArray(dst, at + L);
      FloatVector.fromArray(V, src, b + 2 * L).fma(w1, s2).intoArray(dst, at + 2 * L);
      FloatVector.fromArray(V, src, b + 3 * L).fma(w1, s3).intoArray(dst, at + 3 * L);
    }
  }

  private static void oneVector(
      int outputs,
      int first,
      int[] index,
      float[] weight,
      float[] src,
      int from,
      int n,
      float[] dst,
      int to) {
    for (int i = 0; i < outputs; i++) {
      int a = from + index[first + 2 * i] * n;
      int b = from + index[first + 2 * i + 1] * n;
      FloatVector w1 = FloatVector.broadcast(V, weight[first + 2 * i + 1]);
      FloatVector sum = FloatVector.fromArray(V, src, a).mul(weight[first + 2 * i]);
      FloatVector.fromArray(V, src, b).fma(w1, sum).intoArray(dst, to + i * n);
    }
  }

  private static void line(
      int t,
      int end,
      int[] index,
      float[] weight,
      float[] src,
      int srcOff,
      int n,
      float[] dst,
      int at) {
    int a = end > t ? srcOff + index[t] * n : 0;
    if (end == t) {
      Arrays.fill(dst, at, at + n, 0f);
      return;
    }
    if (end - t == 1 && weight[t] == 1) {
      System.arraycopy(src, a, dst, at, n);
      return;
    }
    int next = t + 1;
    if (end - t >= TAPS) {
      int b = srcOff + index[t + 1] * n;
      int c = srcOff + index[t + 2] * n;
      int d = srcOff + index[t + 3] * n;
      four(weight, t, src, a, b, c, d, n, dst, at);
      next = t + TAPS;
    } else if (end - t >= 2) {
      two(weight[t], weight[t + 1], src, a, srcOff + index[t + 1] * n, n, dst, at);
      next = t + 2;
    } else {
      one(weight[t], src, a, n, dst, at);
    }
    for (; next < end; next++) {
      more(weight[next], src, srcOff + index[next] * n, n, dst, at);
    }
  }

  private static void one(float w, float[] src, int a, int n, float[] dst, int at) {
    for (int j = 0; j < V.loopBound(n); j += L) {
      FloatVector.fromArray(V, src, a + j).mul(w).intoArray(dst, at + j);
    }
    for (int j = V.loopBound(n); j < n; j++) {
      dst[at + j] = w * src[a + j];
    }
  }

  private static void two(
      float w0, float w1, float[] src, int a, int b, int n, float[] dst, int at) {
    for (int j = 0; j < V.loopBound(n); j += L) {
      FloatVector first = FloatVector.fromArray(V, src, a + j).mul(w0);
      FloatVector v = FloatVector.fromArray(V, src, b + j);
      v.fma(FloatVector.broadcast(V, w1), first).intoArray(dst, at + j);
    }
    for (int j = V.loopBound(n); j < n; j++) {
      dst[at + j] = Math.fma(w1, src[b + j], w0 * src[a + j]);
    }
  }

  private static void four(
      float[] w, int t, float[] src, int a, int b, int c, int d, int n, float[] dst, int at) {
    for (int j = 0; j < V.loopBound(n); j += L) {
      FloatVector sum = FloatVector.fromArray(V, src, a + j).mul(w[t]);
      FloatVector v1 = FloatVector.fromArray(V, src, b + j);
      sum = v1.fma(FloatVector.broadcast(V, w[t + 1]), sum);
      FloatVector v2 = FloatVector.fromArray(V, src, c + j);
      sum = v2.fma(FloatVector.broadcast(V, w[t + 2]), sum);
      FloatVector v3 = FloatVector.fromArray(V, src, d + j);
      v3.fma(FloatVector.broadcast(V, w[t + 3]), sum).intoArray(dst, at + j);
    }
    for (int j = V.loopBound(n); j < n; j++) {
      float sum = Math.fma(w[t + 1], src[b + j], w[t] * src[a + j]);
      dst[at + j] = Math.fma(w[t + 3], src[d + j], Math.fma(w[t + 2], src[c + j], sum));
    }
  }

  private static void more(float w, float[] src, int a, int n, float[] dst, int at) {
    for (int j = 0; j < V.loopBound(n); j += L) {
      FloatVector sum = FloatVector.fromArray(V, dst, at + j);
      FloatVector v = FloatVector.fromArray(V, src, a + j);
      v.fma(FloatVector.broadcast(V, w), sum).intoArray(dst, at + j);
    }
    for (int j = V.loopBound(n); j < n; j++) {
      dst[at + j] = Math.fma(w, src[a + j], dst[at + j]);
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
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector first = FloatVector.fromArray(V, weight, weightOff + i);
      FloatVector v = FloatVector.fromArray(V, src, srcOff, index, indexOff + i);
      v = v.blend(-0f, first.compare(VectorOperators.EQ, 0f));
      FloatVector sum = first.mul(v);
      for (int at = ld + i; at < taps * ld; at += ld) {
        FloatVector w = FloatVector.fromArray(V, weight, weightOff + at);
        FloatVector tap = FloatVector.fromArray(V, src, srcOff, index, indexOff + at);
        tap = tap.blend(-0f, w.compare(VectorOperators.EQ, 0f));
        sum = w.fma(tap, sum);
      }
      FloatVector.broadcast(V, -0f).add(sum).intoArray(dst, dstOff + i);
    }
    rest.gather(
        taps,
        index,
        indexOff + whole,
        weight,
        weightOff + whole,
        ld,
        src,
        srcOff,
        dst,
        dstOff + whole,
        n - whole);
  }

  @Override
  public void pick(int[] index, int off, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, src, srcOff, index, off + i).intoArray(dst, dstOff + i);
    }
    rest.pick(index, off + whole, src, srcOff, dst, dstOff + whole, n - whole);
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
    rest.scatter(
        taps, index, indexOff, weight, weightOff, ld, src, srcOff, dst, dstOff,
        n); // lanes may collide
  }

  @Override
  public void multiplyAdd(float[] a, int aOff, float[] b, int bOff, float[] c, int cOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector x = FloatVector.fromArray(V, a, aOff + i);
      FloatVector y = FloatVector.fromArray(V, b, bOff + i);
      x.fma(y, FloatVector.fromArray(V, c, cOff + i)).intoArray(c, cOff + i);
    }
    rest.multiplyAdd(a, aOff + whole, b, bOff + whole, c, cOff + whole, n - whole);
  }
}
