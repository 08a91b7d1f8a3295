package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.PoolSteps;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of each window over a number, lanes on channels; the last vector of a pixel overlaps the
 * one before. Of fewer channels than lanes the other lanes hold whatever lies behind them, and are
 * not written.
 */
final class WindowSums {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final float[] EVENS = everySecond(0);
  private static final float[] ODDS = everySecond(1);

  private final PoolSteps steps;

  WindowSums(PoolSteps steps) {
    this.steps = steps;
  }

  /** As {@link PoolKernels#average}. */
  void averages(
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
    int row = steps.row() * ld;
    int tap = steps.tap() * ld;
    float head = VectorQuotients.head(divisor);
    boolean six = rows + taps == 5 && (taps == 2 || taps == 3) && !Float.isNaN(head);
    boolean nine = rows == 3 && taps == 3 && !Float.isNaN(head);
    boolean known = planes == 1 && ((rows == 2 && taps == 2) || six || nine);
    boolean whole = known && steps.output() == 1 && ld == channels; // outputs follow each other
    if (whole && outputs * ld >= L) {
      known(rows, taps, outputs * ld, x, xOff + first * ld, row, tap, divisor, head, y, yOff);
      return;
    }
    if (known && channels >= L) {
      for (int i = 0; i < outputs; i++) {
        int from = xOff + (first + i * steps.output()) * ld;
        known(rows, taps, channels, x, from, row, tap, divisor, head, y, yOff + i * ld);
      }
      return;
    }
    float inverse = VectorQuotients.exactInverse(divisor);
    boolean divides = Float.isNaN(inverse);
    float factor = divides ? 1 : inverse;
    sums(channels, ld, outputs, planes, rows, taps, factor, x, xOff, first, y, yOff);
    boolean together = ld == channels;
    for (int i = 0; divides && i < outputs; i += together ? outputs : 1) {
      VectorQuotients.divide(y, yOff + i * ld, together ? outputs * ld : channels, divisor);
    }
  }

  private void sums(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float factor,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    if (channels < L) {
      few(channels, ld, outputs, planes, rows, taps, factor, x, xOff, first, y, yOff);
      return;
    }
    for (int i = 0; i < outputs; i++) {
      int from = xOff + (first + i * steps.output()) * ld;
      int to = yOff + i * ld;
      int c = 0;
      for (; channels - c >= 8 * L; c += 8 * L) {
        eight(ld, planes, rows, taps, factor, x, from + c, y, to + c);
      }
      for (; channels - c >= 4 * L; c += 4 * L) {
        four(ld, planes, rows, taps, factor, x, from + c, y, to + c);
      }
      for (; c < channels; c += L) {
        int at = Math.min(c, channels - L);
        one(ld, planes, rows, taps, factor, x, from + at, y, to + at);
      }
    }
  }

  private static void known(
      int rows,
      int taps,
      int n,
      float[] x,
      int from,
      int row,
      int tap,
      float divisor,
      float head,
      float[] y,
      int to) {
    if (rows + taps > 4) {
      float rest = VectorQuotients.rest(divisor, head);
      if (rows + taps == 6) {
        ofNine(n, x, from, row, tap, divisor, head, rest, y, to);
      } else {
        int third = taps == 3 ? 2 * tap : row; // in the order of the sum
        int fourth = taps == 3 ? row : row + tap;
        int fifth = taps == 3 ? row + tap : 2 * row;
        ofSix(n, x, from, tap, third, fourth, fifth, fifth + tap, divisor, head, rest, y, to);
      }
      return;
    }
    float inverse = VectorQuotients.exactInverse(divisor);
    boolean divides = Float.isNaN(inverse);
    ofFour(n, x, from, row, tap, divides ? 1 : inverse, y, to);
    if (divides) {
      VectorQuotients.divide(y, to, n, divisor);
    }
  }

