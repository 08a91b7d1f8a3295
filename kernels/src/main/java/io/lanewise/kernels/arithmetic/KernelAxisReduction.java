package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.UnaryCurve;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link AxisReduction} by {@link Folding}, and what is to be done before and after it. A gradient
 * is one number for each result, spread over the elements of it by {@link Blocks}, times something
 * of the element.
 */
final class KernelAxisReduction implements AxisReduction {
  private static final int RESULT = 1; // operand of the blocks; 0 is the input

  private final ReduceOp op;
  private final Shape x;
  private final Shape y;
  private final Layout layout;
  private final Folding fold;
  private final Folding sum; // of LOG_SUM_EXP's exponentials, of MAX' equals
  private final Blocks blocks;
  private final ArithmeticKernels kernels;
  private final WorkspaceSpec workspace;
  private final int results;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelAxisReduction(
      ReduceOp op, Shape x, boolean[] reduced, boolean keepDims, Layout layout, Target target) {
    this.op = op;
    this.x = x;
    this.layout = layout;
    this.y = Arithmetic.reduced(x, reduced, keepDims);
    int[] dims = StoredDims.of(x, layout);
    boolean[] flags = StoredDims.flags(reduced, layout);
    this.fold = new Folding(fold(op), dims, flags, target.kernels());
    this.sum = new Folding(Fold.SUM, dims, flags, target.kernels());
    int[] keptDims = dims.clone();
    for (int i = 0; i < dims.length; i++) {
      keptDims[i] = flags[i] ? 1 : dims[i];
    }
    int[] steps = StoredDims.steps(keptDims);
    for (int i = 0; i < dims.length; i++) {
      steps[i] = keptDims[i] == 1 ? 0 : steps[i];
    }
    this.blocks = new Blocks(dims, StoredDims.steps(dims), steps);
    this.kernels = target.kernels().arithmetic();
    this.results = y.size();
    long exponentials = op == ReduceOp.LOG_SUM_EXP ? x.size() : 0;
    this.workspace =
        new WorkspaceSpec(results + exponentials, Math.max(2 * Blocks.MOST, Folding.SCRATCH));
  }

