package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The greatest of each window, lanes on channels, of which there are at least as many; the last
 * vector of a pixel overlaps the one before. A NaN, which compares with nothing, shows in a sum of
 * products of two taps, as may infinities and zeros: then the window is done again with care. So a
 * pair of taps costs five operations, where maxima that keep NaN (JDK 25) cost twelve.
 */
final class WindowMaxima {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final int L = V.length();

  private final PoolSteps steps;
  private final PoolKernels rest;

  WindowMaxima(PoolSteps steps, PoolKernels rest) {
    this.steps = steps;
    this.rest = rest;
  }

  /** As {@link PoolKernels#max}, without places. */
  void run(
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
    int tap = steps.tap() * ld;
    int row = steps.row() * ld;
    int plane = steps.plane() * ld;
    boolean square = planes == 1 && rows == taps && (taps == 2 || taps == 3);
    boolean nine = square && taps == 3;
    boolean near = steps.tap() == 1 && (steps.output() == 1 || steps.output() == 2);
    if (nine && near && channels >= 2 * L && outputs > 2) {
      for (int next = 0; next < channels; next += 2 * L) {
        int c = Math.min(next, channels - 2 * L);
        along(outputs, ld, row, x, xOff + first * ld + c, y, yOff + c);
      }
      return;
    }
    boolean whole = square && steps.output() == 1 && ld == channels; // outputs follow each other
    for (int i = 0; i < (whole ? 1 : outputs); i++) {
      int from = xOff + (first + i * steps.output()) * ld;
      int to = yOff + i * ld;
      int c = 0;
      if (square) {
        int n = whole ? outputs * ld : channels;
        if (taps == 2) {
          four(n, x, from, row, tap, y, to);
        } else {
          nine(n, x, from, row, tap, y, to);
        }
        continue;
      }
      for (; channels - c >= 4 * L; c += 4 * L) {
        if (!sideBySide(row, tap, rows, taps, planes, plane, x, from + c, y, to + c)) {
          for (int j = c; j < c + 4 * L; j += L) {
            careful(row, tap, rows, taps, planes, plane, x, from + j, y, to + j);
          }
        }
      }
      for (; c < channels; c += L) {
        int at = Math.min(c, channels - L);
        careful(row, tap, rows, taps, planes, plane, x, from + at, y, to + at);
      }
    }
  }

  /**
   * Fewer channels than lanes, contiguous pixels: the other lanes hold whatever lies behind them,
   * and are not written.
   *
   * @return how many outputs were written; near an array's end masks would not help (ADR 6). They
   *     may all have one window: then the step is 0
   */
  int few(
      int channels,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    int tap = steps.tap() * channels;
    int row = steps.row() * channels;
    int plane = steps.plane() * channels;
    int step = steps.output() * channels;
    int from = xOff + first * channels;
    int last = from + (planes - 1) * plane + (rows - 1) * row + (taps - 1) * tap;
    int inside = Math.floorDiv(x.length - L - last, Math.max(1, step));
    int room = Math.min(inside, Math.floorDiv(y.length - L - yOff, channels));
    int done = Math.clamp(room + 1L, 0, outputs);
    VectorMask<Float> lanes = VectorMask.fromLong(V, (1L << channels) - 1);
    for (int i = 0; i < done; i++) {
      FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
      for (int z = 0; z < planes; z++) {
        for (int r = 0; r < rows; r++) {
          int at = from + i * step + z * plane + r * row;
          for (int t = 0; t < taps; t++) {
            FloatVector v = FloatVector.fromArray(V, x, at);
            FloatVector b = FloatVector.broadcast(V, -0f).add(best);
            VectorMask<Float> stays =
                v.compare(VectorOperators.LE, b).or(b.test(VectorOperators.IS_NAN));
            best = v.blend(b, stays);
            at += tap;
          }
        }
      }
      FloatVector.broadcast(V, -0f).add(best).intoArray(y, yOff + i * channels, lanes);
    }
    return done;
  }

  /** Two vectors of a run of windows of 3 x 3 taps, which share columns. */
  private void along(int outputs, int ld, int row, float[] x, int from, float[] y, int to) {
    boolean certain =
        steps.output() == 1
            ? byOnes(outputs, ld, row, x, from, y, to)
            : byTwos(outputs, ld, row, x, from, y, to);
    for (int i = 0; !certain && i < outputs; i++) {
      int at = from + i * steps.output() * ld;
      careful(row, ld, 3, 3, 1, 0, x, at, y, to + i * ld);
      careful(row, ld, 3, 3, 1, 0, x, at + L, y, to + i * ld + L);
    }
  }

