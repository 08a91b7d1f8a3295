package io.lanewise.kernels.conv;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A convolution's input gradient, and the epilogue over its result. */
final class TransposedForward implements TransposedConvForward {
  private final TransposedConvShape shape;
  private final ConvBackwardData inner;
  private final ConvArguments arguments;
  private final EpiloguePass epilogues;

  TransposedForward(TransposedConvShape shape, ConvBackwardData inner, KernelSet kernels) {
    this.shape = shape;
    this.inner = inner;
    this.arguments = new ConvArguments(shape, inner.layout());
    this.epilogues =
        new EpiloguePass(shape.n(), shape.oc(), shape.yPixels(), inner.layout(), kernels);
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
    if (epilogue.residual() != null) { // it is added when y holds the sums already
      requireDisjoint(y, "y", epilogue.residual(), "residual");
    }
    inner.run(x, w, y, ws, par);
    epilogues.run(epilogue, y, par);
  }
}
