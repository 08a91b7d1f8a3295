package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
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
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final int L = V.length();

  private final PoolSteps steps;
  private final PoolKernels rest;

  VectorPool(PoolSteps steps, PoolKernels rest) {
    this.steps = steps;
    this.rest = rest;
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
      rest.max(
          channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff, places, placesOff);
      return;
    }
    for (int i = 0; i < outputs; i++) {
      int pixel = first + i * steps.output();
      int to = yOff + i * ld;
      int placesTo = placesOff + i * ld;
      int next = 0;
      for (; places == null && channels - next >= 4 * L; next += 4 * L) {
        int at = xOff + next;
        if (!greatestOfFour(ld, planes, rows, taps, x, at, pixel, y, to + next)) {
          rest.max(4 * L, ld, 1, planes, rows, taps, x, at, pixel, y, to + next, null, 0);
        }
      }
      for (; next < channels; next += L) {
        int c = Math.min(next, channels - L);
        int at = xOff + c;
        boolean done =
            places == null
                ? greatest(ld, planes, rows, taps, x, at, pixel, y, to + c)
                : greatestAndPlace(
                    ld, planes, rows, taps, x, at, pixel, y, to + c, places, placesTo + c);
        if (!done) {
          rest.max(L, ld, 1, planes, rows, taps, x, at, pixel, y, to + c, places, placesTo + c);
        }
      }
    }
  }

  /** As {@link #greatest}, of four vectors side by side: no maximum waits for another. */
  private boolean greatestOfFour(
      int ld, int planes, int rows, int taps, float[] x, int xOff, int first, float[] y, int to) {
    int tap = steps.tap() * ld;
    FloatVector b0 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector b1 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector b2 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector b3 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector s0 = FloatVector.zero(V);
    FloatVector s1 = FloatVector.zero(V);
    FloatVector s2 = FloatVector.zero(V);
    FloatVector s3 = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = xOff + (first + z * steps.plane() + r * steps.row()) * ld;
        for (int t = 0; t < taps; t++) {
          FloatVector v0 = FloatVector.fromArray(V, x, at);
          FloatVector v1 = FloatVector.fromArray(V, x, at + L);
          FloatVector v2 = FloatVector.fromArray(V, x, at + 2 * L);
          FloatVector v3 = FloatVector.fromArray(V, x, at + 3 * L);
          b0 = v0.blend(b0, v0.compare(VectorOperators.LE, b0));
          b1 = v1.blend(b1, v1.compare(VectorOperators.LE, b1));
          b2 = v2.blend(b2, v2.compare(VectorOperators.LE, b2));
          b3 = v3.blend(b3, v3.compare(VectorOperators.LE, b3));
          s0 = v0.add(s0);
          s1 = v1.add(s1);
          s2 = v2.add(s2);
          s3 = v3.add(s3);
          at += tap;
        }
      }
    }
    FloatVector none = FloatVector.broadcast(V, -0f);
    none.add(b0).intoArray(y, to);
    none.add(b1).intoArray(y, to + L);
    none.add(b2).intoArray(y, to + 2 * L);
    none.add(b3).intoArray(y, to + 3 * L);
    FloatVector sum = none.add(s0).add(s1).add(none.add(s2).add(s3));
    return !sum.test(VectorOperators.IS_NAN).anyTrue();
  }

  /** One vector of one output; false if there may be a NaN, which compares with nothing. */
  private boolean greatest(
      int ld, int planes, int rows, int taps, float[] x, int xOff, int first, float[] y, int to) {
    int tap = steps.tap() * ld;
    FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector sum = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = xOff + (first + z * steps.plane() + r * steps.row()) * ld;
        for (int t = 0; t < taps; t++) {
          FloatVector v = FloatVector.fromArray(V, x, at);
          best = v.blend(best, v.compare(VectorOperators.LE, best));
          sum = v.add(sum);
          at += tap;
        }
      }
    }
    FloatVector.broadcast(V, -0f).add(best).intoArray(y, to);
    return !FloatVector.broadcast(V, -0f).add(sum).test(VectorOperators.IS_NAN).anyTrue();
  }

  private boolean greatestAndPlace(
      int ld,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int to,
      float[] places,
      int placesTo) {
    FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector sum = FloatVector.zero(V);
    IntVector place = IntVector.broadcast(I, first);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int pixel = first + z * steps.plane() + r * steps.row();
        for (int t = 0; t < taps; t++) {
          FloatVector v = FloatVector.fromArray(V, x, xOff + pixel * ld);
          VectorMask<Float> stays = v.compare(VectorOperators.LE, best);
          best = v.blend(best, stays);
          place = IntVector.broadcast(I, pixel).blend(place, stays.cast(I));
          sum = v.add(sum);
          pixel += steps.tap();
        }
      }
    }
    FloatVector.broadcast(V, -0f).add(best).intoArray(y, to);
    IntVector.zero(I).add(place).reinterpretAsFloats().intoArray(places, placesTo);
    return !FloatVector.broadcast(V, -0f).add(sum).test(VectorOperators.IS_NAN).anyTrue();
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
    if (channels < L) {
      rest.average(channels, ld, outputs, planes, rows, taps, divisor, x, xOff, first, y, yOff);
      return;
    }
    for (int i = 0; i < outputs; i++) {
      int from = xOff + (first + i * steps.output()) * ld;
      int to = yOff + i * ld;
      int c = 0;
      for (; channels - c >= 4 * L; c += 4 * L) {
        averageOfFour(ld, planes, rows, taps, divisor, x, from + c, y, to + c);
      }
      for (; c < channels; c += L) {
        int at = Math.min(c, channels - L);
        averageOfOne(ld, planes, rows, taps, divisor, x, from + at, y, to + at);
      }
    }
  }

  private void averageOfOne(
      int ld,
      int planes,
      int rows,
      int taps,
      float divisor,
      float[] x,
      int from,
      float[] y,
      int to) {
    int tap = steps.tap() * ld;
    FloatVector sum = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = from + (z * steps.plane() + r * steps.row()) * ld;
        for (int t = 0; t < taps; t++) {
          sum = FloatVector.fromArray(V, x, at).add(sum);
          at += tap;
        }
      }
    }
    FloatVector.broadcast(V, -0f).add(sum).div(divisor).intoArray(y, to);
  }

  /** Four vectors side by side: whole lines follow each other, and no sum waits for another. */
  private void averageOfFour(
      int ld,
      int planes,
      int rows,
      int taps,
      float divisor,
      float[] x,
      int from,
      float[] y,
      int to) {
    int tap = steps.tap() * ld;
    FloatVector s0 = FloatVector.zero(V);
    FloatVector s1 = FloatVector.zero(V);
    FloatVector s2 = FloatVector.zero(V);
    FloatVector s3 = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = from + (z * steps.plane() + r * steps.row()) * ld;
        for (int t = 0; t < taps; t++) {
          s0 = FloatVector.fromArray(V, x, at).add(s0);
          s1 = FloatVector.fromArray(V, x, at + L).add(s1);
          s2 = FloatVector.fromArray(V, x, at + 2 * L).add(s2);
          s3 = FloatVector.fromArray(V, x, at + 3 * L).add(s3);
          at += tap;
        }
      }
    }
    FloatVector.broadcast(V, -0f).add(s0).div(divisor).intoArray(y, to);
    FloatVector.broadcast(V, -0f).add(s1).div(divisor).intoArray(y, to + L);
    FloatVector.broadcast(V, -0f).add(s2).div(divisor).intoArray(y, to + 2 * L);
    FloatVector.broadcast(V, -0f).add(s3).div(divisor).intoArray(y, to + 3 * L);
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
  public void spread(
      int channels,
      int ld,
      int outputs,
      int taps,
      float divisor,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff) {
    int whole = V.loopBound(channels);
    int tap = steps.tap() * ld;
    for (int i = 0; i < outputs; i++) {
      int from = dyOff + i * ld;
      int to = dxOff + i * steps.output() * ld;
      for (int c = 0; c < whole; c += L) {
        FloatVector share = FloatVector.fromArray(V, dy, from + c).div(divisor);
        for (int t = 0; t < taps; t++) {
          int at = to + t * tap + c;
          FloatVector.fromArray(V, dx, at).add(share).intoArray(dx, at);
        }
      }
    }
    if (whole < channels) {
      rest.spread(
          channels - whole, ld, outputs, taps, divisor, dy, dyOff + whole, dx, dxOff + whole);
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
