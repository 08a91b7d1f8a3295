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
  private static final int MOST_ROWS = 70; // of a product with as many columns

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

  /** The product of this kind whose operands have one shape, so that they may be one tensor. */
  static List<Call> gemmOfOneShape(Backend backend, GemmShape s, Calls.Data data) {
    int m = Math.min(s.m(), MOST_ROWS);
    int k = s.transposeA() == s.transposeB() ? m : s.k();
    return gemm(
        backend, new GemmShape(m, m, k, s.transposeA(), s.transposeB(), s.accumulate()), data);
  }

  static List<Call> forward(Backend backend, LinearShape s, Calls.Data data) {
    LinearForward plan = backend.linearForward(s);
    PackedWeights packed = plan.newWeights();
    plan.pack(data.of(s.w()), packed);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], packed, t[1], t[2], ws, par);
    return List.of(
        new Call("forward", plan.workspace(), binding)
            .reads("x", data.of(s.x()))
            .reads("bias", data.of(s.bias()))
            .writes("y", s.y())
            .apart("y", "x", "bias"));
  }

  static List<Call> backwardData(Backend backend, LinearShape s, Calls.Data data) {
    LinearBackwardData plan = backend.linearBackwardData(s);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], ws, par);
    return List.of(
        new Call("backward data", plan.workspace(), binding)
            .reads("dy", data.of(s.y()))
            .reads("w", data.of(s.w()))
            .writes("dx", s.x())
            .apart("dx", "dy", "w"));
  }

  static List<Call> backwardWeights(Backend backend, LinearShape s, Calls.Data data) {
    LinearBackwardWeights plan = backend.linearBackwardWeights(s);
    Call.Binding binding = t -> (ws, par) -> plan.run(t[0], t[1], t[2], t[3], ws, par);
    return List.of(
        new Call("backward weights", plan.workspace(), binding)
            .reads("x", data.of(s.x()))
            .reads("dy", data.of(s.y()))
            .addsTo("dw", data.of(s.w()))
            .addsTo("db", data.of(s.bias()))
            .apart("dw", "x", "dy")
            .apart("db", "x", "dy", "dw"));
  }
}
