package io.lanewise.kernels.reference;

import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;

/** What pooling means: one loop an index. Never optimised. */
public final class ReferencePool {
  private ReferencePool() {}

  /**
   * The greatest input of each window: the first of equals, or the first NaN; -Infinity and index
   * -1 of padding alone.
   *
   * @param x [n][c][ih][iw], read
   * @param y [n][c][oh][ow], written
   * @param indices y's size, written: {@code iy · iw + ix}
   */
  public static void max(PoolShape s, Tensor x, Tensor y, int[] indices) {
    int at = 0;
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.c(); c++) {
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            float best = Float.NEGATIVE_INFINITY;
            int index = -1;
            for (int ky = 0; ky < s.kh(); ky++) {
              for (int kx = 0; kx < s.kw(); kx++) {
                int iy = inputRow(s, oy, ky);
                int ix = inputColumn(s, ox, kx);
                if (isInside(s, iy, ix)) {
                  float v = x.get(img, c, iy, ix);
                  boolean firstNan = Float.isNaN(v) && !Float.isNaN(best);
                  if (index == -1 || v > best || firstNan) {
                    best = v;
                    index = iy * s.iw() + ix;
                  }
                }
              }
            }
            y.set(best, img, c, oy, ox);
            indices[at++] = index;
          }
        }
      }
    }
  }

  /**
   * {@code dx[img][c][index] = Σ of dy over the outputs with that index}.
   *
   * @param dy [n][c][oh][ow], read
   * @param indices from {@link #max}, read
   * @param dx [n][c][ih][iw], written
   */
  public static void maxBackward(PoolShape s, Tensor dy, int[] indices, Tensor dx) {
    double[] sums = new double[dx.size()];
    int out = s.oh() * s.ow();
    for (int i = 0; i < dy.size(); i++) {
      if (indices[i] >= 0) {
        sums[i / out * s.ih() * s.iw() + indices[i]] += dy.array()[dy.offset() + i];
      }
    }
    store(sums, dx);
  }

  /**
   * Each window's sum over its size, or over its number of inputs.
   *
   * @param x [n][c][ih][iw], read
   * @param y [n][c][oh][ow], written
   */
  public static void average(PoolShape s, boolean countsPadding, Tensor x, Tensor y) {
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.c(); c++) {
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            double sum = 0;
            for (int ky = 0; ky < s.kh(); ky++) {
              for (int kx = 0; kx < s.kw(); kx++) {
                int iy = inputRow(s, oy, ky);
                int ix = inputColumn(s, ox, kx);
                if (isInside(s, iy, ix)) {
                  sum += x.get(img, c, iy, ix);
                }
              }
            }
            int count = count(s, countsPadding, oy, ox);
            y.set(count == 0 ? 0f : (float) (sum / count), img, c, oy, ox);
          }
        }
      }
    }
  }

  /**
   * {@code dx[img][c][iy][ix] = Σ over the windows that hold this input of dy / count}.
   *
   * @param dy [n][c][oh][ow], read
   * @param dx [n][c][ih][iw], written
   */
  public static void averageBackward(PoolShape s, boolean countsPadding, Tensor dy, Tensor dx) {
    double[] sums = new double[dx.size()];
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.c(); c++) {
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            double share = (double) dy.get(img, c, oy, ox) / count(s, countsPadding, oy, ox);
            for (int ky = 0; ky < s.kh(); ky++) {
              for (int kx = 0; kx < s.kw(); kx++) {
                int iy = inputRow(s, oy, ky);
                int ix = inputColumn(s, ox, kx);
                if (isInside(s, iy, ix)) {
                  sums[((img * s.c() + c) * s.ih() + iy) * s.iw() + ix] += share;
                }
              }
            }
          }
        }
      }
    }
    store(sums, dx);
  }

  private static int count(PoolShape s, boolean countsPadding, int oy, int ox) {
    if (countsPadding) {
      return s.kh() * s.kw();
    }
    int count = 0;
    for (int ky = 0; ky < s.kh(); ky++) {
      for (int kx = 0; kx < s.kw(); kx++) {
        if (isInside(s, inputRow(s, oy, ky), inputColumn(s, ox, kx))) {
          count++;
        }
      }
    }
    return count;
  }

  private static void store(double[] sums, Tensor dst) {
    for (int i = 0; i < sums.length; i++) {
      dst.array()[dst.offset() + i] = (float) sums[i];
    }
  }

  private static int inputRow(PoolShape s, int oy, int ky) {
    return oy * s.strideH() - s.padding().top() + ky * s.dilationH();
  }

  private static int inputColumn(PoolShape s, int ox, int kx) {
    return ox * s.strideW() - s.padding().left() + kx * s.dilationW();
  }

  private static boolean isInside(PoolShape s, int iy, int ix) {
    return iy >= 0 && iy < s.ih() && ix >= 0 && ix < s.iw();
  }
}
