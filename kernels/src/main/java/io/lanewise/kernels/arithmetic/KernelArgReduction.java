package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link ArgReduction}: the first along the last axis row by row, all else in two passes, the
 * extreme by {@link Folding}, then where it is. Results that lie side by side are looked for
 * together, row by row, as memory lies.
 */
final class KernelArgReduction implements ArgReduction {
  private static final int TASK = 1 << 14;
  private static final int STRIP = 256;
  private static final int EXACT = 1 << 24; // integers up to this are floats

  private final Shape x;
  private final Shape y;
  private final boolean last;
  private final boolean max;
  private final boolean direct; // without the extremes first
  private final Folding fold;
  private final Axes axes;
  private final ArithmeticKernels kernels;
  private final ElementwiseKernels elements;
  private final int strip;
  private final int strips;
  private final int blocks;
  private final int perTask;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelArgReduction(
      Fold extreme, Shape x, boolean[] reduced, boolean keepDims, boolean last, Target target) {
    this.x = x;
    this.y = Arithmetic.reduced(x, reduced, keepDims);
    this.last = last;
    int[] dims = StoredDims.of(x, Layout.CHANNELS_FIRST);
    this.fold = new Folding(extreme, dims, reduced, target.kernels());
    this.axes = new Axes(dims, reduced);
    this.kernels = target.kernels().arithmetic();
    this.elements = target.kernels().elementwise();
    this.max = extreme == Fold.MAX;
    this.direct = axes.lastIsReduced() && !last;
    if (axes.reduced() == 0 && axes.kept() > 0) {
      throw new IllegalArgumentException("nothing to choose from along an empty axis of " + x);
    }
    this.strip = axes.lastIsReduced() ? 1 : Math.max(1, Math.min(STRIP, axes.lastKept()));
    this.strips = Math.ceilDiv(axes.lastKept(), strip);
    this.blocks = axes.kept() == 0 ? 0 : axes.kept() / axes.lastKept() * strips;
    this.perTask = Math.max(1, TASK / Math.max(1, strip * axes.reduced()));
    this.workspace = new WorkspaceSpec(axes.kept(), Folding.SCRATCH);
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void run(Tensor x, int[] indices, Workspace ws, Parallel par) {
    requireShape(x, this.x, "x");
    Arithmetic.requireIndices(indices, y);
    ws.require(workspace, par.workers());
    if (!direct) {
      extremes(x, ws, par);
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.indices = indices;
      call.ws = ws;
      par.forWork(2L * x.size()).forEach(Math.ceilDiv(blocks, perTask), call.search);
    }
  }

  private void extremes(Tensor x, Workspace ws, Parallel par) {
    Sums.run(fold, x.array(), x.offset(), ws.array(), ws.sharedOffset(), ws, par);
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private int[] indices;
    private Workspace ws;
    private final TaskBody search = this::search;

    private void search(int task, int worker) {
      int end = Math.min(blocks, (task + 1) * perTask);
      for (int block = task * perTask; block < end; block++) {
        int at = block % strips * strip;
        int result = block / strips * axes.lastKept() + at;
        int n = Math.min(strip, axes.lastKept() - at);
        int from = x.offset() + axes.keptOffset(result);
        if (direct) {
          indices[result] = first(from);
        } else if (axes.lastIsReduced()) {
          indices[result] = line(from, result);
        } else {
          rows(from, result, n, worker);
        }
      }
    }

    /** The first of a result's extremes, or the first NaN, run by run. */
    private int first(int from) {
      int run = axes.lastReduced();
      int place = -1;
      float best = Float.NaN;
      for (int q = 0; q < axes.reduced(); q += run) {
        int at = from + axes.reducedOffset(q);
        int i =
            max ? elements.placeOfMax(x.array(), at, run) : elements.placeOfMin(x.array(), at, run);
        float v = x.array()[at + i];
        if (place < 0 || Float.isNaN(v) || (max ? v > best : v < best)) {
          place = q + i;
          best = v;
        }
        if (Float.isNaN(best)) {
          return place;
        }
      }
      return place;
    }

    private int line(int from, int result) {
      float extreme = ws.array()[ws.sharedOffset() + result];
      int run = axes.lastReduced();
      int runs = axes.reduced() / run;
      for (int i = 0; i < runs; i++) {
        int q = last ? runs - 1 - i : i;
        int at = from + axes.reducedOffset(q * run);
        for (int j = 0; j < run; j++) {
          int k = last ? run - 1 - j : j;
          float v = x.array()[at + k];
          if (v == extreme || Float.isNaN(v)) {
            return q * run + k;
          }
        }
      }
      throw new AssertionError("the extreme is not there");
    }

    /**
     * Results side by side: from the far end to the near one, each row's number is taken where the
     * row has the extreme. Numbers are exact as floats.
     */
    private void rows(int from, int result, int n, int worker) {
      int run = axes.lastReduced();
      int step = axes.lastReducedStep();
      float[] scratch = ws.array();
      int extremes = ws.sharedOffset() + result;
      int found = ws.workerOffset(worker);
      int numbers = found + STRIP;
      int equal = numbers + STRIP;
      boolean plain = axes.reduced() <= EXACT;
      for (int j = 0; j < n; j++) {
        plain &= !Float.isNaN(scratch[extremes + j]);
      }
      if (!plain) {
        slowRows(from, result, n);
        return;
      }
      for (int i = 0; i < axes.reduced(); i++) {
        int number = last ? i : axes.reduced() - 1 - i;
        int at = from + axes.reducedOffset(number / run * run) + number % run * step;
        Arrays.fill(scratch, numbers, numbers + n, number);
        kernels.binary(BinaryCurve.EQUAL, x.array(), at, scratch, extremes, scratch, equal, n);
        kernels.select(scratch, equal, scratch, numbers, scratch, found, scratch, found, n);
      }
      for (int j = 0; j < n; j++) {
        indices[result + j] = (int) scratch[found + j];
      }
    }

    /** With NaN among the extremes, or more rows than floats can number. */
    private void slowRows(int from, int result, int n) {
      int run = axes.lastReduced();
      int step = axes.lastReducedStep();
      float[] extremes = ws.array();
      int to = ws.sharedOffset() + result;
      Arrays.fill(indices, result, result + n, -1);
      for (int i = 0; i < axes.reduced(); i++) {
        int number = last ? axes.reduced() - 1 - i : i;
        int at = from + axes.reducedOffset(number / run * run) + number % run * step;
        for (int j = 0; j < n; j++) {
          float v = x.array()[at + j];
          if (indices[result + j] < 0 && (v == extremes[to + j] || Float.isNaN(v))) {
            indices[result + j] = number;
          }
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      indices = null;
      ws = null;
    }
  }
}
