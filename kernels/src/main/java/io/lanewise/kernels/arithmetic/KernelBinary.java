package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationLoops;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
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
 * {@link Binary} block by block; the activation takes a block's result while it lies in the
 * first-level cache. The gradient of an operand that was broadcast is computed for each element of
 * the result, in scratch memory, and summed over the axes.
 */
final class KernelBinary implements Binary {
  private static final int A = 1; // operands of the blocks; 0 is the result
  private static final int B = 2;

  private final BinaryOp op;
  private final BinaryCurve curve;
  private final Activation after; // null if the curve has it, or if there is none
  private final Activation activation;
  private final boolean plain; // without an activation
  private final Layout layout;
  private final Shape a;
  private final Shape b;
  private final Shape y;
  private final Blocks blocks;
  private final Folding foldA; // null if the operand has the result's shape
  private final Folding foldB;
  private final boolean gradientIsDy; // or -dy
  private final ArithmeticKernels kernels;
  private final ActivationKernels activations;
  private final WorkspaceSpec workspace;
  private final FramePool<Forward> forwards = new FramePool<>(Forward::new);
  private final FramePool<Backward> backwards = new FramePool<>(Backward::new);

  KernelBinary(BinaryOp op, Shape a, Shape b, Activation after, Layout layout, Target target) {
    this.op = op;
    this.a = a;
    this.b = b;
    this.y = Arithmetic.broadcast(layout, a, b);
    this.layout = layout;
    this.activation = after;
    this.plain = after.kind() == Activation.Kind.IDENTITY;
    boolean relu = op == BinaryOp.ADD && after.kind() == Activation.Kind.RELU;
    this.curve = relu ? BinaryCurve.ADD_RELU : op.curve();
    this.after = plain || relu ? null : after;
    int[] dims = StoredDims.of(y, layout);
    int[] aSteps = StoredDims.broadcastSteps(a, y, layout);
    int[] bSteps = StoredDims.broadcastSteps(b, y, layout);
    this.blocks = new Blocks(dims, StoredDims.steps(dims), aSteps, bSteps);
    this.foldA = Sums.over(dims, aSteps, target.kernels());
    this.foldB = Sums.over(dims, bSteps, target.kernels());
    this.gradientIsDy = plain && (op == BinaryOp.ADD || op == BinaryOp.SUB);
    this.kernels = target.kernels().arithmetic();
    this.activations = target.kernels().activations();
    boolean sums = foldA != null || foldB != null;
    long shared = op.hasGradient() && sums && !gradientIsDy ? y.size() : 0;
    this.workspace = new WorkspaceSpec(shared, Math.max(4 * Blocks.MOST, Folding.SCRATCH));
  }

  @Override
  public Shape a() {
    return a;
  }

