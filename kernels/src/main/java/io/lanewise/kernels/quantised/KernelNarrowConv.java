package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.ConvAlgorithms;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link NarrowConv} by a plan of floats. */
final class KernelNarrowConv implements NarrowConv {
  private final ConvForward inner;
  private final WeightFormat format;
  private final NarrowStore store;
  private final WorkspaceSpec workspace;

  KernelNarrowConv(ConvShape shape, ConvOptions options, WeightFormat format, Target target) {
    this.inner = ConvAlgorithms.plan(ConvAlgorithms.FORWARD, shape, options, target);
    this.format = format;
    this.store = new NarrowStore(inner.newWeights(), format, target);
    this.workspace = store.workspace(inner.workspace());
  }

  @Override
  public ConvShape shape() {
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
