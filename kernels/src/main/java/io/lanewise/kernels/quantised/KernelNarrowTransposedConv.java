package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.conv.TransposedConvs;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link NarrowTransposedConv} by a plan of floats. */
final class KernelNarrowTransposedConv implements NarrowTransposedConv {
  private final TransposedConvForward inner;
  private final WeightFormat format;
  private final NarrowStore store;
  private final WorkspaceSpec workspace;

  KernelNarrowTransposedConv(
      TransposedConvShape shape, ConvOptions options, WeightFormat format, Target target) {
    this.inner = TransposedConvs.forward(shape, options, target);
    this.format = format;
    this.store = new NarrowStore(inner.newWeights(), format, target);
    this.workspace = store.workspace(inner.workspace());
  }

  @Override
  public TransposedConvShape shape() {
    return inner.shape();
  }

  @Override
  public Layout layout() {
    return inner.layout();
  }

  @Override
  public WeightFormat format() {
    return format;
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
  public QuantisedWeights pack(Tensor w) {
    return store.keep(inner.pack(store.rounded(w)));
  }

  @Override
  public boolean isNarrow(QuantisedWeights w) {
    return store.isNarrow(w);
  }

  @Override
  public void run(
      Tensor x, QuantisedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    ws.require(workspace, par.workers());
    inner.run(x, store.widen(w, ws, par), epilogue, y, ws, par);
  }
}
