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

  static List<Call> activationForward(Backend backend, ActivationCase s, Calls.Data data) {
    ActivationOp op = backend.activation(s.kind());
    Call.Binding binding = t -> (ws, par) -> op.forward(t[0], t[1], par);
    return List.of(
        new Call("forward", WorkspaceSpec.NONE, binding)
            .reads("x", data.of(s.shape()))
            .writes("y", s.shape())
            .maybe("y", "x"));
  }

  static List<Call> activationBackward(Backend backend, ActivationCase s, Calls.Data data) {
    ActivationOp op = backend.activation(s.kind());
    Tensor saved = data.of(s.shape());
    for (int i = 0; i < saved.size() && !s.kind().needsInput(); i++) {
      saved.array()[i] = (float) ReferenceElementwise.activate(s.kind(), saved.array()[i]);
    }
    Call.Binding binding = t -> (ws, par) -> op.backward(t[0], t[1], t[2], par);
    return List.of(
        new Call("backward", WorkspaceSpec.NONE, binding)
            .reads("saved", saved)
            .reads("dy", data.of(s.shape()))
            .writes("dx", s.shape())
            .maybe("dx", "dy"));
  }

  static List<Call> softmaxForward(Backend backend, RowsShape s, Calls.Data data) {
    Softmax op = backend.softmax();
    Call.Binding binding = t -> (ws, par) -> op.forward(t[0], t[1], par);
    return List.of(
        new Call("forward", WorkspaceSpec.NONE, binding)
            .reads("x", data.of(s.shape()))
            .writes("y", s.shape())
            .maybe("y", "x"));
  }

  static List<Call> softmaxBackward(Backend backend, RowsShape s, Calls.Data data) {
    Softmax op = backend.softmax();
    Call.Binding binding = t -> (ws, par) -> op.backward(t[0], t[1], t[2], par);
    return List.of(
        new Call("backward", WorkspaceSpec.NONE, binding)
            .reads("y", probabilities(s, data))
            .reads("dy", data.of(s.shape()))
            .writes("dx", s.shape())
            .maybe("dx", "dy"));
  }

  static List<Call> crossEntropyForward(Backend backend, RowsShape s, Calls.Data data) {
    SoftmaxCrossEntropy op = backend.softmaxCrossEntropy();
    int[] labels = labels(s, data);
    Call.Binding binding = t -> (ws, par) -> op.forward(t[0], labels, t[1], t[2], par);
    return List.of(
        new Call("forward", WorkspaceSpec.NONE, binding)
            .reads("logits", data.of(s.shape()))
            .writes("losses", Shape.of(s.n()))
            .writes("probabilities", s.shape())
            .readsNumbers(labels)
            .apart("losses", "logits", "probabilities")
            .maybe("probabilities", "logits"));
  }

  static List<Call> crossEntropyBackward(Backend backend, RowsShape s, Calls.Data data) {
    SoftmaxCrossEntropy op = backend.softmaxCrossEntropy();
    int[] labels = labels(s, data);
    Call.Binding binding = t -> (ws, par) -> op.backward(t[0], labels, t[1], par);
    return List.of(
        new Call("backward", WorkspaceSpec.NONE, binding)
            .reads("probabilities", probabilities(s, data))
            .writes("dx", s.shape())
            .readsNumbers(labels)
            .maybe("dx", "probabilities"));
  }

  private static int[] labels(RowsShape s, Calls.Data data) {
    return data.random().ints(s.n(), 0, s.classes()).toArray();
  }

  private static Tensor probabilities(RowsShape s, Calls.Data data) {
    Tensor y = Tensor.zeros(s.shape());
    ReferenceElementwise.softmax(data.of(s.shape()), y);
    return y;
  }
}
