package io.lanewise.kernels.pool;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import java.util.Arrays;

/**
 * Where the windows lie along one axis: those of a stride, cut off at the borders, or adaptive
 * ones.
 */
final class PoolAxis {
  private final int in;
  private final int out;
  private final int step;
  private final int stride;
  private final int[] first; // input of each output's first tap inside
  private final int[] taps; // inside; 0 for a window of padding alone
  private final int[] counted; // taps in the padded input
  private final int[] end; // one past the last output of windows like this
  private final int[] start; // [in + 1], where an input's outputs begin in outputs
  private final int[] outputs; // that hold an input, ascending
  private final int spacing; // of those

  private PoolAxis(int in, int step, int stride, int[] first, int[] taps, int[] counted) {
    this.in = in;
    this.out = first.length;
    this.step = step;
    this.stride = stride;
    this.first = first;
    this.taps = taps;
    this.counted = counted;
    this.end = new int[out];
    for (int o = out - 1; o >= 0; o--) {
      end[o] = o + 1 < out && isNext(o) ? end[o + 1] : o + 1;
    }
    this.start = new int[in + 1];
    for (int o = 0; o < out; o++) {
      for (int t = 0; t < taps[o]; t++) {
        start[first[o] + t * step + 1]++;
      }
    }
    for (int i = 0; i < in; i++) {
      start[i + 1] += start[i];
    }
    this.outputs = new int[start[in]];
    int[] next = start.clone();
    for (int o = 0; o < out; o++) {
      for (int t = 0; t < taps[o]; t++) {
        outputs[next[first[o] + t * step]++] = o;
      }
    }
    int several = 0;
    while (several < in && start[several + 1] - start[several] < 2) {
      several++;
    }
    this.spacing = several < in ? outputs[start[several] + 1] - outputs[start[several]] : 1;
  }

  private boolean isNext(int o) {
    return first[o + 1] == first[o] + stride
        && taps[o + 1] == taps[o]
        && counted[o + 1] == counted[o];
  }

  /** Depth, height and width. */
  static PoolAxis[] of(PoolShape s) {
    return new PoolAxis[] {
      windows(
          s.id(),
          s.od(),
          s.kd(),
          s.strideD(),
          s.dilationD(),
          s.padding().front(),
          s.padding().back()),
      windows(
          s.ih(),
          s.oh(),
          s.kh(),
          s.strideH(),
          s.dilationH(),
          s.padding().top(),
          s.padding().bottom()),
      windows(
          s.iw(),
          s.ow(),
          s.kw(),
          s.strideW(),
          s.dilationW(),
          s.padding().left(),
          s.padding().right())
    };
  }

  /** Depth, height and width. */
  static PoolAxis[] of(AdaptivePoolShape s) {
    PoolAxis[] axes = new PoolAxis[3];
    for (int i = 0; i < axes.length; i++) {
      int axis = s.x().rank() - axes.length + i;
      axes[i] = axis < 2 ? adaptive(1, 1) : adaptive(s.x().dim(axis), s.y().dim(axis));
    }
    return axes;
  }

  static PoolAxis windows(int in, int out, int k, int stride, int dilation, int before, int after) {
    int[] first = new int[out];
    int[] taps = new int[out];
    int[] counted = new int[out];
    for (int o = 0; o < out; o++) {
      long at = (long) o * stride - before;
      long skipped = at >= 0 ? 0 : Math.min(k, Math.ceilDiv(-at, (long) dilation));
      long inside = Math.clamp(Math.ceilDiv(in - at, (long) dilation), skipped, (long) k);
      first[o] = inside > skipped ? (int) (at + skipped * dilation) : 0;
      taps[o] = (int) (inside - skipped);
      counted[o] = (int) Math.min(k, Math.ceilDiv((long) in + after - at, (long) dilation));
    }
    return new PoolAxis(in, dilation, stride, first, taps, counted);
  }

  static PoolAxis adaptive(int in, int out) {
    int[] first = new int[out];
    int[] taps = new int[out];
    Arrays.setAll(first, o -> AdaptivePoolShape.start(o, in, out));
    Arrays.setAll(taps, o -> AdaptivePoolShape.end(o, in, out) - first[o]);
    return new PoolAxis(in, 1, in / out, first, taps, taps);
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /** Between the taps of a window. */
  int step() {
    return step;
  }

  /** Between the windows of neighbours that are alike. */
  int stride() {
    return stride;
  }

  /** Input of the first tap inside, if there is one. */
  int first(int o) {
    return first[o];
  }

  /** Taps inside the input. */
  int taps(int o) {
    return taps[o];
  }

  /** Taps that an average counts. */
  int counted(int o, boolean padding) {
    return padding ? counted[o] : taps[o];
  }

  /** One past the last output after {@code o} whose window is like its, moved by the stride. */
  int end(int o) {
    return end[o];
  }

  /** One past the last output after {@code o} without one that counts otherwise between. */
  int endCounted(int o, boolean padding) {
    int next = o + 1;
    while (next < out && counted(next, padding) == counted(o, padding)) {
      next++;
    }
    return next;
  }

  /** Where in {@link #output} the outputs that hold an input begin; those of the next end them. */
  int holders(int i) {
    return start[i];
  }

  int output(int holder) {
    return outputs[holder];
  }

  /** From each output that holds an input to the next one that does, whichever input it is. */
  int spacing() {
    return spacing;
  }

  /** Whether the outputs that hold an input, one at least, count alike. */
  boolean countAlike(int i, boolean padding) {
    int first = counted(outputs[start[i]], padding);
    for (int holder = start[i] + 1; holder < start[i + 1]; holder++) {
      if (counted(outputs[holder], padding) != first) {
        return false;
      }
    }
    return true;
  }

  /** Each input's sum over the outputs that hold it, with {@code channels} side by side. */
  void collect(PoolKernels kernels, int channels, float[] x, int xOff, float[] y, int yOff) {
    kernels.collect(channels, in, start, outputs, x, xOff, y, yOff);
  }
}
