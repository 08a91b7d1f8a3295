package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;
import java.util.List;
import java.util.Optional;

/** What a value of a model can be. */
public sealed interface HostValue {
  /** A tensor. */
  record OfTensor(TypedTensor tensor) implements HostValue {
    @Override
    public String toString() {
      return tensor.toString();
    }
  }

  /** Values in order. */
  record OfSequence(List<HostValue> values) implements HostValue {
    /** Copies. */
    public OfSequence {
      values = List.copyOf(values);
    }
  }

  /** Something or nothing. */
  record OfOptional(Optional<HostValue> value) implements HostValue {}

  /** A tensor. */
  static HostValue of(TypedTensor tensor) {
    return new OfTensor(tensor);
  }
}
