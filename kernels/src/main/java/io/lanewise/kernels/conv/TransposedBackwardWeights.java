package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A convolution's weight gradient with x and dy exchanged, and the sums of dy. */
final class TransposedBackwardWeights implements TransposedConvBackwardWeights {
  private final TransposedConvShape shape;
  private final ConvBackwardWeights inner;
  private final ConvArguments arguments;
  private final BiasGradient biasGradient;
  private final WorkspaceSpec workspace;

  TransposedBackwardWeights(
      TransposedConvShape shape, ConvBackwardWeights inner, ElementwiseKernels elementwise) {
    this.shape = shape;
    this.inner = inner;
    this.arguments = new ConvArguments(shape, inner.layout());
    this.biasGradient =
        new BiasGradient(shape.n(), shape.oc(), shape.yPixels(), inner.layout(), elementwise);
    this.workspace = inner.workspace().max(biasGradient.workspace());
  }

  @Override
  public TransposedConvShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return inner.layout();
  }

  @Override
  public String algorithm() {
    return inner.algorithm();
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    arguments.checkBackwardWeights(x, dy, dw, db);
    ws.require(workspace, par.workers());
    if (db != null) {
      biasGradient.run(dy, db, ws, par);
    }
    inner.run(dy, x, dw, null, ws, par);
  }
}