  /**
   * The greatest of each column serves three windows. So they meet out of order, which shows only
   * where 0 and -0 do: false if there is a -0 (the least of all ints), or may be a NaN.
   */
  private static boolean byOnes(
      int outputs, int ld, int row, float[] x, int from, float[] y, int to) {
    FloatVector p0 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector p1 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector q0 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector q1 = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector s0 = FloatVector.zero(V);
    FloatVector s1 = FloatVector.zero(V);
    IntVector least = IntVector.zero(I);
    int at = from;
    for (int i = -2; i < outputs; i++) {
      FloatVector a0 = FloatVector.fromArray(V, x, at);
      FloatVector b0 = FloatVector.fromArray(V, x, at + row);
      FloatVector c0 = FloatVector.fromArray(V, x, at + 2 * row);
      FloatVector a1 = FloatVector.fromArray(V, x, at + L);
      FloatVector b1 = FloatVector.fromArray(V, x, at + row + L);
      FloatVector c1 = FloatVector.fromArray(V, x, at + 2 * row + L);
      FloatVector m0 = b0.blend(a0, b0.compare(VectorOperators.LE, a0));
      FloatVector m1 = b1.blend(a1, b1.compare(VectorOperators.LE, a1));
      m0 = c0.blend(m0, c0.compare(VectorOperators.LE, m0));
      m1 = c1.blend(m1, c1.compare(VectorOperators.LE, m1));
      s0 = a0.fma(b0, c0).add(s0);
      s1 = a1.fma(b1, c1).add(s1);
      least = a0.reinterpretAsInts().min(b0.reinterpretAsInts()).min(least);
      least = c0.reinterpretAsInts().min(a1.reinterpretAsInts()).min(least);
      least = b1.reinterpretAsInts().min(c1.reinterpretAsInts()).min(least);
      if (i >= 0) {
        FloatVector t0 = m0.blend(p1, m0.compare(VectorOperators.LE, p1));
        FloatVector t1 = m1.blend(q1, m1.compare(VectorOperators.LE, q1));
        t0.blend(p0, t0.compare(VectorOperators.LE, p0)).intoArray(y, to + i * ld);
        t1.blend(q0, t1.compare(VectorOperators.LE, q0)).intoArray(y, to + i * ld + L);
      }
      p0 = p1;
      q0 = q1;
      p1 = m0;
      q1 = m1;
      at += ld;
    }
    FloatVector none = FloatVector.broadcast(V, -0f);
    boolean isNan = none.add(s0).add(none.add(s1)).test(VectorOperators.IS_NAN).anyTrue();
    IntVector minus = IntVector.broadcast(I, Integer.MAX_VALUE).min(least);
    return !isNan && !minus.compare(VectorOperators.EQ, Integer.MIN_VALUE).anyTrue();
  }

  /** A window's last column is the next one's first; false if there may be a NaN. */
  private static boolean byTwos(
      int outputs, int ld, int row, float[] x, int from, float[] y, int to) {
    FloatVector a0 = FloatVector.fromArray(V, x, from);
    FloatVector b0 = FloatVector.fromArray(V, x, from + row);
    FloatVector c0 = FloatVector.fromArray(V, x, from + 2 * row);
    FloatVector d0 = FloatVector.fromArray(V, x, from + L);
    FloatVector e0 = FloatVector.fromArray(V, x, from + row + L);
    FloatVector f0 = FloatVector.fromArray(V, x, from + 2 * row + L);
    FloatVector s0 = a0.fma(b0, c0);
    FloatVector s1 = d0.fma(e0, f0);
    int at = from + ld;
    for (int i = 0; i < outputs; i++) {
      FloatVector a1 = FloatVector.fromArray(V, x, at);
      FloatVector a2 = FloatVector.fromArray(V, x, at + ld);
      FloatVector b1 = FloatVector.fromArray(V, x, at + row);
      FloatVector b2 = FloatVector.fromArray(V, x, at + row + ld);
      FloatVector c1 = FloatVector.fromArray(V, x, at + 2 * row);
      FloatVector c2 = FloatVector.fromArray(V, x, at + 2 * row + ld);
      FloatVector m1 = a1.blend(a0, a1.compare(VectorOperators.LE, a0));
      FloatVector m2 = a2.blend(m1, a2.compare(VectorOperators.LE, m1));
      FloatVector m3 = b1.blend(b0, b1.compare(VectorOperators.LE, b0));
      FloatVector m4 = b2.blend(m3, b2.compare(VectorOperators.LE, m3));
      FloatVector m5 = c1.blend(c0, c1.compare(VectorOperators.LE, c0));
      FloatVector m6 = c2.blend(m5, c2.compare(VectorOperators.LE, m5));
      FloatVector m7 = m4.blend(m2, m4.compare(VectorOperators.LE, m2));
      m6.blend(m7, m6.compare(VectorOperators.LE, m7)).intoArray(y, to + i * ld);
      s0 = a1.fma(a2, b1.fma(b2, c1.mul(c2))).add(s0);
      a0 = a2;
      b0 = b2;
      c0 = c2;
      FloatVector d1 = FloatVector.fromArray(V, x, at + L);
      FloatVector d2 = FloatVector.fromArray(V, x, at + ld + L);
      FloatVector e1 = FloatVector.fromArray(V, x, at + row + L);
      FloatVector e2 = FloatVector.fromArray(V, x, at + row + ld + L);
      FloatVector f1 = FloatVector.fromArray(V, x, at + 2 * row + L);
      FloatVector f2 = FloatVector.fromArray(V, x, at + 2 * row + ld + L);
      FloatVector n1 = d1.blend(d0, d1.compare(VectorOperators.LE, d0));
      FloatVector n2 = d2.blend(n1, d2.compare(VectorOperators.LE, n1));
      FloatVector n3 = e1.blend(e0, e1.compare(VectorOperators.LE, e0));
      FloatVector n4 = e2.blend(n3, e2.compare(VectorOperators.LE, n3));
      FloatVector n5 = f1.blend(f0, f1.compare(VectorOperators.LE, f0));
      FloatVector n6 = f2.blend(n5, f2.compare(VectorOperators.LE, n5));
      FloatVector n7 = n4.blend(n2, n4.compare(VectorOperators.LE, n2));
      n6.blend(n7, n6.compare(VectorOperators.LE, n7)).intoArray(y, to + i * ld + L);
      s1 = d1.fma(d2, e1.fma(e2, f1.mul(f2))).add(s1);
      d0 = d2;
      e0 = e2;
      f0 = f2;
      at += 2 * ld;
    }
    FloatVector none = FloatVector.broadcast(V, -0f);
    return !none.add(s0).add(none.add(s1)).test(VectorOperators.IS_NAN).anyTrue();
  }

