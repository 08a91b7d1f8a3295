package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A {@link ForwardCore} on the caller's channels-last tensors. */
final class ChannelsLastForward implements ConvForward {
  private final ConvShape shape;
  private final ForwardCore core;
  private final ConvArguments arguments;
  private final String layout; // of the packed weights

  /** {@code prefix} tells these packed weights from those of other plans on the same core. */
  ChannelsLastForward(ConvShape shape, ForwardCore core, String prefix) {
    this.shape = shape;
    this.core = core;
    this.layout = prefix + core.layout();
    this.arguments = new ConvArguments(shape, Layout.CHANNELS_LAST);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return Layout.CHANNELS_LAST;
  }

  @Override
  public String algorithm() {
    return core.algorithm();
  }

  @Override
  public WorkspaceSpec workspace() {
    return core.workspace();
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(layout, core.packedFloats());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    packed.require(layout);
    core.pack(w, packed.data());
  }

  /** Checks that weights are packed for this. */
  void requirePacked(PackedWeights w) {
    w.require(layout);
  }

  @Override
  public void run(
      Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    arguments.checkForward(x, epilogue, y);
    requirePacked(w);
    ws.require(core.workspace(), par.workers());
    Tensor residual = epilogue.residual();
    core.run(
        x.array(),
        x.offset(),
        w.data(),
        epilogue,
        residual == null ? null : residual.array(),
        residual == null ? 0 : residual.offset(),
        y.array(),
        y.offset(),
        ws,
        ws.sharedOffset(),
        par);
  }
}
