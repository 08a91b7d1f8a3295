package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;

/**
 * Reduces some axes of a dense tensor, in an order that follows from its sizes alone. Where the
 * last axis stays, lanes lie on results and rows are folded from above; where it is reduced, long
 * rows are folded {@value #LANES} elements at a time into as many partial results, and those in
 * order; short rows are transposed first, so that lanes lie on results there too. After each
 * {@value #ROWS} rows, or {@value #CHUNK} elements, a partial result is added to the rest, which
 * keeps errors small.
 */
final class Folding {
  private static final int ROWS = 256; // folded in one chain
  private static final int LANES = 64;
  private static final int CHUNK = 4096; // of a long row
  private static final int SHORT_ROW = 256;
  private static final int TILE = 4096; // elements of transposed short rows
  private static final int TASK = 1 << 15;

  /** Floats that each worker needs. */
  static final int SCRATCH = TILE + LANES + LANES;

  private final Fold fold;
  private final Fold again; // of partial results
  private final Axes axes;
  private final ArithmeticKernels kernels;
  private final int results;
  private final int row; // elements of the last axis
  private final int outerReduced;
  private final boolean across; // the last axis stays
  private final boolean turned; // short rows are transposed
  private final int strip; // results of a block along the last kept axis
  private final int strips;
  private final int blocks;
  private final int perTask;
  private final TransposeKernel transpose;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Folding(Fold fold, int[] dims, boolean[] reduced, KernelSet set) {
    this.fold = fold;
    this.again = fold == Fold.MAX || fold == Fold.MIN ? fold : Fold.SUM;
    this.axes = new Axes(dims, reduced);
    this.kernels = set.arithmetic();
    this.results = axes.kept();
    this.across = !axes.lastIsReduced();
    this.row = across ? axes.lastKept() : axes.lastReduced();
    this.turned = !across && row < SHORT_ROW && axes.lastKept() > 1;
    this.outerReduced = axes.reduced() / Math.max(1, axes.lastReduced());
    int most = across ? 1024 : turned ? tile() : 1;
    this.strip = Math.max(1, Math.min(most, axes.lastKept()));
    this.strips = Math.ceilDiv(axes.lastKept(), strip);
    this.blocks = results == 0 ? 0 : results / axes.lastKept() * strips;
    long each = (long) strip * Math.max(1, axes.reduced());
    this.perTask = (int) Math.max(1, TASK / each);
    this.transpose = set.transpose(row);
  }

  /** Results that are computed from one tile of transposed rows. */
  private int tile() {
    return Math.max(16, Math.min(LANES, TILE / Math.max(1, row) / 16 * 16));
  }

  /** How many numbers result. */
  int results() {
    return results;
  }

  /** How many numbers make one. */
  int reduced() {
    return axes.reduced();
  }

  /**
   * Folds.
   *
   * @param dst {@link #results()} from {@code dstOff}, written; shares no element with src
   * @param scratch {@link #SCRATCH} floats for worker w from {@code scratchOff + w · scratchStep}
   */
  void run(
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      float[] scratch,
      int scratchOff,
      int scratchStep,
      Parallel par) {
    try (Call call = calls.take()) {
      call.src = src;
      call.srcOff = srcOff;
      call.dst = dst;
      call.dstOff = dstOff;
      call.scratch = scratch;
      call.scratchOff = scratchOff;
      call.scratchStep = scratchStep;
      par.forWork((long) results * axes.reduced())
          .forEach(Math.ceilDiv(blocks, perTask), call.part);
    }
  }

  private final class Call extends CallFrame {
    private float[] src;
    private int srcOff;
    private float[] dst;
    private int dstOff;
    private float[] scratch;
    private int scratchOff;
    private int scratchStep;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int own = scratchOff + worker * scratchStep;
      int end = Math.min(blocks, (task + 1) * perTask);
      for (int block = task * perTask; block < end; block++) {
        int result = block / strips * axes.lastKept() + block % strips * strip;
        int n = Math.min(strip, axes.lastKept() - block % strips * strip);
        int from = srcOff + axes.keptOffset(result);
        if (across) {
          columns(from, n, dstOff + result, own);
        } else if (turned) {
          shortRows(from, n, dstOff + result, own);
        } else {
          longRow(from, dstOff + result, own);
        }
      }
    }

    private void columns(int from, int n, int to, int own) {
      int rows = axes.lastReduced();
      int ld = axes.lastReducedStep();
      boolean first = true;
      for (int q = 0; q < outerReduced; q++) {
        int at = from + axes.reducedOffset(q * rows);
        for (int i = 0; i < rows; i += ROWS) {
          int count = Math.min(ROWS, rows - i);
          int part = first ? to : own;
          kernels.foldRows(fold, src, at + i * ld, count, ld, first ? dst : scratch, part, n);
          if (!first) {
            combine(own, to, n);
          }
          first = false;
        }
      }
      if (first) {
        kernels.foldRows(fold, src, srcOff, 0, 0, dst, to, n);
      }
    }

    private void shortRows(int from, int n, int to, int own) {
      boolean first = true;
      for (int q = 0; q < outerReduced; q++) {
        int at = from + axes.reducedOffset(q * row);
        transpose.run(src, at, n, row, scratch, own, n);
        int part = own + TILE;
        kernels.foldRows(fold, scratch, own, row, n, first ? dst : scratch, first ? to : part, n);
        if (!first) {
          combine(part, to, n);
        }
        first = false;
      }
      if (first) {
        kernels.foldRows(fold, src, srcOff, 0, 0, dst, to, n);
      }
    }

    /** dst = dst with the partial results in scratch memory. */
    private void combine(int part, int to, int n) {
      BinaryCurve f =
          again == Fold.SUM
              ? BinaryCurve.ADD
              : again == Fold.MAX ? BinaryCurve.MAX : BinaryCurve.MIN;
      kernels.binary(f, dst, to, scratch, part, dst, to, n);
    }

    private void longRow(int from, int to, int own) {
      double sum = fold.none();
      for (int q = 0; q < outerReduced; q++) {
        int at = from + axes.reducedOffset(q * row);
        for (int i = 0; i < row; i += CHUNK) {
          sum = chunk(at + i, Math.min(CHUNK, row - i), sum, own);
        }
      }
      dst[to] = (float) sum;
    }

    /** A result so far, with n more elements. */
    private double chunk(int at, int n, double before, int own) {
      double sum = before;
      int whole = n / LANES;
      if (whole > 0) {
        kernels.foldRows(fold, src, at, whole, LANES, scratch, own, LANES);
        kernels.foldRows(again, scratch, own, LANES / 16, 16, scratch, own + LANES, 16);
        for (int i = 0; i < 16; i++) {
          sum = with(again, sum, scratch[own + LANES + i]);
        }
      }
      for (int i = whole * LANES; i < n; i++) {
        sum = with(fold, sum, src[at + i]);
      }
      return sum;
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
      scratch = null;
    }
  }

  private static double with(Fold f, double sum, float x) {
    return switch (f) {
      case SUM -> sum + x;
      case SUM_OF_MAGNITUDES -> sum + Math.abs(x);
      case SUM_OF_SQUARES -> sum + (double) x * x;
      case MAX -> Math.max(sum, x);
      case MIN -> Math.min(sum, x);
    };
  }
}
