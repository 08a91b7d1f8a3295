package io.lanewise.kernels.conv;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A convolution's input gradient that ends with the epilogue. */
final class TransposedForward implements TransposedConvForward {
  private final TransposedConvShape shape;
  private final EndedBackwardData inner;
  private final ConvArguments arguments;

  TransposedForward(TransposedConvShape shape, ConvBackwardData inner) {
    this.shape = shape;
    this.inner = (EndedBackwardData) inner;
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
  public void run(
      Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    arguments.checkForward(x, epilogue, y);
    if (epilogue.residual() != null) { // it is added when y holds some sums already
      requireDisjoint(y, "y", epilogue.residual(), "residual");
    }
    inner.run(x, w, epilogue, y, ws, par);
  }
}
