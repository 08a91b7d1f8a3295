package io.lanewise.kernels.linear;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.gemm.GemmLoops;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** y = x · wᵀ by {@link GemmLoops}, wᵀ packed beforehand; the sums start from the bias. */
public final class GemmLinearForward implements LinearForward {
  private final LinearShape shape;
  private final Shape xShape;
  private final Shape wShape;
  private final Shape yShape;
  private final Shape biasShape;
  private final GemmLoops loops;
  private final String layout;
  private final WorkspaceSpec workspace;

  /** Plans the layer. */
  public GemmLinearForward(LinearShape shape, Target target) {
    this.shape = shape;
    this.xShape = shape.x();
    this.wShape = shape.w();
    this.yShape = shape.y();
    this.biasShape = shape.bias();
    this.loops =
        new GemmLoops(
            new GemmShape(shape.n(), shape.out(), shape.in(), false, true, false), target);
    this.layout = "linear " + loops.layout() + " in" + shape.in() + " out" + shape.out();
    this.workspace = loops.workspace(true);
  }

  @Override
  public LinearShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(layout, loops.packedBFloats());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    requireShape(w, wShape, "w");
    packed.require(layout);
    loops.packB(w.array(), w.offset(), packed.data());
  }

  @Override
  public void run(
      Tensor x, PackedWeights packed, Tensor bias, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    packed.require(layout);
    ws.require(workspace, par.workers());
    if (bias != null) {
      requireShape(bias, biasShape, "bias");
      requireDisjoint(y, "y", bias, "bias");
    }
    loops.run(
        x.array(),
        x.offset(),
        false,
        packed.data(),
        0,
        true,
        bias == null ? null : bias.array(),
        bias == null ? 0 : bias.offset(),
        0,
        y.array(),
        y.offset(),
        ws,
        par);
  }
}
