package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A convolution of the output's gradient. */
final class TransposedBackwardData implements TransposedConvBackwardData {
  private final TransposedConvShape shape;
  private final ConvForward inner;
  private final ConvArguments arguments;

  TransposedBackwardData(TransposedConvShape shape, ConvForward inner) {
    this.shape = shape;
    this.inner = inner;
    this.arguments = new ConvArguments(shape, inner.layout());
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
    return inner.workspace();
  }

  @Override
  public PackedWeights newWeights() {
    return inner.newWeights();
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    inner.pack(w, packed);
  }

  @Override
  public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
    arguments.checkBackwardData(dy, dx);
    inner.run(dy, w, Epilogue.none(), dx, ws, par);
  }
}