  @Override
  public Shape b() {
    return b;
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
  public void forward(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par) {
    requireOperands(a, b);
    requireShape(y, this.y, layout, "y");
    requireApart(y, a, "a", foldA == null);
    requireApart(y, b, "b", foldB == null);
    ws.require(workspace, par.workers());
    try (Forward call = forwards.take()) {
      call.a = a;
      call.b = b;
      call.y = y;
      call.ws = ws;
      par.forWork(flops()).forEach(blocks.tasks(), call.part);
    }
  }

  private void requireOperands(Tensor a, Tensor b) {
    requireShape(a, this.a, layout, "a");
    requireShape(b, this.b, layout, "b");
  }

  private static void requireApart(Tensor y, Tensor operand, String name, boolean alike) {
    if (alike) {
      requireSameOrDisjoint(y, "y", operand, name);
    } else {
      requireDisjoint(y, "y", operand, name);
    }
  }

  private long flops() {
    return (op == BinaryOp.POW ? 40L : 4L) * y.size();
  }

  /** dst = op(a, b) under one block, before an activation that the curve does not have. */
  private void compute(
      BinaryCurve f,
      Tensor a,
      Tensor b,
      int block,
      int n,
      float[] scratch,
      int own,
      float[] dst,
      int to) {
    float[] left = a.array();
    int leftOff = a.offset() + blocks.offset(A, block);
    float[] right = b.array();
    int rightOff = b.offset() + blocks.offset(B, block);
    if (blocks.lie(A) == Blocks.Lie.NUMBER) {
      kernels.binaryA(f, left[leftOff], right, rightOff, dst, to, n);
      return;
    }
    if (blocks.lie(B) == Blocks.Lie.NUMBER) {
      kernels.binaryB(f, left, leftOff, right[rightOff], dst, to, n);
      return;
    }
    if (blocks.lie(A) != Blocks.Lie.DENSE) {
      blocks.spread(A, left, leftOff, scratch, own, n);
      left = scratch;
      leftOff = own;
    }
    if (blocks.lie(B) != Blocks.Lie.DENSE) {
      blocks.spread(B, right, rightOff, scratch, own + Blocks.MOST, n);
      right = scratch;
      rightOff = own + Blocks.MOST;
    }
    kernels.binary(f, left, leftOff, right, rightOff, dst, to, n);
  }

  private final class Forward extends CallFrame {
    private Tensor a;
    private Tensor b;
    private Tensor y;
    private Workspace ws;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int own = ws.workerOffset(worker);
      float[] dst = y.array();
      int first = blocks.first(task);
      int end = blocks.end(task);
      if (after == null && blocks.isRow()) {
        int to = y.offset() + blocks.offset(0, first);
        compute(curve, a, b, first, blocks.length(first, end), ws.array(), own, dst, to);
        return;
      }
      for (int block = first; block < end; block++) {
        int n = blocks.length(block);
        int to = y.offset() + blocks.offset(0, block);
        compute(curve, a, b, block, n, ws.array(), own, dst, to);
        if (after != null) {
          ActivationLoops.forward(after, activations, dst, to, dst, to, n);
        }
      }
    }

    @Override
    protected void clear() {
      a = null;
      b = null;
      y = null;
      ws = null;
    }
  }

  @Override
  public void backward(
      Tensor a, Tensor b, Tensor y, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par) {
    if (!op.hasGradient()) {
      throw new UnsupportedOperationException(op + " has no gradient");
    }
    requireOperands(a, b);
    requireShape(dy, this.y, layout, "dy");
    if (!plain && !activation.needsInput()) {
      requireShape(y, this.y, layout, "y");
    }
    requireGradient(da, "da", this.a, a, b, y, dy);
    requireGradient(db, "db", this.b, a, b, y, dy);
    if (da != null && db != null) {
      requireDisjoint(da, "da", db, "db");
    }
    ws.require(workspace, par.workers());
    try (Backward call = backwards.take()) {
      call.a = a;
      call.b = b;
      call.y = y;
      call.dy = dy;
      call.ws = ws;
      boolean both = foldA == null || foldB == null; // one pass: one scratch memory will do
      if (both && da != null && db != null) {
        call.pass(da, db, par);
      } else {
        if (da != null) {
          call.pass(da, null, par);
        }
        if (db != null) {
          call.pass(null, db, par);
        }
      }
    }
  }

  private void requireGradient(
      Tensor gradient, String name, Shape shape, Tensor a, Tensor b, Tensor y, Tensor dy) {
    if (gradient != null) {
      requireShape(gradient, shape, layout, name);
      requireDisjoint(gradient, name, a, "a");
      requireDisjoint(gradient, name, b, "b");
      requireDisjoint(gradient, name, dy, "dy");
      if (y != null) {
        requireDisjoint(gradient, name, y, "y");
      }
    }
  }

  private final class Backward extends CallFrame {
    private Tensor a;
    private Tensor b;
    private Tensor y;
    private Tensor dy;
    private Tensor da;
    private Tensor db;
    private Workspace ws;
    private final TaskBody part = this::part;

    /** The gradients that are wanted; if both, at most one is of an operand that was broadcast. */
    private void pass(Tensor da, Tensor db, Parallel par) {
      this.da = da;
      this.db = db;
      boolean dense = (da != null && foldA == null) || (db != null && foldB == null);
      if (dense || !gradientIsDy) {
        par.forWork(2 * flops()).forEach(blocks.tasks(), part);
      }
      if (da != null && foldA != null) {
        sum(foldA, da, par);
      }
      if (db != null && foldB != null) {
        sum(foldB, db, par);
        if (gradientIsDy && op == BinaryOp.SUB) {
          int at = db.offset();
          kernels.unary(UnaryCurve.NEG, 0, 0, db.array(), at, db.array(), at, db.size());
        }
      }
    }

