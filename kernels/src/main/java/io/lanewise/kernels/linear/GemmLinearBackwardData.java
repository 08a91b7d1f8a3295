package io.lanewise.kernels.linear;

import io.lanewise.kernels.gemm.BlockedGemm;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** dx = dy · w: one matrix product. */
public final class GemmLinearBackwardData implements LinearBackwardData {
  private final LinearShape shape;
  private final Shape xShape;
  private final Shape wShape;
  private final Shape yShape;
  private final Gemm gemm;

  /** Plans the gradient. */
  public GemmLinearBackwardData(LinearShape shape, Target target) {
    this.shape = shape;
    this.xShape = shape.x();
    this.wShape = shape.w();
    this.yShape = shape.y();
    this.gemm = new BlockedGemm(GemmShape.of(shape.n(), shape.in(), shape.out()), target);
  }

  @Override
  public LinearShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return gemm.workspace();
  }

  @Override
  public void run(Tensor dy, Tensor w, Tensor dx, Workspace ws, Parallel par) {
    Tensor.requireShape(dy, yShape, "dy");
    Tensor.requireShape(w, wShape, "w");
    Tensor.requireShape(dx, xShape, "dx");
    Tensor.requireDisjoint(dx, "dx", dy, "dy");
    Tensor.requireDisjoint(dx, "dx", w, "w");
    gemm.run(dy, w, dx, ws, par);
  }
}
