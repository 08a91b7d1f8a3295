package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Runs of every algorithm of a convolution's three passes. */
final class ConvCalls {
  private ConvCalls() {}

  static List<Call> forward(Backend backend, ConvShape s, Calls.Data data) {
    Tensor w = data.of(s.w());
    List<Call> calls = new ArrayList<>();
    for (ConvForward plan : backend.convForwardPlans(s)) {
      calls.add(forward(plan, w, false, data));
      calls.add(forward(plan, w, true, data));
      calls.add(adding(plan, w, data));
    }
    return calls;
  }

  static List<Call> backwardData(Backend backend, ConvShape s, Calls.Data data) {
    Tensor w = data.of(s.w());
    return backend.convBackwardDataPlans(s).stream().map(p -> backwardData(p, w, data)).toList();
  }

  static List<Call> backwardWeights(Backend backend, ConvShape s, Calls.Data data) {
    return backend.convBackwardWeightsPlans(s).stream().map(p -> backwardWeights(p, data)).toList();
  }

  private static Call forward(ConvForward plan, Tensor w, boolean clamps, Calls.Data data) {
    PackedWeights packed = plan.pack(w);
    Call.Binding binding =
        t -> {
          Epilogue bias = Epilogue.bias(t[1]);
          Epilogue epilogue = clamps ? bias.clamp(-50f, 50f) : bias;
          return (ws, par) -> plan.run(t[0], packed, epilogue, t[2], ws, par);
        };
    String name = plan.algorithm() + (clamps ? " forward, clamped" : " forward");
    return new Call(name, plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("bias", data.of(plan.shape().bias()))
        .writes("y", plan.shape().y())
        .apart("y", "x", "bias");
  }

  private static Call adding(ConvForward plan, Tensor w, Calls.Data data) {
    PackedWeights packed = plan.pack(w);
    Call.Binding binding =
        t -> {
          Epilogue epilogue = Epilogue.bias(t[1]).add(t[2]).silu();
          return (ws, par) -> plan.run(t[0], packed, epilogue, t[3], ws, par);
        };
    return new Call(plan.algorithm() + " forward, added", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("bias", data.of(plan.shape().bias()))
        .reads("residual", data.of(plan.shape().y()))
        .writes("y", plan.shape().y())
        .apart("y", "x", "bias")
        .maybe("y", "residual");
  }

  private static Call backwardData(ConvBackwardData plan, Tensor w, Calls.Data data) {
    PackedWeights packed = plan.pack(w);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], packed, t[1], ws, par);
    return new Call(plan.algorithm() + " backward data", plan.workspace(), binding)
        .reads("dy", data.of(plan.shape().y()))
        .writes("dx", plan.shape().x())
        .apart("dx", "dy");
  }

  private static Call backwardWeights(ConvBackwardWeights plan, Calls.Data data) {
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], t[3], ws, par);
    return new Call(plan.algorithm() + " backward weights", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("dy", data.of(plan.shape().y()))
        .addsTo("dw", data.of(plan.shape().w()))
        .addsTo("db", data.of(plan.shape().bias()))
        .apart("dw", "x", "dy")
        .apart("db", "x", "dy", "dw");
  }
}
