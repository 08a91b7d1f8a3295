package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * An input gradient that can end with an epilogue: what a transposed convolution is. Every plan of
 * {@link ConvAlgorithms#BACKWARD_DATA} is one.
 */
interface EndedBackwardData extends ConvBackwardData {
  /**
   * Computes {@code dx = epilogue(what the gradient is)}. The sums start from the bias, and the
   * residual and the activation follow block by block, while the sums are in cache.
   *
   * @param epilogue bias [ic], residual of dx's shape and layout, read; neither may share elements
   *     with dx
   */
  void run(Tensor dy, PackedWeights w, Epilogue epilogue, Tensor dx, Workspace ws, Parallel par);

  @Override
  default void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
    run(dy, w, Epilogue.none(), dx, ws, par);
  }
}
