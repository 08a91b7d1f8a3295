package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Runs of a transposed convolution's plans, by every algorithm. */
final class TransposedConvCalls {
  private TransposedConvCalls() {}

  static List<Call> forward(Backend backend, TransposedConvShape s, Calls.Data data) {
    Tensor w = data.of(s.w());
    return backend.transposedConvForwardPlans(s, ConvOptions.DEFAULT).stream()
        .map(p -> forward(p, w, data))
        .toList();
  }

  static List<Call> backwardData(Backend backend, TransposedConvShape s, Calls.Data data) {
    Tensor w = data.of(s.w());
    return backend.transposedConvBackwardDataPlans(s, ConvOptions.DEFAULT).stream()
        .map(p -> backwardData(p, w, data))
        .toList();
  }

  static List<Call> backwardWeights(Backend backend, TransposedConvShape s, Calls.Data data) {
    return backend.transposedConvBackwardWeightsPlans(s, ConvOptions.DEFAULT).stream()
        .map(p -> backwardWeights(p, data))
        .toList();
  }

  private static Call forward(TransposedConvForward plan, Tensor w, Calls.Data data) {
    PackedWeights packed = plan.pack(w);
    Call.Binding binding =
        t -> {
          Epilogue epilogue = Epilogue.bias(t[1]).add(t[2]).clamp(-50f, 50f);
          return (ws, par) -> plan.run(t[0], packed, epilogue, t[3], ws, par);
        };
    return new Call(plan.algorithm() + " transposed forward", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("bias", data.of(plan.shape().bias()))
        .reads("residual", data.of(plan.shape().y()))
        .writes("y", plan.shape().y())
        .apart("y", "x", "bias", "residual");
  }

  private static Call backwardData(TransposedConvBackwardData plan, Tensor w, Calls.Data data) {
    PackedWeights packed = plan.pack(w);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], packed, t[1], ws, par);
    return new Call(plan.algorithm() + " transposed backward data", plan.workspace(), binding)
        .reads("dy", data.of(plan.shape().y()))
        .writes("dx", plan.shape().x())
        .apart("dx", "dy");
  }

  private static Call backwardWeights(TransposedConvBackwardWeights plan, Calls.Data data) {
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], t[3], ws, par);
    return new Call(plan.algorithm() + " transposed backward weights", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("dy", data.of(plan.shape().y()))
        .addsTo("dw", data.of(plan.shape().w()))
        .addsTo("db", data.of(plan.shape().bias()))
        .apart("dw", "x", "dy")
        .apart("db", "x", "dy", "dw");
  }
}
