package io.lanewise.propertytests.law;

import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** Plans of a convolution, run into fresh memory that holds NaN before. */
final class Conv {
  private Conv() {}

  static Tensor forward(ConvForward plan, Tensor x, Tensor w) {
    return forward(plan, x, w, Epilogue.none(), Parallel.SEQUENTIAL);
  }

  static Tensor forward(ConvForward plan, Tensor x, Tensor w, Epilogue epilogue, Parallel par) {
    Tensor y = Tensor.zeros(plan.shape().y()).fill(Float.NaN);
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.run(x, plan.pack(w), epilogue, y, ws, par);
    return y;
  }

  static Tensor backwardData(ConvBackwardData plan, Tensor dy, Tensor w) {
    return backwardData(plan, dy, w, Parallel.SEQUENTIAL);
  }

  static Tensor backwardData(ConvBackwardData plan, Tensor dy, Tensor w, Parallel par) {
    Tensor dx = Tensor.zeros(plan.shape().x()).fill(Float.NaN);
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.run(dy, plan.pack(w), dx, ws, par);
    return dx;
  }

  /** Added to zeros. */
  static Tensor backwardWeights(ConvBackwardWeights plan, Tensor x, Tensor dy) {
    return backwardWeights(plan, x, dy, Parallel.SEQUENTIAL);
  }

  static Tensor backwardWeights(ConvBackwardWeights plan, Tensor x, Tensor dy, Parallel par) {
    Tensor dw = Tensor.zeros(plan.shape().w());
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.run(x, dy, dw, null, ws, par);
    return dw;
  }
}