  /** Windows of 2 x 2 taps whose first ones lie side by side, as do their outputs. */
  private static void ofFour(
      int n, float[] x, int from, int row, int tap, float factor, float[] y, int to) {
    int whole = V.loopBound(n);
    for (int j = 0; j < whole; j += L) {
      FloatVector a0 = FloatVector.fromArray(V, x, from + j);
      FloatVector a1 = FloatVector.fromArray(V, x, from + j + tap);
      FloatVector b0 = FloatVector.fromArray(V, x, from + j + row);
      FloatVector b1 = FloatVector.fromArray(V, x, from + j + row + tap);
      FloatVector sum = FloatVector.zero(V).add(a0).add(a1).add(b0).add(b1);
      sum.mul(factor).intoArray(y, to + j);
    }
    if (whole < n) {
      ofFour(L, x, from + n - L, row, tap, factor, y, to + n - L);
    }
  }

  /** Windows of 2 x 3 or 3 x 2 taps, those of 3 x 3 at a border: see {@link VectorQuotients}. */
  private static void ofSix(
      int n,
      float[] x,
      int from,
      int second,
      int third,
      int fourth,
      int fifth,
      int sixth,
      float divisor,
      float head,
      float rest,
      float[] y,
      int to) {
    int whole = V.loopBound(n);
    for (int j = 0; j < whole; j += L) {
      FloatVector a = FloatVector.fromArray(V, x, from + j);
      FloatVector b = FloatVector.fromArray(V, x, from + j + second);
      FloatVector c = FloatVector.fromArray(V, x, from + j + third);
      FloatVector d = FloatVector.fromArray(V, x, from + j + fourth);
      FloatVector e = FloatVector.fromArray(V, x, from + j + fifth);
      FloatVector f = FloatVector.fromArray(V, x, from + j + sixth);
      FloatVector sum = FloatVector.zero(V).add(a).add(b).add(c).add(d).add(e).add(f);
      IntVector bits = sum.reinterpretAsInts();
      if (bits.add(bits).sub(1).compare(VectorOperators.ULT, VectorQuotients.SMALL).anyTrue()) {
        sum.div(divisor).intoArray(y, to + j);
      } else {
        sum.fma(FloatVector.broadcast(V, head), sum.mul(rest)).intoArray(y, to + j);
      }
    }
    if (whole < n) {
      int at = from + n - L;
      ofSix(L, x, at, second, third, fourth, fifth, sixth, divisor, head, rest, y, to + n - L);
    }
  }