    private void sum(Folding fold, Tensor gradient, Parallel par) {
      float[] src = gradientIsDy ? dy.array() : ws.array();
      int at = gradientIsDy ? dy.offset() : ws.sharedOffset();
      Sums.run(fold, src, at, gradient.array(), gradient.offset(), ws, par);
    }

    private void part(int task, int worker) {
      float[] scratch = ws.array();
      int own = ws.workerOffset(worker);
      for (int block = blocks.first(task); block < blocks.end(task); block++) {
        int n = blocks.length(block);
        int at = blocks.offset(0, block);
        float[] g = dy.array();
        int gOff = dy.offset() + at;
        if (!plain) {
          gOff = own + 2 * Blocks.MOST;
          beforeActivation(block, n, at, own, gOff);
          g = scratch;
        }
        if (da != null && !(foldA != null && gradientIsDy)) {
          float[] to = foldA == null ? da.array() : scratch;
          slope(
              true,
              block,
              n,
              g,
              gOff,
              to,
              at + (foldA == null ? da.offset() : ws.sharedOffset()),
              own);
        }
        if (db != null && !(foldB != null && gradientIsDy)) {
          float[] to = foldB == null ? db.array() : scratch;
          slope(
              false,
              block,
              n,
              g,
              gOff,
              to,
              at + (foldB == null ? db.offset() : ws.sharedOffset()),
              own);
        }
      }
    }

    /** The gradient with respect to op(a, b), in scratch memory. */
    private void beforeActivation(int block, int n, int at, int own, int gOff) {
      float[] scratch = ws.array();
      float[] saved = scratch;
      int savedOff = own + 3 * Blocks.MOST;
      if (activation.needsInput()) {
        compute(op.curve(), a, b, block, n, scratch, own, scratch, savedOff);
      } else {
        saved = y.array();
        savedOff = y.offset() + at;
      }
      ActivationLoops.backward(
          activation, activations, saved, savedOff, dy.array(), dy.offset() + at, scratch, gOff, n);
    }

    private void slope(
        boolean ofA, int block, int n, float[] g, int gOff, float[] dx, int dxOff, int own) {
      boolean one = ofA ? isOneOfA(op) : op == BinaryOp.ADD;
      if (one) {
        System.arraycopy(g, gOff, dx, dxOff, n);
      } else if (op == BinaryOp.SUB) {
        kernels.unary(UnaryCurve.NEG, 0, 0, g, gOff, dx, dxOff, n);
      } else {
        float[] scratch = ws.array();
        float[] left = a.array();
        int leftOff = a.offset() + blocks.offset(A, block);
        if (blocks.lie(A) != Blocks.Lie.DENSE) {
          blocks.spread(A, left, leftOff, scratch, own, n);
          left = scratch;
          leftOff = own;
        }
        float[] right = b.array();
        int rightOff = b.offset() + blocks.offset(B, block);
        if (blocks.lie(B) != Blocks.Lie.DENSE) {
          blocks.spread(B, right, rightOff, scratch, own + Blocks.MOST, n);
          right = scratch;
          rightOff = own + Blocks.MOST;
        }
        if (ofA) {
          kernels.slopeA(op.curve(), left, leftOff, right, rightOff, g, gOff, dx, dxOff, n);
        } else {
          kernels.slopeB(op.curve(), left, leftOff, right, rightOff, g, gOff, dx, dxOff, n);
        }
      }
    }

    @Override
    protected void clear() {
      a = null;
      b = null;
      y = null;
      dy = null;
      da = null;
      db = null;
      ws = null;
    }
  }

  /** Whether the slope with respect to a is 1. */
  private static boolean isOneOfA(BinaryOp op) {
    return op == BinaryOp.ADD || op == BinaryOp.SUB || op == BinaryOp.FMOD || op == BinaryOp.MOD;
  }
}