  /** Windows of 2 x 2 taps whose first ones lie side by side, as do their outputs. */
  private static void four(int n, float[] x, int from, int row, int tap, float[] y, int to) {
    int whole = V.loopBound(n);
    for (int j = 0; j < whole; j += L) {
      FloatVector a0 = FloatVector.fromArray(V, x, from + j);
      FloatVector a1 = FloatVector.fromArray(V, x, from + j + tap);
      FloatVector b0 = FloatVector.fromArray(V, x, from + j + row);
      FloatVector b1 = FloatVector.fromArray(V, x, from + j + row + tap);
      FloatVector m1 = a1.blend(a0, a1.compare(VectorOperators.LE, a0));
      FloatVector m2 = b0.blend(m1, b0.compare(VectorOperators.LE, m1));
      FloatVector m3 = b1.blend(m2, b1.compare(VectorOperators.LE, m2));
      m3.intoArray(y, to + j);
      FloatVector suspect = a0.fma(a1, b0).add(b1);
      if (suspect.test(VectorOperators.IS_NAN).anyTrue()) {
        careful(row, tap, 2, 2, 1, 0, x, from + j, y, to + j);
      }
    }
    if (whole < n) {
      four(L, x, from + n - L, row, tap, y, to + n - L);
    }
  }

  /** Windows of 3 x 3 taps whose first ones lie side by side, as do their outputs. */
  private static void nine(int n, float[] x, int from, int row, int tap, float[] y, int to) {
    int whole = V.loopBound(n);
    for (int j = 0; j < whole; j += L) {
      FloatVector a0 = FloatVector.fromArray(V, x, from + j);
      FloatVector a1 = FloatVector.fromArray(V, x, from + j + tap);
      FloatVector a2 = FloatVector.fromArray(V, x, from + j + 2 * tap);
      FloatVector b0 = FloatVector.fromArray(V, x, from + j + row);
      FloatVector b1 = FloatVector.fromArray(V, x, from + j + row + tap);
      FloatVector b2 = FloatVector.fromArray(V, x, from + j + row + 2 * tap);
      FloatVector c0 = FloatVector.fromArray(V, x, from + j + 2 * row);
      FloatVector c1 = FloatVector.fromArray(V, x, from + j + 2 * row + tap);
      FloatVector c2 = FloatVector.fromArray(V, x, from + j + 2 * row + 2 * tap);
      FloatVector m1 = a1.blend(a0, a1.compare(VectorOperators.LE, a0));
      FloatVector m2 = a2.blend(m1, a2.compare(VectorOperators.LE, m1));
      FloatVector m3 = b0.blend(m2, b0.compare(VectorOperators.LE, m2));
      FloatVector m4 = b1.blend(m3, b1.compare(VectorOperators.LE, m3));
      FloatVector m5 = b2.blend(m4, b2.compare(VectorOperators.LE, m4));
      FloatVector m6 = c0.blend(m5, c0.compare(VectorOperators.LE, m5));
      FloatVector m7 = c1.blend(m6, c1.compare(VectorOperators.LE, m6));
      FloatVector m8 = c2.blend(m7, c2.compare(VectorOperators.LE, m7));
      m8.intoArray(y, to + j);
      FloatVector suspect = a0.fma(a1, a2).fma(b0.fma(b1, b2), c0.fma(c1, c2));
      if (suspect.test(VectorOperators.IS_NAN).anyTrue()) {
        careful(row, tap, 3, 3, 1, 0, x, from + j, y, to + j);
      }
    }
    if (whole < n) {
      nine(L, x, from + n - L, row, tap, y, to + n - L);
    }
  }

