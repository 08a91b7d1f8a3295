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
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link Gemm} with one row or one column: reads the matrix once, where it lies, which is all the
 * time that it takes. Packed, the matrix' columns lie along the sum, which is read from L2 at twice
 * the speed. Has the bits of {@link BlockedGemm}: a row of A is multiplied by alpha first, in
 * scratch memory; a column by a matrix that would have to be scaled is left to that one.
 */
public final class MatrixVector implements Gemm {
  private static final int TASK_ELEMENTS =
      1 << 15; // of the matrix, where its rows lie along the sum
  private static final int MOST_COLUMNS = 4096; // of a task: its part of the result lies in L1
  private static final int FEWEST_COLUMNS = 64;
  private static final int LINE = 16; // floats of a cache line
  private static final int FEWEST_ROWS = 48; // whole blocks of the kernels' 16 and 6 rows

  private final GemmShape shape;
  private final Shape aShape;
  private final Shape bShape;
  private final Shape cShape;
  private final String layoutA;
  private final String layoutB;
  private final int results;
  private final boolean alongRows; // the matrix' rows lie along the sum
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
    this.alongRows = matrixIsA ? !s.transposeA() : s.transposeB();
    this.layoutA = (matrixIsA ? "gemm columns a " : "gemm stored a ") + aShape;
    this.layoutB = (matrixIsA ? "gemm stored b " : "gemm columns b ") + bShape;
    this.kernel = target.kernels().matrixVector();
    this.elementwise = target.kernels().elementwise();
    this.workspace =
        s.alpha() == 1 ? WorkspaceSpec.NONE : new WorkspaceSpec((long) s.batch() * s.k(), 0);
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

  /** packed: the matrix as [batch][k][m], or the vector as it is stored. */
  @Override
  public PackedWeights packA(Tensor a) {
    requireShape(a, aShape, "a");
    return pack(a, layoutA, matrixIsA && alongRows);
  }

  /** packed: the matrix as [batch][k][n], or the vector as it is stored. */
  @Override
  public PackedWeights packB(Tensor b) {
    requireShape(b, bShape, "b");
    return pack(b, layoutB, !matrixIsA && alongRows);
  }

  private PackedWeights pack(Tensor x, String layout, boolean turned) {
    PackedWeights packed = new PackedWeights(layout, x.size());
    if (!turned) {
      System.arraycopy(x.array(), x.offset(), packed.data(), 0, x.size());
      return packed;
    }
    int matrix = results * shape.k();
    for (int q = 0; q < shape.batch(); q++) {
      int at = q * matrix;
      turn(x.array(), x.offset() + at, packed.data(), at);
    }
    return packed;
  }

  /**
   * Turns [results][k] to [k][results]. In plain Java: this is done once, mostly before gathers of
   * vectors are compiled, which then take a hundred times as long.
   */
  private void turn(float[] src, int srcOff, float[] dst, int dstOff) {
    int k = shape.k();
    for (int i0 = 0; i0 < results; i0 += LINE) {
      int end = Math.min(results, i0 + LINE);
      for (int j = 0; j < k; j++) {
        for (int i = i0; i < end; i++) {
          dst[dstOff + j * results + i] = src[srcOff + i * k + j];
        }
      }
    }
  }

  @Override
  public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    check(a, aShape, "a", c);
    check(b, bShape, "b", c);
    run(a.array(), a.offset(), b.array(), b.offset(), alongRows, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    check(b, bShape, "b", c);
    run(a.data(), 0, b.array(), b.offset(), alongRows && !matrixIsA, c, ws, par);
  }

  @Override
  public void run(Tensor a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    check(a, aShape, "a", c);
    b.require(layoutB);
    run(a.array(), a.offset(), b.data(), 0, alongRows && matrixIsA, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    b.require(layoutB);
    run(a.data(), 0, b.data(), 0, false, c, ws, par);
  }

  private void check(Tensor operand, Shape wanted, String name, Tensor c) {
    requireShape(operand, wanted, name);
    requireShape(c, cShape, "c");
    requireDisjoint(c, "c", operand, name);
  }

  /** Runs; {@code rows} says whether the matrix' rows, as it now lies, are along the sum. */
  private void run(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      boolean rows,
      Tensor c,
      Workspace ws,
      Parallel par) {
    requireShape(c, cShape, "c");
    ws.require(workspace, par.workers());
    Parallel team = par.forWork(shape.flops());
    try (Call call = calls.take()) {
      call.rows = rows;
      call.most = rows ? mostRows() : mostColumns(team.workers());
      call.tasks = Math.ceilDiv(results, call.most);
      call.matrix = matrixIsA ? a : b;
      call.matrixOff = matrixIsA ? aOff : bOff;
      call.x = matrixIsA ? b : a;
      call.xOff = matrixIsA ? bOff : aOff;
      call.c = c;
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

  /** One worker reads whole rows; several share them, which changes no sum: two tasks each. */
  private int mostColumns(int workers) {
    int each = workers == 1 ? results : Math.ceilDiv(results, 2 * workers);
    return Math.clamp(GemmBlocking.roundUp(each, FEWEST_COLUMNS), FEWEST_COLUMNS, MOST_COLUMNS);
  }

  private final class Call extends CallFrame {
    private float[] matrix;
    private int matrixOff;
    private float[] x;
    private int xOff;
    private Tensor c;
    private boolean rows;
    private int most; // results of a task
    private int tasks; // of one product
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int q = task / tasks;
      int i = task % tasks * most;
      int count = Math.min(most, results - i);
      int from = matrixOff + q * results * shape.k();
      int vector = xOff + q * shape.k();
      int to = c.offset() + q * results + i;
      if (shape.beta() == 0) {
        Arrays.fill(c.array(), to, to + count, 0f);
      } else if (shape.beta() != 1) {
        elementwise.scale(c.array(), to, count, shape.beta());
      }
      int k = shape.k();
      if (rows) {
        kernel.rows(count, k, matrix, from + i * k, k, x, vector, c.array(), to);
      } else {
        kernel.columns(k, count, x, vector, matrix, from + i, results, c.array(), to);
      }
    }

    @Override
    protected void clear() {
      matrix = null;
      x = null;
      c = null;
    }
  }
}
