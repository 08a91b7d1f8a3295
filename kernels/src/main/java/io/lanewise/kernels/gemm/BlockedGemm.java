package io.lanewise.kernels.gemm;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Gemm} by {@link GemmLoops}, B packed on the way. */
public final class BlockedGemm implements Gemm {
  private final GemmShape shape;
  private final Shape aShape;
  private final Shape bShape;
  private final Shape cShape;
  private final GemmLoops loops;
  private final WorkspaceSpec workspace;

  /** Plans a product. */
  public BlockedGemm(GemmShape shape, Target target) {
    this.shape = shape;
    this.aShape = shape.a();
    this.bShape = shape.b();
    this.cShape = shape.c();
    this.loops =
        new GemmLoops(
            shape.m(), shape.n(), shape.k(), shape.transposeA(), shape.transposeB(), target);
    this.workspace = loops.workspace(false);
  }

  @Override
  public GemmShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    requireShape(a, aShape, "a");
    requireShape(b, bShape, "b");
    requireShape(c, cShape, "c");
    requireDisjoint(c, "c", a, "a");
    requireDisjoint(c, "c", b, "b");
    ws.require(workspace, par.workers());
    loops.run(
        a.array(),
        a.offset(),
        b.array(),
        b.offset(),
        false,
        shape.accumulate() ? c.array() : null,
        c.offset(),
        shape.n(),
        c.array(),
        c.offset(),
        ws,
        par);
  }
}
