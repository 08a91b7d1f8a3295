package io.lanewise.kernels.gemm;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Gemm} by {@link GemmLoops}. */
public final class BlockedGemm implements Gemm {
  private final GemmShape shape;
  private final Shape aShape;
  private final Shape bShape;
  private final Shape cShape;
  private final GemmLoops loops;
  private final String layoutA;
  private final String layoutB;
  private final WorkspaceSpec workspace;

  /** Plans a product. */
  public BlockedGemm(GemmShape shape, Target target) {
    this.shape = shape;
    this.aShape = shape.a();
    this.bShape = shape.b();
    this.cShape = shape.c();
    this.loops = new GemmLoops(shape, target);
    this.layoutA =
        "gemm rows alpha=" + shape.alpha() + (shape.transposeA() ? " ta " : " ") + aShape;
    this.layoutB = "gemm " + loops.layout() + (shape.transposeB() ? " tb " : " ") + bShape;
    this.workspace = loops.workspace();
  }

  @Override
  public GemmShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  /** packed: [batch][m][k], multiplied by alpha. */
  @Override
  public PackedWeights packA(Tensor a) {
    requireShape(a, aShape, "a");
    PackedWeights packed = new PackedWeights(layoutA, aShape.size());
    loops.prepareA(a.array(), a.offset(), packed.data());
    return packed;
  }

  /** packed: [batch][ceil(n / nr)][k][nr], lanes past n are 0. */
  @Override
  public PackedWeights packB(Tensor b) {
    requireShape(b, bShape, "b");
    PackedWeights packed = new PackedWeights(layoutB, loops.packedBFloats());
    loops.packB(b.array(), b.offset(), packed.data());
    return packed;
  }

  @Override
  public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    check(a, c);
    requireShape(b, bShape, "b");
    requireDisjoint(c, "c", b, "b");
    run(a.array(), a.offset(), false, b.array(), b.offset(), false, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    requireShape(b, bShape, "b");
    requireDisjoint(c, "c", b, "b");
    run(a.data(), 0, true, b.array(), b.offset(), false, c, ws, par);
  }

  @Override
  public void run(Tensor a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    check(a, c);
    b.require(layoutB);
    run(a.array(), a.offset(), false, b.data(), 0, true, c, ws, par);
  }

  @Override
  public void run(PackedWeights a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    a.require(layoutA);
    b.require(layoutB);
    run(a.data(), 0, true, b.data(), 0, true, c, ws, par);
  }

  private void check(Tensor a, Tensor c) {
    requireShape(a, aShape, "a");
    requireShape(c, cShape, "c");
    requireDisjoint(c, "c", a, "a");
  }

  private void run(
      float[] a,
      int aOff,
      boolean aIsPrepared,
      float[] b,
      int bOff,
      boolean bIsPacked,
      Tensor c,
      Workspace ws,
      Parallel par) {
    requireShape(c, cShape, "c");
    ws.require(workspace, par.workers());
    loops.run(
        a,
        aOff,
        aIsPrepared,
        b,
        bOff,
        bIsPacked,
        shape.accumulate() ? c.array() : null,
        c.offset(),
        shape.n(),
        c.array(),
        c.offset(),
        ws,
        par);
  }
}
