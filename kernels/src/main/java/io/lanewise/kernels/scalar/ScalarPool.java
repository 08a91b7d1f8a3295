package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;

/** Tap by tap within an output: the inner loops run over channels. */
final class ScalarPool implements PoolKernels {
  private final PoolSteps steps;

  ScalarPool(PoolSteps steps) {
    this.steps = steps;
  }

  private static void fill(float[] dst, int to, int n, float value) {
    for (int i = 0; i < n; i++) {
      dst[to + i] = value;
    }
  }

  private int pixel(int first, int output, int z, int r, int t) {
    return first + output * steps.output() + z * steps.plane() + r * steps.row() + t * steps.tap();
  }

  @Override
  public void max(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff,
      float[] places,
      int placesOff) {
    for (int i = 0; i < outputs; i++) {
      int to = yOff + i * ld;
      int placesTo = placesOff + i * ld;
      fill(y, to, channels, Float.NEGATIVE_INFINITY);
      if (places != null) {
        float place = Float.intBitsToFloat(pixel(first, i, 0, 0, 0));
        fill(places, placesTo, channels, place);
      }
      for (int z = 0; z < planes; z++) {
        for (int r = 0; r < rows; r++) {
          for (int t = 0; t < taps; t++) {
            int pixel = pixel(first, i, z, r, t);
            greater(channels, x, xOff + pixel * ld, pixel, y, to, places, placesTo);
          }
        }
      }
    }
  }

  private static void greater(
      int channels, float[] x, int at, int pixel, float[] y, int to, float[] places, int placesTo) {
    for (int c = 0; c < channels; c++) {
      float v = x[at + c];
      float best = y[to + c];
      if (v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
        y[to + c] = v;
        if (places != null) {
          places[placesTo + c] = Float.intBitsToFloat(pixel);
        }
      }
    }
  }

  @Override
  public void average(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float divisor,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    for (int i = 0; i < outputs; i++) {
      int to = yOff + i * ld;
      fill(y, to, channels, 0f);
      for (int z = 0; z < planes; z++) {
        for (int r = 0; r < rows; r++) {
          for (int t = 0; t < taps; t++) {
            int at = xOff + pixel(first, i, z, r, t) * ld;
            for (int c = 0; c < channels; c++) {
              y[to + c] += x[at + c];
            }
          }
        }
      }
      for (int c = 0; c < channels; c++) {
        y[to + c] /= divisor;
      }
    }
  }

  @Override
  public void norm1(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    for (int i = 0; i < outputs; i++) {
      int to = yOff + i * ld;
      fill(y, to, channels, 0f);
      for (int z = 0; z < planes; z++) {
        for (int r = 0; r < rows; r++) {
          for (int t = 0; t < taps; t++) {
            int at = xOff + pixel(first, i, z, r, t) * ld;
            for (int c = 0; c < channels; c++) {
              y[to + c] += Math.abs(x[at + c]);
            }
          }
        }
      }
    }
  }

  @Override
  public void norm2(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    for (int i = 0; i < outputs; i++) {
      int to = yOff + i * ld;
      fill(y, to, channels, 0f);
      for (int z = 0; z < planes; z++) {
        for (int r = 0; r < rows; r++) {
          for (int t = 0; t < taps; t++) {
            int at = xOff + pixel(first, i, z, r, t) * ld;
            for (int c = 0; c < channels; c++) {
              y[to + c] += x[at + c] * x[at + c];
            }
          }
        }
      }
      for (int c = 0; c < channels; c++) {
        y[to + c] = (float) Math.sqrt(y[to + c]);
      }
    }
  }

  @Override
  public void sumRows(
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
    fill(y, yOff, n, 0f);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = xOff + z * plane + r * row;
        for (int i = 0; i < n; i++) {
          y[yOff + i] += x[at + i];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      y[yOff + i] *= factor;
    }
  }

  @Override
  public void addScaled(int n, float factor, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] += x[xOff + i] * factor;
    }
  }

  @Override
  public void collect(
      int channels, int pixels, int[] start, int[] from, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < pixels; i++) {
      int to = yOff + i * channels;
      fill(y, to, channels, 0f);
      for (int h = start[i]; h < start[i + 1]; h++) {
        int at = xOff + from[h] * channels;
        for (int c = 0; c < channels; c++) {
          y[to + c] += x[at + c];
        }
      }
    }
  }

  @Override
  public void spreadNorm1(
      int channels,
      int ld,
      int outputs,
      int taps,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff) {
    for (int i = 0; i < outputs; i++) {
      int from = dyOff + i * ld;
      for (int t = 0; t < taps; t++) {
        int at = (i * steps.output() + t * steps.tap()) * ld;
        for (int c = 0; c < channels; c++) {
          float v = x[xOff + at + c];
          float sign = v > 0 ? 1f : v < 0 ? -1f : 0f;
          dx[dxOff + at + c] += dy[from + c] * sign;
        }
      }
    }
  }

  @Override
  public void spreadNorm2(
      int channels,
      int ld,
      int outputs,
      int taps,
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff) {
    for (int i = 0; i < outputs; i++) {
      int out = i * ld;
      for (int t = 0; t < taps; t++) {
        int at = (i * steps.output() + t * steps.tap()) * ld;
        for (int c = 0; c < channels; c++) {
          float norm = y[yOff + out + c];
          float share = norm == 0 ? 0f : dy[dyOff + out + c] / norm;
          dx[dxOff + at + c] += share * x[xOff + at + c];
        }
      }
    }
  }

  @Override
  public void toInts(float[] src, int srcOff, int[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Float.floatToRawIntBits(src[srcOff + i]);
    }
  }
}
