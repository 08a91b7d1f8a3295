package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** {@link Where} block by block, as {@link KernelBinary}. */
final class KernelWhere implements Where {
  private static final int CONDITION = 1; // operands of the blocks; 0 is the result
  private static final int A = 2;
  private static final int B = 3;

  private final Shape condition;
  private final Shape a;
  private final Shape b;
  private final Shape y;
  private final Layout layout;
  private final Blocks blocks;
  private final boolean conditionIsDense;
  private final Folding foldA; // null if the operand has the result's shape
  private final Folding foldB;
  private final ArithmeticKernels kernels;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelWhere(Shape condition, Shape a, Shape b, Layout layout, Target target) {
    this.condition = condition;
    this.a = a;
    this.b = b;
    this.y = Arithmetic.broadcast(layout, condition, a, b);
    this.layout = layout;
    int[] dims = StoredDims.of(y, layout);
    int[] conditionSteps = StoredDims.broadcastSteps(condition, y, layout);
    int[] aSteps = StoredDims.broadcastSteps(a, y, layout);
    int[] bSteps = StoredDims.broadcastSteps(b, y, layout);
    this.blocks = new Blocks(dims, StoredDims.steps(dims), conditionSteps, aSteps, bSteps);
    this.conditionIsDense = Sums.over(dims, conditionSteps, target.kernels()) == null;
    this.foldA = Sums.over(dims, aSteps, target.kernels());
    this.foldB = Sums.over(dims, bSteps, target.kernels());
    this.kernels = target.kernels().arithmetic();
    long shared = foldA != null || foldB != null ? y.size() : 0;
    this.workspace = new WorkspaceSpec(shared, Math.max(4 * Blocks.MOST, Folding.SCRATCH));
  }

  @Override
  public Shape condition() {
    return condition;
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
  public void forward(Tensor condition, Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par) {
    requireShape(condition, this.condition, layout, "condition");
    requireShape(a, this.a, layout, "a");
    requireShape(b, this.b, layout, "b");
    requireShape(y, this.y, layout, "y");
    requireApart(y, condition, "condition", conditionIsDense);
    requireApart(y, a, "a", foldA == null);
    requireApart(y, b, "b", foldB == null);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.condition = condition;
      call.a = a;
      call.b = b;
      call.y = y;
      call.ws = ws;
      par.forWork(4L * y.size()).forEach(blocks.tasks(), call.select);
    }
  }

  private static void requireApart(Tensor y, Tensor operand, String name, boolean alike) {
    if (alike) {
      requireSameOrDisjoint(y, "y", operand, name);
    } else {
      requireDisjoint(y, "y", operand, name);
    }
  }

  @Override
  public void backward(
      Tensor condition, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par) {
    requireShape(condition, this.condition, layout, "condition");
    requireShape(dy, this.y, layout, "dy");
    requireGradient(da, "da", this.a, condition, dy);
    requireGradient(db, "db", this.b, condition, dy);
    if (da != null && db != null) {
      requireDisjoint(da, "da", db, "db");
    }
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.condition = condition;
      call.a = dy;
      call.ws = ws;
      if (da != null) {
        call.gradient(da, foldA, true, par);
      }
      if (db != null) {
        call.gradient(db, foldB, false, par);
      }
    }
  }

  private void requireGradient(
      Tensor gradient, String name, Shape shape, Tensor condition, Tensor dy) {
    if (gradient != null) {
      requireShape(gradient, shape, layout, name);
      requireDisjoint(gradient, name, condition, "condition");
      requireDisjoint(gradient, name, dy, "dy");
    }
  }

  private final class Call extends CallFrame {
    private Tensor condition;
    private Tensor a; // dy when backward
    private Tensor b;
    private Tensor y;
    private float[] out;
    private int outOff;
    private boolean ofA;
    private Workspace ws;
    private final TaskBody select = this::select;
    private final TaskBody slope = this::slope;

    private void gradient(Tensor gradient, Folding fold, boolean ofA, Parallel par) {
      this.ofA = ofA;
      this.out = fold == null ? gradient.array() : ws.array();
      this.outOff = fold == null ? gradient.offset() : ws.sharedOffset();
      par.forWork(4L * a.size()).forEach(blocks.tasks(), slope);
      if (fold != null) {
        Sums.run(fold, out, outOff, gradient.array(), gradient.offset(), ws, par);
      }
    }

    private void select(int task, int worker) {
      int own = ws.workerOffset(worker);
      float[] scratch = ws.array();
      for (int block = blocks.first(task); block < blocks.end(task); block++) {
        int n = blocks.length(block);
        int c = place(CONDITION, condition, block, n, own);
        int left = place(A, a, block, n, own + Blocks.MOST);
        int right = place(B, b, block, n, own + 2 * Blocks.MOST);
        kernels.select(
            blocks.lie(CONDITION) == Blocks.Lie.DENSE ? condition.array() : scratch,
            c,
            blocks.lie(A) == Blocks.Lie.DENSE ? a.array() : scratch,
            left,
            blocks.lie(B) == Blocks.Lie.DENSE ? b.array() : scratch,
            right,
            y.array(),
            y.offset() + blocks.offset(0, block),
            n);
      }
    }

    private void slope(int task, int worker) {
      int own = ws.workerOffset(worker);
      float[] scratch = ws.array();
      for (int block = blocks.first(task); block < blocks.end(task); block++) {
        int n = blocks.length(block);
        int at = blocks.offset(0, block);
        int c = place(CONDITION, condition, block, n, own);
        float[] mask = blocks.lie(CONDITION) == Blocks.Lie.DENSE ? condition.array() : scratch;
        int zeros = own + Blocks.MOST;
        Arrays.fill(scratch, zeros, zeros + n, 0f);
        float[] dy = a.array();
        int dyOff = a.offset() + at;
        if (ofA) {
          kernels.select(mask, c, dy, dyOff, scratch, zeros, out, outOff + at, n);
        } else {
          kernels.select(mask, c, scratch, zeros, dy, dyOff, out, outOff + at, n);
        }
      }
    }

    /** Where an operand's elements under a block lie: where they are, or spread out in scratch. */
    private int place(int operand, Tensor t, int block, int n, int scratchOff) {
      int at = t.offset() + blocks.offset(operand, block);
      if (blocks.lie(operand) == Blocks.Lie.DENSE) {
        return at;
      }
      blocks.spread(operand, t.array(), at, ws.array(), scratchOff, n);
      return scratchOff;
    }

    @Override
    protected void clear() {
      condition = null;
      a = null;
      b = null;
      y = null;
      out = null;
      ws = null;
    }
  }
}