  private static Fold fold(ReduceOp op) {
    return switch (op) {
      case SUM, MEAN -> Fold.SUM;
      case L1 -> Fold.SUM_OF_MAGNITUDES;
      case L2, SUM_OF_SQUARES -> Fold.SUM_OF_SQUARES;
      case MAX, LOG_SUM_EXP -> Fold.MAX;
      case MIN -> Fold.MIN;
      case PROD -> throw new IllegalArgumentException("products are not folded");
    };
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
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, this.x, layout, "x");
    requireShape(y, this.y, layout, "y");
    requireDisjoint(y, "y", x, "x");
    ws.require(workspace, par.workers());
    float[] dst = y.array();
    int to = y.offset();
    Sums.run(fold, x.array(), x.offset(), dst, to, ws, par);
    switch (op) {
      case MEAN -> kernels.binaryB(BinaryCurve.DIV, dst, to, fold.reduced(), dst, to, results);
      case L2 -> kernels.unary(UnaryCurve.SQUARE_ROOT, 0, 0, dst, to, dst, to, results);
      case LOG_SUM_EXP -> logSumExp(x, y, ws, par);
      default -> {}
    }
  }

  /** y is the maximum; an infinite one is not taken from anything, or there would be NaN. */
  private void logSumExp(Tensor x, Tensor y, Workspace ws, Parallel par) {
    float[] shift = ws.array();
    int at = ws.sharedOffset();
    for (int i = 0; i < results; i++) {
      float max = y.array()[y.offset() + i];
      shift[at + i] = Float.isInfinite(max) ? 0 : max;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.out = ws.array();
      call.outOff = at + results;
      call.ws = ws;
      par.forWork(20L * x.size()).forEach(blocks.tasks(), call.exponentials);
    }
    Sums.run(sum, ws.array(), at + results, y.array(), y.offset(), ws, par);
    kernels.unary(UnaryCurve.LOG, 0, 0, y.array(), y.offset(), y.array(), y.offset(), results);
    kernels.binary(
        BinaryCurve.ADD, y.array(), y.offset(), shift, at, y.array(), y.offset(), results);
  }

  @Override
  public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(x, this.x, layout, "x");
    requireShape(y, this.y, layout, "y");
    requireShape(dy, this.y, layout, "dy");
    requireShape(dx, this.x, layout, "dx");
    requireDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", y, "y");
    requireDisjoint(dx, "dx", dy, "dy");
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.y = y;
      call.out = dx.array();
      call.outOff = dx.offset();
      call.ws = ws;
      float[] slopes = ws.array();
      int at = ws.sharedOffset();
      System.arraycopy(dy.array(), dy.offset(), slopes, at, results);
      if (op == ReduceOp.MAX || op == ReduceOp.MIN) {
        par.forWork(4L * x.size()).forEach(blocks.tasks(), call.equals);
        Sums.run(sum, dx.array(), dx.offset(), slopes, at, ws, par);
        kernels.binary(BinaryCurve.DIV, dy.array(), dy.offset(), slopes, at, slopes, at, results);
      } else if (op == ReduceOp.MEAN) {
        kernels.binaryB(BinaryCurve.DIV, slopes, at, fold.reduced(), slopes, at, results);
      } else if (op == ReduceOp.L2) {
        for (int i = 0; i < results; i++) {
          float norm = y.array()[y.offset() + i];
          slopes[at + i] = norm == 0 ? 0 : slopes[at + i] / norm;
        }
      }
      par.forWork(20L * x.size()).forEach(blocks.tasks(), call.slopes);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor y;
    private float[] out; // as large as x
    private int outOff;
    private Workspace ws;
    private final TaskBody exponentials = this::exponentials;
    private final TaskBody equals = this::equals;
    private final TaskBody slopes = this::slopes;

    /** out = e^(x - shift). */
    private void exponentials(int task, int worker) {
      int own = ws.workerOffset(worker);
      for (int block = blocks.first(task); block < blocks.end(task); block++) {
        int n = blocks.length(block);
        int at = blocks.offset(0, block);
        spread(ws.array(), ws.sharedOffset(), block, n, ws.array(), own);
        exponential(at, n, own);
      }
    }

    /** out = e^(x - what lies in scratch memory). */
    private void exponential(int at, int n, int own) {
      int to = outOff + at;
      kernels.binary(BinaryCurve.SUB, x.array(), x.offset() + at, ws.array(), own, out, to, n);
      kernels.unary(UnaryCurve.EXP, 0, 0, out, to, out, to, n);
    }

    /** out = x is y. */
    private void equals(int task, int worker) {
      int own = ws.workerOffset(worker);
      for (int block = blocks.first(task); block < blocks.end(task); block++) {
        int n = blocks.length(block);
        int at = blocks.offset(0, block);
        spread(y.array(), y.offset(), block, n, ws.array(), own);
        kernels.binary(
            BinaryCurve.EQUAL, x.array(), x.offset() + at, ws.array(), own, out, outOff + at, n);
      }
    }

    private void slopes(int task, int worker) {
      int own = ws.workerOffset(worker);
      int slope = own + Blocks.MOST;
      float[] scratch = ws.array();
      boolean plain = op == ReduceOp.SUM || op == ReduceOp.MEAN;
      for (int block = blocks.first(task); block < blocks.end(task); block++) {
        int n = blocks.length(block);
        int at = blocks.offset(0, block);
        int to = outOff + at;
        spread(scratch, ws.sharedOffset(), block, n, plain ? out : scratch, plain ? to : slope);
        switch (op) {
          case SUM, MEAN -> {}
          case L2 -> multiply(x.array(), x.offset() + at, slope, to, n);
          case MAX, MIN -> multiply(out, to, slope, to, n);
          case L1 -> slope(UnaryCurve.ABS_VALUE, at, slope, n);
          case SUM_OF_SQUARES -> slope(UnaryCurve.SQUARE, at, slope, n);
          case LOG_SUM_EXP -> {
            spread(y.array(), y.offset(), block, n, ws.array(), own);
            exponential(at, n, own);
            multiply(out, to, slope, to, n);
          }
          case PROD -> throw new AssertionError(op);
        }
      }
    }

    private void spread(float[] src, int srcOff, int block, int n, float[] dst, int to) {
      blocks.spread(RESULT, src, srcOff + blocks.offset(RESULT, block), dst, to, n);
    }

    private void multiply(float[] src, int srcOff, int slope, int to, int n) {
      kernels.binary(BinaryCurve.MUL, src, srcOff, ws.array(), slope, out, to, n);
    }

    private void slope(UnaryCurve f, int at, int slope, int n) {
      kernels.unarySlope(
          f, 0, 0, x.array(), x.offset() + at, ws.array(), slope, out, outOff + at, n);
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      out = null;
      ws = null;
    }
  }
}
