package io.lanewise.kernels.gemm;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.MatrixVectorKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.platform.CacheLine;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link Gemm} with one row or one column: reads the matrix once, where it lies, which is all the
 * time that it takes. Packed, the matrix lies in panels of {@value MatrixVectorKernel#PANEL}
 * results, read line after line at the speed of the copy bandwidth (ADR 22). Has the bits of {@link
 * BlockedGemm}: a row of A is multiplied by alpha first, in scratch memory; a column by a matrix
 * that would have to be scaled is left to that one.
 */
public final class MatrixVector implements Gemm {
  private static final int TASK_ELEMENTS =
      1 << 15; // of the matrix, where its rows lie along the sum
  private static final int MOST_COLUMNS = 4096; // of a task: its part of the result lies in L1
  private static final int PANEL = MatrixVectorKernel.PANEL;
  private static final int LINE = CacheLine.FLOATS;
  private static final int FEWEST_ROWS = 48; // whole blocks of the kernels' 16 and 6 rows

  /** How the matrix lies: its rows or its columns along the sum, or packed. */
  private enum Order {
    ROWS,
    COLUMNS,
    PANELS
  }

  private final GemmShape shape;
  private final Shape aShape;
  private final Shape bShape;
  private final Shape cShape;
  private final String layoutA;
  private final String layoutB;
  private final int results;
  private final Order stored;
  private final boolean matrixIsA;
  private final MatrixVectorKernel kernel;
  private final ElementwiseKernels elementwise;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans a product that {@link #computes} accepts. */
  public MatrixVector(GemmShape s, Target target) {
    this.shape = s;
    this.aShape = s.a();
    this.bShape = s.b();
    this.cShape = s.c();
    this.matrixIsA = s.m() != 1;
    this.results = matrixIsA ? s.m() : s.n();
    boolean alongSum = matrixIsA ? !s.transposeA() : s.transposeB();
    this.stored = alongSum ? Order.ROWS : Order.COLUMNS;
    String turned = alongSum ? "rows " : "columns ";
    this.layoutA = (matrixIsA ? "gemm panels of a " + turned : "gemm stored a ") + aShape;
    this.layoutB = (matrixIsA ? "gemm stored b " : "gemm panels of b " + turned) + bShape;
    this.kernel = target.kernels().matrixVector();
    this.elementwise = target.kernels().elementwise();
    this.workspace =
        new WorkspaceSpec(
            s.alpha() == 1 ? 0 : (long) s.batch() * s.k(), results % PANEL == 0 ? 0 : PANEL);
  }

  /** True for what this computes. */
  public static boolean computes(GemmShape s) {
    return s.m() == 1 || (s.n() == 1 && s.alpha() == 1);
  }

  @Override
  public GemmShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  /** packed: the matrix as [batch][ceil(m / 32)][k][32], or the vector as it is stored. */
  @Override
  public PackedWeights packA(Tensor a) {
    requireShape(a, aShape, "a");
    return matrixIsA ? packMatrix(a, layoutA) : copy(a, layoutA);
  }

  /** packed: the matrix as [batch][ceil(n / 32)][k][32], or the vector as it is stored. */
  @Override
  public PackedWeights packB(Tensor b) {
    requireShape(b, bShape, "b");
    return matrixIsA ? copy(b, layoutB) : packMatrix(b, layoutB);
  }

  private static PackedWeights copy(Tensor x, String layout) {
    PackedWeights packed = new PackedWeights(layout, x.size());
    System.arraycopy(x.array(), x.offset(), packed.data(), 0, x.size());
    return packed;
  }

  private PackedWeights packMatrix(Tensor x, String layout) {
    long floats = (long) GemmBlocking.roundUp(results, PANEL) * shape.k();
    PackedWeights packed = new PackedWeights(layout, CacheLine.START + shape.batch() * floats);
    for (int q = 0; q < shape.batch(); q++) {
      int from = x.offset() + q * results * shape.k();
      int to = Math.toIntExact(CacheLine.START + q * floats);
      for (int i = 0; i < results; i += PANEL) {
        packPanel(x.array(), from, i, packed.data(), to + i * shape.k());
      }
    }
    return packed;
  }

  /**
   * The panel of result {@code first}, lanes past the results 0. In plain Java: this is done once,
   * mostly before vectors are compiled, which then take a hundred times as long.
   */
  private void packPanel(float[] src, int srcOff, int first, float[] dst, int dstOff) {
    int k = shape.k();
    int end = Math.min(results - first, PANEL);
    if (stored == Order.COLUMNS) {
      for (int p = 0; p < k; p++) {
        System.arraycopy(src, srcOff + p * results + first, dst, dstOff + p * PANEL, end);
      }
      return;
    }
    for (int lane = 0; lane < end; lane += LINE) {
      int most = Math.min(end, lane + LINE);
      for (int p = 0; p < k; p++) {
        for (int i = lane; i < most; i++) {
          dst[dstOff + p * PANEL + i] = src[srcOff + (first + i) * k + p];
        }
      }
    }
  }

  @Override
  public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    check(a, aShape, "a", c);
    check(b, bShape, "b", c);
    run(a.array(), a.offset(), b.array(), b.offset(), stored, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    check(b, bShape, "b", c);
    Order order = matrixIsA ? Order.PANELS : stored;
    run(a.data(), start(matrixIsA), b.array(), b.offset(), order, c, ws, par);
  }

  @Override
  public void run(Tensor a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    check(a, aShape, "a", c);
    b.require(layoutB);
    Order order = matrixIsA ? stored : Order.PANELS;
    run(a.array(), a.offset(), b.data(), start(!matrixIsA), order, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    b.require(layoutB);
    run(a.data(), start(matrixIsA), b.data(), start(!matrixIsA), Order.PANELS, c, ws, par);
  }

  /** Where a packed operand begins: panels lie on cache lines. */
  private static int start(boolean isMatrix) {
    return isMatrix ? CacheLine.START : 0;
  }

  private void check(Tensor operand, Shape wanted, String name, Tensor c) {
    requireShape(operand, wanted, name);
    requireShape(c, cShape, "c");
    requireDisjoint(c, "c", operand, name);
  }

  /** Runs; {@code order} says how the matrix lies now. */
  private void run(
      float[] a, int aOff, float[] b, int bOff, Order order, Tensor c, Workspace ws, Parallel par) {
    requireShape(c, cShape, "c");
    ws.require(workspace, par.workers());
    Parallel team = par.forWork(shape.flops());
    try (Call call = calls.take()) {
      call.order = order;
      call.most = order == Order.ROWS ? mostRows() : mostColumns(team.workers());
      call.tasks = Math.ceilDiv(results, call.most);
      call.matrix = matrixIsA ? a : b;
      call.matrixOff = matrixIsA ? aOff : bOff;
      call.x = matrixIsA ? b : a;
      call.xOff = matrixIsA ? bOff : aOff;
      call.c = c;
      call.ws = ws;
      if (shape.alpha() != 1) {
        int floats = shape.batch() * shape.k();
        System.arraycopy(call.x, call.xOff, ws.array(), ws.sharedOffset(), floats);
        elementwise.scale(ws.array(), ws.sharedOffset(), floats, shape.alpha());
        call.x = ws.array();
        call.xOff = ws.sharedOffset();
      }
      team.forEach(shape.batch() * call.tasks, call.block);
    }
  }

  private int mostRows() {
    int most = TASK_ELEMENTS / Math.max(1, shape.k());
    return Math.max(FEWEST_ROWS, most / FEWEST_ROWS * FEWEST_ROWS);
  }

  /**
   * One worker reads whole rows; several share them, which changes no sum: two tasks each, of whole
   * groups of the panels that kernels read together.
   */
  private int mostColumns(int workers) {
    int each = workers == 1 ? results : Math.ceilDiv(results, 2 * workers);
    return Math.clamp(GemmBlocking.roundUp(each, 4 * PANEL), 4 * PANEL, MOST_COLUMNS);
  }

  private final class Call extends CallFrame {
    private float[] matrix;
    private int matrixOff;
    private float[] x;
    private int xOff;
    private Tensor c;
    private Workspace ws;
    private Order order;
    private int most; // results of a task
    private int tasks; // of one product
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int q = task / tasks;
      int i = task % tasks * most;
      int count = Math.min(most, results - i);
      int vector = xOff + q * shape.k();
      int to = c.offset() + q * results + i;
      if (shape.beta() == 0) {
        Arrays.fill(c.array(), to, to + count, 0f);
      } else if (shape.beta() != 1) {
        elementwise.scale(c.array(), to, count, shape.beta());
      }
      int k = shape.k();
      switch (order) {
        case ROWS -> {
          int from = matrixOff + (q * results + i) * k;
          kernel.rows(count, k, matrix, from, k, x, vector, c.array(), to);
        }
        case COLUMNS -> {
          int from = matrixOff + q * results * k + i;
          kernel.columns(k, count, x, vector, matrix, from, results, c.array(), to);
        }
        case PANELS -> {
          int from = matrixOff + (q * GemmBlocking.roundUp(results, PANEL) + i) * k;
          panels(count, vector, from, to, worker);
        }
      }
    }

    /** Whole panels, and the results of a last one by way of scratch memory. */
    private void panels(int count, int vector, int from, int to, int worker) {
      int k = shape.k();
      int whole = count / PANEL;
      kernel.panels(whole, k, x, vector, matrix, from, c.array(), to);
      int rest = count - whole * PANEL;
      if (rest > 0) {
        int done = whole * PANEL;
        float[] scratch = ws.array();
        int at = ws.workerOffset(worker);
        System.arraycopy(c.array(), to + done, scratch, at, rest);
        Arrays.fill(scratch, at + rest, at + PANEL, 0f);
        kernel.panels(1, k, x, vector, matrix, from + done * k, scratch, at);
        System.arraycopy(scratch, at, c.array(), to + done, rest);
      }
    }

    @Override
    protected void clear() {
      matrix = null;
      x = null;
      c = null;
      ws = null;
      order = null;
    }
  }
}