  /** Four vectors side by side, so that none waits for another; false if there may be a NaN. */
  private static boolean sideBySide(
      int row,
      int tap,
      int rows,
      int taps,
      int planes,
      int plane,
      float[] x,
      int from,
      float[] y,
      int to) {
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
        int at = from + z * plane + r * row;
        int t = 0;
        for (; t < taps - 1; t += 2) {
          FloatVector u0 = FloatVector.fromArray(V, x, at);
          FloatVector v0 = FloatVector.fromArray(V, x, at + tap);
          FloatVector m0 = v0.blend(u0, v0.compare(VectorOperators.LE, u0));
          b0 = m0.blend(b0, m0.compare(VectorOperators.LE, b0));
          s0 = u0.fma(v0, s0);
          FloatVector u1 = FloatVector.fromArray(V, x, at + L);
          FloatVector v1 = FloatVector.fromArray(V, x, at + tap + L);
          FloatVector m1 = v1.blend(u1, v1.compare(VectorOperators.LE, u1));
          b1 = m1.blend(b1, m1.compare(VectorOperators.LE, b1));
          s1 = u1.fma(v1, s1);
          FloatVector u2 = FloatVector.fromArray(V, x, at + 2 * L);
          FloatVector v2 = FloatVector.fromArray(V, x, at + tap + 2 * L);
          FloatVector m2 = v2.blend(u2, v2.compare(VectorOperators.LE, u2));
          b2 = m2.blend(b2, m2.compare(VectorOperators.LE, b2));
          s2 = u2.fma(v2, s2);
          FloatVector u3 = FloatVector.fromArray(V, x, at + 3 * L);
          FloatVector v3 = FloatVector.fromArray(V, x, at + tap + 3 * L);
          FloatVector m3 = v3.blend(u3, v3.compare(VectorOperators.LE, u3));
          b3 = m3.blend(b3, m3.compare(VectorOperators.LE, b3));
          s3 = u3.fma(v3, s3);
          at += 2 * tap;
        }
        if (t < taps) {
          FloatVector v0 = FloatVector.fromArray(V, x, at);
          b0 = v0.blend(b0, v0.compare(VectorOperators.LE, b0));
          s0 = v0.add(s0);
          FloatVector v1 = FloatVector.fromArray(V, x, at + L);
          b1 = v1.blend(b1, v1.compare(VectorOperators.LE, b1));
          s1 = v1.add(s1);
          FloatVector v2 = FloatVector.fromArray(V, x, at + 2 * L);
          b2 = v2.blend(b2, v2.compare(VectorOperators.LE, b2));
          s2 = v2.add(s2);
          FloatVector v3 = FloatVector.fromArray(V, x, at + 3 * L);
          b3 = v3.blend(b3, v3.compare(VectorOperators.LE, b3));
          s3 = v3.add(s3);
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

  /** One vector of one output, whatever its taps are: the first NaN stays. */
  private static void careful(
      int row,
      int tap,
      int rows,
      int taps,
      int planes,
      int plane,
      float[] x,
      int from,
      float[] y,
      int to) {
    FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = from + z * plane + r * row;
        for (int t = 0; t < taps; t++) {
          FloatVector v = FloatVector.fromArray(V, x, at);
          FloatVector b = FloatVector.broadcast(V, -0f).add(best);
          VectorMask<Float> stays =
              v.compare(VectorOperators.LE, b).or(b.test(VectorOperators.IS_NAN));
          best = v.blend(b, stays);
          at += tap;
        }
      }
    }
    FloatVector.broadcast(V, -0f).add(best).intoArray(y, to);
  }

  /** As {@link PoolKernels#max}, with places. */
  void runWithPlaces(
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
      int pixel = first + i * steps.output();
      int to = yOff + i * ld;
      int placesTo = placesOff + i * ld;
      for (int next = 0; next < channels; next += L) {
        int c = Math.min(next, channels - L);
        int at = xOff + c;
        if (!greatestAndPlace(
            ld, planes, rows, taps, x, at, pixel, y, to + c, places, placesTo + c)) {
          rest.max(L, ld, 1, planes, rows, taps, x, at, pixel, y, to + c, places, placesTo + c);
        }
      }
    }
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
}
