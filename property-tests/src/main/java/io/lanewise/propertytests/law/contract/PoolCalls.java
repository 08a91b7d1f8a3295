package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Runs of both poolings, forward and backward. */
final class PoolCalls {
  private PoolCalls() {}

  static List<Call> maxForward(Backend backend, PoolShape s, Calls.Data data) {
    MaxPool plan = backend.maxPool(s);
    int[] indices = new int[s.y().size()];
    Call.Binding binding = t -> (ws, par) -> plan.forward(t[0], t[1], indices, ws, par);
    return List.of(
        new Call("max forward", plan.workspace(), binding)
            .reads("x", data.of(s.x()))
            .writes("y", s.y())
            .writesNumbers(indices)
            .apart("y", "x"));
  }

  static List<Call> maxBackward(Backend backend, PoolShape s, Calls.Data data) {
    MaxPool plan = backend.maxPool(s);
    int[] indices = new int[s.y().size()];
    ReferencePool.max(s, data.of(s.x()), Tensor.zeros(s.y()), indices);
    Call.Binding binding = t -> (ws, par) -> plan.backward(t[0], indices, t[1], par);
    return List.of(
        new Call("max backward", WorkspaceSpec.NONE, binding)
            .reads("dy", data.of(s.y()))
            .writes("dx", s.x())
            .readsNumbers(indices)
            .apart("dx", "dy"));
  }

  /** Both kinds: padding counts, or does not. */
  static List<Call> avgForward(Backend backend, PoolShape s, Calls.Data data) {
    return List.of(
        avgForward(backend.avgPool(s, true), data), avgForward(backend.avgPool(s, false), data));
  }

  /** Both kinds: padding counts, or does not. */
  static List<Call> avgBackward(Backend backend, PoolShape s, Calls.Data data) {
    return List.of(
        avgBackward(backend.avgPool(s, true), data), avgBackward(backend.avgPool(s, false), data));
  }

  private static Call avgForward(AvgPool plan, Calls.Data data) {
    Call.Binding binding = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    return new Call("average forward", plan.workspace(), binding)
        .reads("x", data.of(plan.shape().x()))
        .writes("y", plan.shape().y())
        .apart("y", "x");
  }

  private static Call avgBackward(AvgPool plan, Calls.Data data) {
    Call.Binding binding = t -> (ws, par) -> plan.backward(t[0], t[1], ws, par);
    return new Call("average backward", plan.workspace(), binding)
        .reads("dy", data.of(plan.shape().y()))
        .writes("dx", plan.shape().x())
        .apart("dx", "dy");
  }
}
