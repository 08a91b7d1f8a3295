package io.lanewise.kernels.quantised;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.micro.NarrowKernels;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.Target;
import java.util.Arrays;

/**
 * Rows of floats times weights in {@link NarrowPanels}, two panels at a time. One row reads the
 * panels as they stream by; more rows widen them piece by piece into L1, for the register tiles of
 * the float product. Both give each result as one chain of multiply-adds in the order of k.
 */
final class NarrowProduct {
  /** Rows of a task: its pieces of weights are widened once for all of them. */
  static final int ROWS = 96;

  /** Every integer up to it is a float32. */
  static final int EXACT = 1 << 24;

  private static final int MOST_STEPS = 1024; // of a call: C2 compiles what is called often

  private final int n;
  private final int k;
  private final int columns;
  private final int groups;
  private final int kc;
  private final NarrowKernels narrow;
  private final QuantisedKernels quantised;
  private final MacroKernel macro;

  /** A product by w[k][n]. */
  NarrowProduct(int n, int k, Target target) {
    this.n = n;
    this.k = k;
    this.narrow = target.kernels().narrow();
    this.quantised = target.kernels().quantised();
    this.columns = narrow.columns();
    this.groups = Math.ceilDiv(n, 2 * columns);
    this.kc = GemmBlocking.of(target.kernels().gemm(), target.machine()).kc();
    this.macro = new MacroKernel(target.kernels().gemm(), kc);
  }

  /** Groups of two panels. */
  int groups() {
    return groups;
  }

  /** Columns of a group. */
  int width() {
    return 2 * columns;
  }

  /** Columns of group {@code g} that the product has. */
  int columns(int g) {
    return Math.min(width(), n - g * width());
  }

  /** Scratch floats of {@link #multiply}. */
  int scratchFloats() {
    return macro.scratchFloats() + kc * width();
  }

  /** Floats of {@link #exact} for {@code m} rows. */
  int exactFloats(int m) {
    return scratchFloats() + 3 * m * width();
  }

  /** Order of the weights, for messages. */
  String layout(String plan) {
    return plan + " panels of " + columns + ", k" + k + " n" + n;
  }

  /** Where w[p][j] lies in the panels. */
  int position(int p, int j) {
    return (j / columns * k + p) * columns + j % columns;
  }

  /**
   * Elements of the panels.
   *
   * @throws IllegalArgumentException if they are 2^31 or more
   */
  int elements() {
    long elements = (long) groups * width() * k;
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "packed weights hold less than 2^31 elements, got " + elements + " for k" + k + " n" + n);
    }
    return (int) elements;
  }

  /**
   * {@code sums += a[m][k0, k1) · w}.
   *
   * @param a [m][k] from {@code aOff} with rows {@code lda} apart, read
   * @param sums [m][{@link #width()}] from {@code sumsOff}, added to
   * @param scratch {@link #scratchFloats()} from {@code scratchOff}, overwritten
   */
  void multiply(
      int m,
      int group,
      int k0,
      int k1,
      float[] a,
      int aOff,
      int lda,
      NarrowPanels w,
      float[] sums,
      int sumsOff,
      float[] scratch,
      int scratchOff) {
    boolean stream = m == 1 && w.format() != WeightFormat.FLOAT16;
    int most = stream ? MOST_STEPS : kc;
    int first = group * width() * k;
    int panel = columns * k;
    for (int pc = k0; pc < k1; pc += most) {
      int steps = Math.min(most, k1 - pc);
      int at = first + pc * columns;
      if (stream) {
        stream(steps, a, aOff + pc, w, at, panel, sums, sumsOff);
      } else {
        int wide = scratchOff + macro.scratchFloats();
        widen(w, at, steps * columns, scratch, wide);
        widen(w, at + panel, steps * columns, scratch, wide + kc * columns);
        piece(m, steps, a, aOff + pc, lda, scratch, wide, sums, sumsOff, scratchOff);
      }
    }
  }

  private void stream(
      int steps, float[] a, int aOff, NarrowPanels w, int at, int panel, float[] y, int yOff) {
    if (w.format() == WeightFormat.INT8) {
      narrow.int8(steps, a, aOff, w.bytes(), at, panel, y, yOff);
    } else {
      narrow.bfloat16(steps, a, aOff, w.shorts(), at, panel, y, yOff);
    }
  }

  private void widen(NarrowPanels w, int at, int elements, float[] dst, int dstOff) {
    switch (w.format()) {
      case INT8 -> narrow.widenInt8(elements, w.bytes(), at, dst, dstOff);
      case FLOAT16 -> narrow.widenFloat16(elements, w.shorts(), at, dst, dstOff);
      case BFLOAT16 -> narrow.widenBfloat16(elements, w.shorts(), at, dst, dstOff);
    }
  }

  private void piece(
      int m,
      int steps,
      float[] a,
      int aOff,
      int lda,
      float[] scratch,
      int wide,
      float[] sums,
      int sumsOff,
      int tile) {
    int panel = kc * columns;
    if (m == 1) {
      narrow.floats(steps, a, aOff, scratch, wide, panel, sums, sumsOff);
      return;
    }
    macro.run(
        m, width(), steps, a, aOff, lda, scratch, wide, panel, sums, sumsOff, width(), sums,
        sumsOff, width(), scratch, tile);
  }

  /**
   * Sums of integers, of any length, without rounding: parts of at most {@link NarrowPanels#steps}
   * products, added in two floats each.
   *
   * @param a [m][k] integers from {@code aOff}, read
   * @param ws {@link #exactFloats} from {@code at}, overwritten; low parts [m][{@link #width()}]
   *     then lie at {@code at}
   * @return where the high parts lie in ws, or -1 if there are none
   */
  int exact(int m, int group, float[] a, int aOff, NarrowPanels w, float[] ws, int at) {
    int sums = m * width();
    int high = at + sums;
    int part = high + sums;
    int scratch = part + sums;
    Arrays.fill(ws, at, part, 0f);
    if (w.steps() >= k) {
      multiply(m, group, 0, k, a, aOff, k, w, ws, at, ws, scratch);
      return -1;
    }
    for (int k0 = 0; k0 < k; k0 += w.steps()) {
      int k1 = Math.min(k, k0 + w.steps());
      Arrays.fill(ws, part, part + sums, 0f);
      multiply(m, group, k0, k1, a, aOff, k, w, ws, part, ws, scratch);
      quantised.fold(sums, ws, part, ws, high, at);
    }
    return high;
  }
}
