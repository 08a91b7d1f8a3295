package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceWindows.position;

import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;

/** What pooling means: one loop an index, float64 inside. Never optimised. */
public final class ReferencePool {
  private ReferencePool() {}

  /**
   * The greatest input of each window: the first of equals, or the first NaN; -Infinity and index
   * -1 of padding alone.
   *
   * @param x read
   * @param y written
   * @param indices y's size, written in y's order: {@code (iz · ih + iy) · iw + ix}
   */
  public static void max(PoolShape s, Tensor x, Tensor y, int[] indices) {
    max(new ReferenceWindows(s), x, y, indices);
  }

  static void max(ReferenceWindows s, Tensor x, Tensor y, int[] indices) {
    for (int plane = 0; plane < s.planes(); plane++) {
      for (int output = 0; output < s.outputs(); output++) {
        float best = Float.NEGATIVE_INFINITY;
        int index = -1;
        for (int pixel : s.window(output)) {
          float v = x.array()[position(x, plane, pixel)];
          boolean firstNan = Float.isNaN(v) && !Float.isNaN(best);
          if (index == -1 || v > best || firstNan) {
            best = v;
            index = pixel;
          }
        }
        int at = position(y, plane, output);
        y.array()[at] = best;
        if (indices != null) {
          indices[at - y.offset()] = index;
        }
      }
    }
  }

  /**
   * {@code dx[img][c][index] = Σ of dy over the outputs with that index}.
   *
   * @param dy read
   * @param indices from {@link #max}, read
   * @param dx written
   */
  public static void maxBackward(PoolShape s, Tensor dy, int[] indices, Tensor dx) {
    maxBackward(new ReferenceWindows(s), dy, indices, dx);
  }

  static void maxBackward(ReferenceWindows s, Tensor dy, int[] indices, Tensor dx) {
    double[] sums = new double[dx.size()];
    for (int plane = 0; plane < s.planes(); plane++) {
      for (int output = 0; output < s.outputs(); output++) {
        int from = position(dy, plane, output);
        int index = indices[from - dy.offset()];
        if (index >= 0) {
          sums[position(dx, plane, index) - dx.offset()] += dy.array()[from];
        }
      }
    }
    store(sums, dx);
  }

  /**
   * Each window's sum over its count.
   *
   * @param x read
   * @param y written
   */
  public static void average(PoolShape s, boolean countsPadding, Tensor x, Tensor y) {
    average(new ReferenceWindows(s), countsPadding, x, y);
  }

  static void average(ReferenceWindows s, boolean countsPadding, Tensor x, Tensor y) {
    for (int plane = 0; plane < s.planes(); plane++) {
      for (int output = 0; output < s.outputs(); output++) {
        double sum = 0;
        for (int pixel : s.window(output)) {
          sum += x.array()[position(x, plane, pixel)];
        }
        long count = s.count(output, countsPadding);
        y.array()[position(y, plane, output)] = count == 0 ? 0f : (float) (sum / count);
      }
    }
  }

  /**
   * {@code dx[img][c][iz][iy][ix] = Σ over the windows that hold this input of dy / count}.
   *
   * @param dy read
   * @param dx written
   */
  public static void averageBackward(PoolShape s, boolean countsPadding, Tensor dy, Tensor dx) {
    averageBackward(new ReferenceWindows(s), countsPadding, dy, dx);
  }

  static void averageBackward(ReferenceWindows s, boolean countsPadding, Tensor dy, Tensor dx) {
    double[] sums = new double[dx.size()];
    for (int plane = 0; plane < s.planes(); plane++) {
      for (int output = 0; output < s.outputs(); output++) {
        double share = dy.array()[position(dy, plane, output)];
        for (int pixel : s.window(output)) {
          sums[position(dx, plane, pixel) - dx.offset()] += share / s.count(output, countsPadding);
        }
      }
    }
    store(sums, dx);
  }

  /**
   * Each window's {@code (Σ |x|^p)^(1/p)}.
   *
   * @param x read
   * @param y written
   */
  public static void lp(PoolShape shape, double p, Tensor x, Tensor y) {
    ReferenceWindows s = new ReferenceWindows(shape);
    for (int plane = 0; plane < s.planes(); plane++) {
      for (int output = 0; output < s.outputs(); output++) {
        double sum = 0;
        for (int pixel : s.window(output)) {
          sum += StrictMath.pow(Math.abs(x.array()[position(x, plane, pixel)]), p);
        }
        y.array()[position(y, plane, output)] = (float) StrictMath.pow(sum, 1 / p);
      }
    }
  }

  /**
   * {@code dx[img][c][iz][iy][ix] = Σ over the windows that hold this input of dy · sign(x) · (|x|
   * / y)^(p-1)}, terms with x or y of 0 left out.
   *
   * @param x read
   * @param y read
   * @param dy read
   * @param dx written
   */
  public static void lpBackward(
      PoolShape shape, double p, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    ReferenceWindows s = new ReferenceWindows(shape);
    double[] sums = new double[dx.size()];
    for (int plane = 0; plane < s.planes(); plane++) {
      for (int output = 0; output < s.outputs(); output++) {
        int at = position(dy, plane, output) - dy.offset();
        double slope = dy.array()[dy.offset() + at];
        double norm = y.array()[y.offset() + at];
        for (int pixel : s.window(output)) {
          int in = position(x, plane, pixel) - x.offset();
          double v = x.array()[x.offset() + in];
          if (norm != 0 && v != 0) {
            sums[in] += slope * Math.signum(v) * StrictMath.pow(Math.abs(v) / norm, p - 1);
          }
        }
      }
    }
    store(sums, dx);
  }

  private static void store(double[] sums, Tensor dst) {
    for (int i = 0; i < sums.length; i++) {
      dst.array()[dst.offset() + i] = (float) sums[i];
    }
  }
}