  /** As {@link #ofFour}, 3 x 3 taps, and divided: see {@link VectorQuotients}. */
  private static void ofNine(
      int n,
      float[] x,
      int from,
      int row,
      int tap,
      float divisor,
      float head,
      float rest,
      float[] y,
      int to) {
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
      FloatVector sum =
          FloatVector.zero(V)
              .add(a0)
              .add(a1)
              .add(a2)
              .add(b0)
              .add(b1)
              .add(b2)
              .add(c0)
              .add(c1)
              .add(c2);
      IntVector bits = sum.reinterpretAsInts();
      if (bits.add(bits).sub(1).compare(VectorOperators.ULT, VectorQuotients.SMALL).anyTrue()) {
        sum.div(divisor).intoArray(y, to + j);
      } else {
        sum.fma(FloatVector.broadcast(V, head), sum.mul(rest)).intoArray(y, to + j);
      }
    }
    if (whole < n) {
      ofNine(L, x, from + n - L, row, tap, divisor, head, rest, y, to + n - L);
    }
  }

  private void few(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float factor,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    int tap = steps.tap() * ld;
    int last = ((planes - 1) * steps.plane() + (rows - 1) * steps.row()) * ld + (taps - 1) * tap;
    VectorMask<Float> lanes = VectorMask.fromLong(V, (1L << channels) - 1);
    int done = 0;
    if (planes == 1 && rows == 2 && taps == 2 && ld == channels) {
      int step = steps.output() * ld;
      int from = xOff + first * ld;
      if (steps.output() == 2 && steps.tap() == 1 && 2 * ld <= L) {
        int woven = woven(ld, outputs, x, from, steps.row() * ld, factor, y, yOff);
        outputs -= woven;
        first += 2 * woven;
        from += woven * step;
        yOff += woven * ld;
      }
      int inside = Math.floorDiv(x.length - L - last - from, Math.max(1, step));
      int room = Math.min(inside, Math.floorDiv(y.length - L - yOff, ld));
      done = Math.clamp(room + 1L, 0, outputs);
      fewOfFour(ld, step, done, x, from, last, tap, factor, y, yOff);
    }
    for (int i = done; i < outputs; i++) {
      int from = xOff + (first + i * steps.output()) * ld;
      int to = yOff + i * ld;
      if (from + last + L > x.length || to + L > y.length) { // masks would not help: ADR 6
        slow(channels, ld, planes, rows, taps, factor, x, from, y, to);
        continue;
      }
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
      FloatVector.broadcast(V, -0f).add(sum).mul(factor).intoArray(y, to, lanes);
    }
  }

  /**
   * As many windows of 2 x 2 taps, two pixels apart, as fit into a vector at once: of two vectors
   * of a row the first taps are selected, and the second ones.
   *
   * @return how many windows were written, as long as a whole vector fits
   */
  private static int woven(
      int ld, int outputs, float[] x, int from, int row, float factor, float[] y, int to) {
    int together = L / ld;
    int span = 2 * together * ld;
    int ahead = Math.ceilDiv(L, ld); // outputs that a vector's store reaches
    FloatVector evens = FloatVector.fromArray(V, EVENS, ld * L);
    FloatVector odds = FloatVector.fromArray(V, ODDS, ld * L);
    int i = 0;
    for (; i + ahead <= outputs; i += together) {
      int at = from + 2 * i * ld;
      FloatVector a = FloatVector.fromArray(V, x, at);
      FloatVector b = FloatVector.fromArray(V, x, at + span - L);
      FloatVector c = FloatVector.fromArray(V, x, at + row);
      FloatVector d = FloatVector.fromArray(V, x, at + row + span - L);
      FloatVector sum = FloatVector.zero(V).add(evens.selectFrom(a, b)).add(odds.selectFrom(a, b));
      sum = sum.add(evens.selectFrom(c, d)).add(odds.selectFrom(c, d));
      sum.mul(factor).intoArray(y, to + i * ld);
    }
    return i;
  }

  /**
   * For each number of channels, where in two vectors the pixels lie, from the first or second on.
   */
  private static float[] everySecond(int pixel) {
    float[] places = new float[(L / 2 + 1) * L];
    for (int c = 1; c <= L / 2; c++) {
      int lanes = L / c * c;
      for (int j = 0; j < lanes; j++) {
        int at = (2 * (j / c) + pixel) * c + j % c;
        places[c * L + j] = at < L ? at : at + 2 * (L - lanes); // the second vector ends the span
      }
    }
    return places;
  }

  /**
   * Windows of 2 x 2 taps, written from the first to the last: a vector that ends within the run
   * goes over the places of those behind it.
   */
  private static void fewOfFour(
      int ld,
      int step,
      int outputs,
      float[] x,
      int from,
      int last,
      int tap,
      float factor,
      float[] y,
      int to) {
    VectorMask<Float> lanes = VectorMask.fromLong(V, (1L << ld) - 1);
    for (int i = 0; i < outputs; i++) {
      int at = from + i * step;
      FloatVector a0 = FloatVector.fromArray(V, x, at);
      FloatVector a1 = FloatVector.fromArray(V, x, at + tap);
      FloatVector b0 = FloatVector.fromArray(V, x, at + last - tap);
      FloatVector b1 = FloatVector.fromArray(V, x, at + last);
      FloatVector sum = FloatVector.zero(V).add(a0).add(a1).add(b0).add(b1).mul(factor);
      if (i * ld + L <= outputs * ld) {
        sum.intoArray(y, to + i * ld);
      } else {
        sum.intoArray(y, to + i * ld, lanes);
      }
    }
  }

  /** At the end of an array. */
  private void slow(
      int channels,
      int ld,
      int planes,
      int rows,
      int taps,
      float factor,
      float[] x,
      int from,
      float[] y,
      int to) {
    for (int c = 0; c < channels; c++) {
      float sum = 0;
      for (int z = 0; z < planes; z++) {
        for (int r = 0; r < rows; r++) {
          int at = from + (z * steps.plane() + r * steps.row()) * ld + c;
          for (int t = 0; t < taps; t++) {
            sum += x[at + t * steps.tap() * ld];
          }
        }
      }
      y[to + c] = sum * factor;
    }
  }

  private void one(
      int ld,
      int planes,
      int rows,
      int taps,
      float factor,
      float[] x,
      int from,
      float[] y,
      int to) {
    int tap = steps.tap() * ld;
    FloatVector s0 = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = from + (z * steps.plane() + r * steps.row()) * ld;
        for (int t = 0; t < taps; t++) {
          s0 = FloatVector.fromArray(V, x, at).add(s0);
          at += tap;
        }
      }
    }
    FloatVector none = FloatVector.broadcast(V, -0f);
    none.add(s0).mul(factor).intoArray(y, to);
  }

  /** Vectors side by side: whole lines follow each other, and no sum waits for another. */
  private void four(
      int ld,
      int planes,
      int rows,
      int taps,
      float factor,
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
    FloatVector none = FloatVector.broadcast(V, -0f);
    none.add(s0).mul(factor).intoArray(y, to);
    none.add(s1).mul(factor).intoArray(y, to + L);
    none.add(s2).mul(factor).intoArray(y, to + 2 * L);
    none.add(s3).mul(factor).intoArray(y, to + 3 * L);
  }

  private void eight(
      int ld,
      int planes,
      int rows,
      int taps,
      float factor,
      float[] x,
      int from,
      float[] y,
      int to) {
    int tap = steps.tap() * ld;
    FloatVector s0 = FloatVector.zero(V);
    FloatVector s1 = FloatVector.zero(V);
    FloatVector s2 = FloatVector.zero(V);
    FloatVector s3 = FloatVector.zero(V);
    FloatVector s4 = FloatVector.zero(V);
    FloatVector s5 = FloatVector.zero(V);
    FloatVector s6 = FloatVector.zero(V);
    FloatVector s7 = FloatVector.zero(V);
    for (int z = 0; z < planes; z++) {
      for (int r = 0; r < rows; r++) {
        int at = from + (z * steps.plane() + r * steps.row()) * ld;
        for (int t = 0; t < taps; t++) {
          s0 = FloatVector.fromArray(V, x, at).add(s0);
          s1 = FloatVector.fromArray(V, x, at + L).add(s1);
          s2 = FloatVector.fromArray(V, x, at + 2 * L).add(s2);
          s3 = FloatVector.fromArray(V, x, at + 3 * L).add(s3);
          s4 = FloatVector.fromArray(V, x, at + 4 * L).add(s4);
          s5 = FloatVector.fromArray(V, x, at + 5 * L).add(s5);
          s6 = FloatVector.fromArray(V, x, at + 6 * L).add(s6);
          s7 = FloatVector.fromArray(V, x, at + 7 * L).add(s7);
          at += tap;
        }
      }
    }
    FloatVector none = FloatVector.broadcast(V, -0f);
    none.add(s0).mul(factor).intoArray(y, to);
    none.add(s1).mul(factor).intoArray(y, to + L);
    none.add(s2).mul(factor).intoArray(y, to + 2 * L);
    none.add(s3).mul(factor).intoArray(y, to + 3 * L);
    none.add(s4).mul(factor).intoArray(y, to + 4 * L);
    none.add(s5).mul(factor).intoArray(y, to + 5 * L);
    none.add(s6).mul(factor).intoArray(y, to + 6 * L);
    none.add(s7).mul(factor).intoArray(y, to + 7 * L);
  }
}
