package io.lanewise.kernels.reference;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.NarrowConv;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** Weights rounded to their format, and the reference's convolution by them. */
record ReferenceNarrowConv(ConvForward inner, WeightFormat format) implements NarrowConv {
  ReferenceNarrowConv {
    NarrowConv.requireHalf(format);
  }

  ReferenceNarrowConv(ConvShape shape, ConvOptions options, WeightFormat format) {
    this(new ReferenceBackend().convForward(shape, options), format);
  }

  /** Weights that are rounded. */
  private record Weights(PackedWeights packed) implements QuantisedWeights {
    @Override
    public String layout() {
      return "reference, as floats";
    }
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
  public String algorithm() {
    return inner.algorithm();
  }

  @Override
  public WorkspaceSpec workspace() {
    return inner.workspace();
  }

  @Override
  public QuantisedWeights pack(Tensor w) {
    return new Weights(inner.pack(ReferenceNarrowLinear.rounded(w, format)));
  }

  private static PackedWeights require(QuantisedWeights w) {
    if (w instanceof Weights ours) {
      return ours.packed();
    }
    throw new IllegalArgumentException(
        "these weights are packed as '" + w.layout() + "', but the reference reads its own");
  }

  /** Never: rounded floats are floats. */
  @Override
  public boolean isNarrow(QuantisedWeights w) {
    require(w);
    return false;
  }

  @Override
  public void run(
      Tensor x, QuantisedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    inner.run(x, require(w), epilogue, y, ws, par);
  }
}
