package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import java.util.List;

/**
 * One node on values of any kind, in the scope where it stands.
 *
 * @param node the node
 * @param opset version of the node's domain
 * @param inputs in order; null where an optional one is left out
 * @param scope what the node's own graphs may read
 */
record ValueCall(OnnxNode node, int opset, List<HostValue> inputs, Scope scope) {
  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  HostValue input(int i) {
    if (!has(i)) {
      throw wrong("expected input %d, got %d inputs", i, inputs.size());
    }
    return inputs.get(i);
  }

  TypedTensor tensor(int i) {
    return tensor(input(i), "input " + i);
  }

  TypedTensor tensor(HostValue value, String what) {
    if (value instanceof HostValue.OfTensor t) {
      return t.tensor();
    }
    throw wrong("%s should be a tensor, got %s", what, value);
  }

  List<HostValue> sequence(int i) {
    if (input(i) instanceof HostValue.OfSequence s) {
      return s.values();
    }
    throw wrong("input %d should be a sequence, got %s", i, input(i));
  }

  OnnxGraph graph(String attribute) {
    return node.graph(attribute).orElseThrow(() -> wrong("expected attribute '%s'", attribute));
  }

  /** The attributes' and tensors' side of this call. */
  HostCall attributes() {
    return new HostCall(node, opset, List.of());
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  OnnxException wrong(String format, Object... arguments) {
    return new OnnxException(node.describe() + ": " + format.formatted(arguments));
  }
}
