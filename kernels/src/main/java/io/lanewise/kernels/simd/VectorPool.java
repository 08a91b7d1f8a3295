package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on channels: a plain load a tap. Where outputs are written, and not added to, the last
 * vector of a pixel overlaps the one before; else, and for fewer channels than lanes, {@code rest}
 * does what is left over. Each operation's receiver was made in the same iteration, if need be by
 * adding -0, which changes nothing: see ADR 6.
 */
final class VectorPool implements PoolKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final PoolSteps steps;
  private final WindowMaxima maxima;
  private final WindowSums averages;
  private final AverageGradients gradients;
  private final PoolKernels rest;

  VectorPool(PoolSteps steps, PoolKernels rest) {
    this.steps = steps;
    this.rest = rest;
    this.maxima = new WindowMaxima(steps, rest);
    this.averages = new WindowSums(steps);
    this.gradients = new AverageGradients(rest);
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
    if (channels < L) {
      boolean dense = places == null && ld == channels;
      int done = dense ? maxima.few(ld, outputs, planes, rows, taps, x, xOff, first, y, yOff) : 0;
      int pixel = first + done * steps.output();
      int to = done * ld;
      rest.max(
          channels,
          ld,
          outputs - done,
          planes,
          rows,
          taps,
          x,
          xOff,
          pixel,
          y,
          yOff + to,
          places,
          placesOff + to);
    } else if (places == null) {
      maxima.run(channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff);
    } else {
      maxima.runWithPlaces(
          channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff, places, placesOff);
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
    averages.averages(channels, ld, outputs, planes, rows, taps, divisor, x, xOff, first, y, yOff);
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
    if (channels < L) {
      rest.norm1(channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff);
      return;
    }
    int plane = steps.plane() * ld;
    int row = steps.row() * ld;
    int tap = steps.tap() * ld;
    for (int i = 0; i < outputs; i++) {
      int from = xOff + (first + i * steps.output()) * ld;
      for (int next = 0; next < channels; next += L) {
        int c = Math.min(next, channels - L);
        FloatVector sum = FloatVector.zero(V);
        for (int z = 0; z < planes; z++) {
          for (int r = 0; r < rows; r++) {
            int at = from + z * plane + r * row + c;
            for (int t = 0; t < taps; t++) {
              sum = FloatVector.fromArray(V, x, at).abs().add(sum);
              at += tap;
            }
          }
        }
        FloatVector.broadcast(V, -0f).add(sum).intoArray(y, yOff + i * ld + c);
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
    if (channels < L) {
      rest.norm2(channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff);
      return;
    }
    int plane = steps.plane() * ld;
    int row = steps.row() * ld;
    int tap = steps.tap() * ld;
    for (int i = 0; i < outputs; i++) {
      int from = xOff + (first + i * steps.output()) * ld;
      for (int next = 0; next < channels; next += L) {
        int c = Math.min(next, channels - L);
        FloatVector sum = FloatVector.zero(V);
        for (int z = 0; z < planes; z++) {
          for (int r = 0; r < rows; r++) {
            int at = from + z * plane + r * row + c;
            for (int t = 0; t < taps; t++) {
              FloatVector v = FloatVector.fromArray(V, x, at);
              sum = v.mul(v).add(sum);
              at += tap;
            }
          }
        }
        FloatVector.broadcast(V, -0f).add(sum).sqrt().intoArray(y, yOff + i * ld + c);
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
    gradients.sumRows(n, planes, rows, plane, row, factor, x, xOff, y, yOff);
  }

  @Override
  public void addScaled(int n, float factor, float[] x, int xOff, float[] y, int yOff) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(V, x, xOff + i).mul(factor);
      FloatVector.fromArray(V, y, yOff + i).add(v).intoArray(y, yOff + i);
    }
    rest.addScaled(n - whole, factor, x, xOff + whole, y, yOff + whole);
  }

  @Override
  public void collect(
      int channels, int pixels, int[] start, int[] from, float[] x, int xOff, float[] y, int yOff) {
    gradients.collect(channels, pixels, start, from, x, xOff, y, yOff);
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
    int whole = V.loopBound(channels);
    for (int i = 0; i < outputs; i++) {
      int from = dyOff + i * ld;
      for (int t = 0; t < taps; t++) {
        int at = (i * steps.output() + t * steps.tap()) * ld;
        for (int c = 0; c < whole; c += L) {
          FloatVector v = FloatVector.fromArray(V, x, xOff + at + c);
          FloatVector sign =
              FloatVector.zero(V)
                  .blend(1f, v.compare(VectorOperators.GT, 0f))
                  .blend(-1f, v.compare(VectorOperators.LT, 0f));
          FloatVector old = FloatVector.fromArray(V, dx, dxOff + at + c);
          FloatVector.fromArray(V, dy, from + c).mul(sign).add(old).intoArray(dx, dxOff + at + c);
        }
      }
    }
    if (whole < channels) {
      rest.spreadNorm1(
          channels - whole,
          ld,
          outputs,
          taps,
          x,
          xOff + whole,
          dy,
          dyOff + whole,
          dx,
          dxOff + whole);
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
    int whole = V.loopBound(channels);
    int tap = steps.tap() * ld;
    for (int i = 0; i < outputs; i++) {
      int out = i * ld;
      int first = i * steps.output() * ld;
      for (int c = 0; c < whole; c += L) {
        FloatVector norm = FloatVector.fromArray(V, y, yOff + out + c);
        FloatVector share =
            FloatVector.fromArray(V, dy, dyOff + out + c)
                .div(norm)
                .blend(0f, norm.compare(VectorOperators.EQ, 0f));
        for (int t = 0; t < taps; t++) {
          int at = first + t * tap + c;
          FloatVector old = FloatVector.fromArray(V, dx, dxOff + at);
          FloatVector.fromArray(V, x, xOff + at).mul(share).add(old).intoArray(dx, dxOff + at);
        }
      }
    }
    if (whole < channels) {
      rest.spreadNorm2(
          channels - whole,
          ld,
          outputs,
          taps,
          x,
          xOff + whole,
          y,
          yOff + whole,
          dy,
          dyOff + whole,
          dx,
          dxOff + whole);
    }
  }

  @Override
  public void toInts(float[] src, int srcOff, int[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, src, srcOff + i).reinterpretAsInts().intoArray(dst, dstOff + i);
    }
    rest.toInts(src, srcOff + whole, dst, dstOff + whole, n - whole);
  }
}
