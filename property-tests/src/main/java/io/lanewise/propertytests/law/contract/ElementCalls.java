package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.subject.ActivationCase;
import io.lanewise.propertytests.subject.RowsShape;
import java.util.List;

/** Runs of activations, softmax and cross-entropy, forward and backward. */
final class ElementCalls {
  private ElementCalls() {}

  static List<Call> activation(Backend backend, ActivationCase s, Calls.Data data) {
    ActivationOp op = backend.activation(s.kind());
    Tensor x = data.of(s.shape());
    Tensor y = Tensor.zeros(s.shape());
    for (int i = 0; i < y.size(); i++) {
      y.array()[i] = (float) ReferenceElementwise.activate(s.kind(), x.array()[i]);
    }
    Call.Binding forward = t -> (ws, par) -> op.forward(t[0], t[1], par);
    Call.Binding backward = t -> (ws, par) -> op.backward(t[0], t[1], t[2], par);
    return List.of(
        new Call("forward", WorkspaceSpec.NONE, forward)
            .reads("x", x)
            .writes("y", s.shape())
            .maybe("y", "x"),
        new Call("backward", WorkspaceSpec.NONE, backward)
            .reads("y", y)
            .reads("dy", data.of(s.shape()))
            .writes("dx", s.shape())
            .maybe("dx", "dy"));
  }

  static List<Call> softmax(Backend backend, RowsShape s, Calls.Data data) {
    Softmax op = backend.softmax();
    Call.Binding forward = t -> (ws, par) -> op.forward(t[0], t[1], par);
    Call.Binding backward = t -> (ws, par) -> op.backward(t[0], t[1], t[2], par);
    return List.of(
        new Call("forward", WorkspaceSpec.NONE, forward)
            .reads("x", data.of(s.shape()))
            .writes("y", s.shape())
            .maybe("y", "x"),
        new Call("backward", WorkspaceSpec.NONE, backward)
            .reads("y", probabilities(s, data))
            .reads("dy", data.of(s.shape()))
            .writes("dx", s.shape())
            .maybe("dx", "dy"));
  }

  static List<Call> crossEntropy(Backend backend, RowsShape s, Calls.Data data) {
    SoftmaxCrossEntropy op = backend.softmaxCrossEntropy();
    int[] labels = data.random().ints(s.n(), 0, s.classes()).toArray();
    Call.Binding forward = t -> (ws, par) -> op.forward(t[0], labels, t[1], t[2], par);
    Call.Binding backward = t -> (ws, par) -> op.backward(t[0], labels, t[1], par);
    return List.of(
        new Call("forward", WorkspaceSpec.NONE, forward)
            .reads("logits", data.of(s.shape()))
            .writes("losses", Shape.of(s.n()))
            .writes("probabilities", s.shape())
            .readsNumbers(labels)
            .apart("losses", "logits", "probabilities")
            .maybe("probabilities", "logits"),
        new Call("backward", WorkspaceSpec.NONE, backward)
            .reads("probabilities", probabilities(s, data))
            .writes("dx", s.shape())
            .readsNumbers(labels)
            .maybe("dx", "probabilities"));
  }

  private static Tensor probabilities(RowsShape s, Calls.Data data) {
    Tensor y = Tensor.zeros(s.shape());
    ReferenceElementwise.softmax(data.of(s.shape()), y);
    return y;
  }
}
