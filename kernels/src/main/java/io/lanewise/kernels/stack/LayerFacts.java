package io.lanewise.kernels.stack;

import io.lanewise.kernels.tensor.Shape;
import java.util.List;

/**
 * What follows of one layer for one image.
 *
 * @param name the layer's
 * @param output shape of its output: [c] and the spatial sizes
 * @param fields of an output along each spatial axis
 * @param flops floating-point operations, two a multiply-add
 * @param parameters that are learned, biases included
 * @param inputFloats floats it reads, parameters aside
 */
public record LayerFacts(
    String name,
    Shape output,
    List<ReceptiveField> fields,
    long flops,
    long parameters,
    long inputFloats) {
  /** Copies the list. */
  public LayerFacts {
    fields = List.copyOf(fields);
  }

  /** Floats of its output. */
  public long outputFloats() {
    return output.size();
  }
}
