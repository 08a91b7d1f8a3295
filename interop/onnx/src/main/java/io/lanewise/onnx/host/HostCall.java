package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One node with the values of its inputs.
 *
 * @param node the node
 * @param opset version of the node's domain
 * @param inputs the node's inputs in order; null where an optional one is left out
 */
public record HostCall(OnnxNode node, int opset, List<TypedTensor> inputs) {
  /** Copies the list. */
  public HostCall {
    inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
  }

  /** True if input {@code i} is given. */
  public boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  /**
   * Input {@code i}.
   *
   * @throws OnnxException if it is left out
   */
  public TypedTensor input(int i) {
    if (!has(i)) {
      throw wrong("expected input %d, got %d inputs", i, inputs.size());
    }
    return inputs.get(i);
  }

  /** Input {@code i}, if it is given. */
  public Optional<TypedTensor> optional(int i) {
    return has(i) ? Optional.of(inputs.get(i)) : Optional.empty();
  }

  /** Input {@code i} of integers, as a list. */
  long[] longs(int i) {
    return Elements.longs(input(i));
  }

  /** Input {@code i}, a number. */
  double number(int i, double otherwise) {
    if (!has(i)) {
      return otherwise;
    }
    requireOne(i);
    return input(i).doubleAt(0);
  }

  /** Input {@code i}, an integer. */
  long integer(int i, long otherwise) {
    if (!has(i)) {
      return otherwise;
    }
    requireOne(i);
    return input(i).longAt(0);
  }

  private void requireOne(int i) {
    if (input(i).size() != 1) {
      throw wrong("input %d should be one number, got %s", i, input(i));
    }
  }

  /**
   * Integers that newer versions take as an input and older ones as an attribute.
   *
   * @param input the input's number
   * @param attribute the attribute's name
   */
  Optional<long[]> longs(int input, String attribute) {
    return has(input) ? Optional.of(longs(input)) : node.ints(attribute);
  }

  /** The attribute {@code axis} of a tensor of that rank, counted from the front. */
  int axis(long otherwise, int rank) {
    return axisOf(node.intOr("axis", otherwise), rank);
  }

  /** An axis counted from the front. */
  int axisOf(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw wrong("axis should be from %d to %d, got %d", -rank, rank - 1, axis);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** A shape of sizes from a file. */
  Shape shape(long... dims) {
    int[] sizes = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0 || dims[i] > Integer.MAX_VALUE) {
        throw wrong("a size should be from 0 to 2^31 - 1, got %d", dims[i]);
      }
      sizes[i] = (int) dims[i];
    }
    return Shape.of(sizes);
  }

  /** Requires input {@code i} to have that many dimensions. */
  TypedTensor ranked(int i, int rank) {
    TypedTensor t = input(i);
    if (t.shape().rank() != rank) {
      throw wrong("input %d should have %d dimensions, got %s", i, rank, t);
    }
    return t;
  }

  /** An attribute that names an element type by the format's number. */
  ElementType type(String attribute, ElementType otherwise) {
    return node.has(attribute) ? ElementCodes.of(node.intOr(attribute, 0), this) : otherwise;
  }

  /** A refusal: the node is right, but not offered. */
  OnnxUnsupportedException unsupported(String what) {
    return new OnnxUnsupportedException(
        "%s, opset %d: %s is not supported".formatted(node.describe(), opset, what));
  }

  /** A complaint about this node. */
  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  OnnxException wrong(String format, Object... arguments) {
    return new OnnxException(node.describe() + ": " + format.formatted(arguments));
  }
}
