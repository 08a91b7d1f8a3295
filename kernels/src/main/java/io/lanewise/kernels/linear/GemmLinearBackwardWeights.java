package io.lanewise.kernels.linear;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;

import io.lanewise.kernels.gemm.BlockedGemm;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** dw += dyᵀ · x: one matrix product; db adds dy's rows in the order of the images. */
public final class GemmLinearBackwardWeights implements LinearBackwardWeights {
  private final LinearShape shape;
  private final Shape xShape;
  private final Shape wShape;
  private final Shape yShape;
  private final Shape biasShape;
  private final Gemm gemm;
  private final ElementwiseKernels elementwise;

  /** Plans the gradient. */
  public GemmLinearBackwardWeights(LinearShape shape, Target target) {
    this.shape = shape;
    this.xShape = shape.x();
    this.wShape = shape.w();
    this.yShape = shape.y();
    this.biasShape = shape.bias();
    this.gemm =
        new BlockedGemm(
            new GemmShape(shape.out(), shape.in(), shape.n(), true, false, true), target);
    this.elementwise = target.kernels().elementwise();
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
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    Tensor.requireShape(x, xShape, "x");
    Tensor.requireShape(dy, yShape, "dy");
    Tensor.requireShape(dw, wShape, "dw");
    requireDisjoint(dw, "dw", x, "x");
    requireDisjoint(dw, "dw", dy, "dy");
    if (db != null) {
      Tensor.requireShape(db, biasShape, "db");
      requireDisjoint(db, "db", dy, "dy");
      requireDisjoint(db, "db", x, "x");
      requireDisjoint(db, "db", dw, "dw");
    }
    gemm.run(dy, x, dw, ws, par);
    if (db != null) {
      for (int img = 0; img < shape.n(); img++) {
        elementwise.add(
            dy.array(), dy.offset() + img * shape.out(), db.array(), db.offset(), shape.out());
      }
    }
  }
}
