package io.lanewise.propertytests;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Channels-last plans of transposed convolutions on channels-first tensors, by reordered copies.
 */
final class ChannelsLastTransposed {
  private ChannelsLastTransposed() {}

  record Forward(TransposedConvForward plan) implements TransposedConvForward {
    @Override
    public TransposedConvShape shape() {
      return plan.shape();
    }

    @Override
    public String algorithm() {
      return plan.algorithm();
    }

    @Override
    public WorkspaceSpec workspace() {
      return plan.workspace();
    }

    @Override
    public PackedWeights newWeights() {
      return plan.newWeights();
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      plan.pack(w, packed);
    }

    @Override
    public void run(
        Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
      Tensor out = ChannelsLastPlans.blank(y.shape());
      Tensor residual = epilogue.residual();
      Tensor last = residual == null ? null : residual.copy(Layout.CHANNELS_LAST);
      Epilogue same = new Epilogue(epilogue.bias(), last, epilogue.activation());
      plan.run(x.copy(Layout.CHANNELS_LAST), w, same, out, ws, par);
      y.copyFrom(out.copy(Layout.CHANNELS_FIRST));
    }
  }

  record Data(TransposedConvBackwardData plan) implements TransposedConvBackwardData {
    @Override
    public TransposedConvShape shape() {
      return plan.shape();
    }

    @Override
    public String algorithm() {
      return plan.algorithm();
    }

    @Override
    public WorkspaceSpec workspace() {
      return plan.workspace();
    }

    @Override
    public PackedWeights newWeights() {
      return plan.newWeights();
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      plan.pack(w, packed);
    }

    @Override
    public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
      Tensor out = ChannelsLastPlans.blank(dx.shape());
      plan.run(dy.copy(Layout.CHANNELS_LAST), w, out, ws, par);
      dx.copyFrom(out.copy(Layout.CHANNELS_FIRST));
    }
  }

  record Weights(TransposedConvBackwardWeights plan) implements TransposedConvBackwardWeights {
    @Override
    public TransposedConvShape shape() {
      return plan.shape();
    }

    @Override
    public String algorithm() {
      return plan.algorithm();
    }

    @Override
    public WorkspaceSpec workspace() {
      return plan.workspace();
    }

    @Override
    public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
      plan.run(x.copy(Layout.CHANNELS_LAST), dy.copy(Layout.CHANNELS_LAST), dw, db, ws, par);
    }
  }
}
