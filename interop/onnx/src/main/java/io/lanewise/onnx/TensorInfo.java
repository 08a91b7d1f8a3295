package io.lanewise.onnx;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType.Dimension;
import io.lanewise.onnx.model.ValueType.OfTensor;
import java.util.List;
import java.util.Optional;

/**
 * An input or output of a model.
 *
 * @param name its name
 * @param type of its elements
 * @param dimensions its sizes, each a number or a symbol; empty if not even their number is told
 * @param isOptional true of an input that has a default
 */
public record TensorInfo(
    String name, ElementType type, Optional<List<Dimension>> dimensions, boolean isOptional) {
  /** Copies. */
  public TensorInfo {
    dimensions = dimensions.map(List::copyOf);
  }

  static TensorInfo of(ValueInfo info, boolean isOptional) {
    if (info.type() instanceof OfTensor t) {
      return new TensorInfo(info.name(), t.element(), t.dimensions(), isOptional);
    }
    throw new OnnxUnsupportedException(
        "'%s' is not a tensor, which alone is supported, but %s"
            .formatted(info.name(), info.type()));
  }

  /** True if the model takes a tensor of this type and shape here. */
  boolean fits(ElementType got, Shape shape) {
    if (got != type) {
      return false;
    }
    if (dimensions.isEmpty()) {
      return true;
    }
    List<Dimension> dims = dimensions.get();
    if (dims.size() != shape.rank()) {
      return false;
    }
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i).isKnown() && dims.get(i).size() != shape.dim(i)) {
        return false;
      }
    }
    return true;
  }

  /** Such as {@code float[n, 3, 224, 224]}. */
  public String text() {
    return type + dimensions.map(List::toString).orElse("[...]");
  }

  /** Such as {@code input: float[n, 3, 224, 224]}. */
  @Override
  public String toString() {
    return name + ": " + text() + (isOptional ? ", optional" : "");
  }
}
