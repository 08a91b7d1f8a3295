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
 * time that it takes. Has the bits of {@link BlockedGemm}: a row of A is multiplied by alpha first,
 * in scratch memory; a column by a matrix that would have to be scaled is left to that one.
 */
public final class MatrixVector implements Gemm {
  private static final int TASK_ELEMENTS = 1 << 15; // of the matrix
  private static final int MOST_COLUMNS = 2048; // of a task: its part of the result lies in L1

  private final GemmShape shape;
  private final Shape aShape;
  private final Shape bShape;
  private final Shape cShape;
  private final String layoutA;
  private final String layoutB;
  private final int results;
  private final boolean alongRows; // the matrix' rows lie along the sum
  private final boolean matrixIsA;
  private final int ld;
  private final int taskResults;
  private final int tasks; // of one product
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
    this.layoutA = "gemm stored a " + aShape;
    this.layoutB = "gemm stored b " + bShape;
    this.matrixIsA = s.m() != 1;
    this.results = matrixIsA ? s.m() : s.n();
    this.alongRows = matrixIsA ? !s.transposeA() : s.transposeB();
    this.ld = alongRows ? s.k() : results;
    int each = Math.max(64, TASK_ELEMENTS / Math.max(1, s.k()) / 64 * 64);
    this.taskResults = alongRows ? each : Math.min(MOST_COLUMNS, each);
    this.tasks = Math.ceilDiv(results, taskResults);
    this.kernel = target.kernels().matrixVector(ld);
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

  /** packed: A as it is stored. */
  @Override
  public PackedWeights packA(Tensor a) {
    requireShape(a, aShape, "a");
    return copy(a, layoutA);
  }

  /** packed: B as it is stored. */
  @Override
  public PackedWeights packB(Tensor b) {
    requireShape(b, bShape, "b");
    return copy(b, layoutB);
  }

  private static PackedWeights copy(Tensor x, String layout) {
    PackedWeights packed = new PackedWeights(layout, x.size());
    System.arraycopy(x.array(), x.offset(), packed.data(), 0, x.size());
    return packed;
  }

  @Override
  public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    check(a, aShape, "a", c);
    check(b, bShape, "b", c);
    run(a.array(), a.offset(), b.array(), b.offset(), c, ws, par);
  }

  @Override
  public void run(PackedWeights a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    check(b, bShape, "b", c);
    run(a.data(), 0, b.array(), b.offset(), c, ws, par);
  }

  @Override
  public void run(Tensor a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    check(a, aShape, "a", c);
    b.require(layoutB);
    run(a.array(), a.offset(), b.data(), 0, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    b.require(layoutB);
    run(a.data(), 0, b.data(), 0, c, ws, par);
  }

  private void check(Tensor operand, Shape wanted, String name, Tensor c) {
    requireShape(operand, wanted, name);
    requireShape(c, cShape, "c");
    requireDisjoint(c, "c", operand, name);
  }

  private void run(float[] a, int aOff, float[] b, int bOff, Tensor c, Workspace ws, Parallel par) {
    requireShape(c, cShape, "c");
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
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
      par.forWork(shape.flops()).forEach(shape.batch() * tasks, call.block);
    }
  }

  private final class Call extends CallFrame {
    private float[] matrix;
    private int matrixOff;
    private float[] x;
    private int xOff;
    private Tensor c;
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int q = task / tasks;
      int i = task % tasks * taskResults;
      int count = Math.min(taskResults, results - i);
      int from = matrixOff + q * results * shape.k();
      int vector = xOff + q * shape.k();
      int to = c.offset() + q * results + i;
      if (shape.beta() == 0) {
        Arrays.fill(c.array(), to, to + count, 0f);
      } else if (shape.beta() != 1) {
        elementwise.scale(c.array(), to, count, shape.beta());
      }
      if (alongRows) {
        kernel.rows(count, shape.k(), matrix, from + i * ld, x, vector, c.array(), to);
      } else {
        kernel.columns(shape.k(), count, x, vector, matrix, from + i, c.array(), to);
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
