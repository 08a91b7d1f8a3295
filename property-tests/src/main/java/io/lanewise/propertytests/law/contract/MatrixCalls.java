package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import java.util.List;

/** Runs of matrix products and of a fully connected layer's three passes. */
final class MatrixCalls {
  private MatrixCalls() {}

  static List<Call> gemm(Backend backend, GemmShape s, Calls.Data data) {
    Gemm plan = backend.gemm(s);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], ws, par);
    Call call =
        new Call("gemm", plan.workspace(), binding)
            .reads("a", data.of(s.a()))
            .reads("b", data.of(s.b()));
    Call complete = s.accumulate() ? call.addsTo("c", data.of(s.c())) : call.writes("c", s.c());
    return List.of(complete.apart("c", "a", "b").maybe("b", "a"));
  }

  static List<Call> linear(Backend backend, LinearShape s, Calls.Data data) {
    return List.of(
        forward(backend.linearForward(s), data),
        backwardData(backend.linearBackwardData(s), data),
        backwardWeights(backend.linearBackwardWeights(s), data));
  }

  private static Call forward(LinearForward plan, Calls.Data data) {
    PackedWeights packed = plan.newWeights();
    plan.pack(data.of(plan.shape().w()), packed);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], packed, t[1], t[2], ws, par);
    return new Call("forward", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("bias", data.of(plan.shape().bias()))
        .writes("y", plan.shape().y())
        .apart("y", "x", "bias");
  }

  private static Call backwardData(LinearBackwardData plan, Calls.Data data) {
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], ws, par);
    return new Call("backward data", plan.workspace(), binding)
        .reads("dy", data.of(plan.shape().y()))
        .reads("w", data.of(plan.shape().w()))
        .writes("dx", plan.shape().x())
        .apart("dx", "dy", "w");
  }

  private static Call backwardWeights(LinearBackwardWeights plan, Calls.Data data) {
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], t[3], ws, par);
    return new Call("backward weights", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .reads("dy", data.of(plan.shape().y()))
        .addsTo("dw", data.of(plan.shape().w()))
        .addsTo("db", data.of(plan.shape().bias()))
        .apart("dw", "x", "dy")
        .apart("db", "x", "dy", "dw");
  }
}
