package io.lanewise.onnx.lower;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One node on its way into a graph. */
public final class LoweringCall {
  /** What a lowering returns that leaves the node to the host op. */
  static final List<Value> DECLINED = List.of();

  private final OnnxNode node;
  private final int opset;
  private final List<Value> inputs;
  private final Graph.Builder builder;
  private final String name;
  private int added;

  /**
   * A call.
   *
   * @param opset version of the node's domain
   * @param inputs the node's inputs in order; null where an optional one is left out
   * @param name of the operations, unique in the graph
   */
  public LoweringCall(
      OnnxNode node, int opset, List<Value> inputs, Graph.Builder builder, String name) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.builder = builder;
    this.name = name;
  }

  /** The node. */
  public OnnxNode node() {
    return node;
  }

  int opset() {
    return opset;
  }

  /** Number of inputs, those left out in between included. */
  int inputs() {
    return inputs.size();
  }

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  Value input(int i) {
    if (!has(i)) {
      throw wrong("expected input %d, got %d inputs", i, inputs.size());
    }
    return inputs.get(i);
  }

  Shape shape(int i) {
    return input(i).shape();
  }

  int rank(int i) {
    return shape(i).rank();
  }

  /** True if all given inputs are float32; of {@code which} alone if any are named. */
  public boolean areFloats(int... which) {
    for (int i = 0; i < inputs.size(); i++) {
      int index = i;
      boolean asked = which.length == 0 || Arrays.stream(which).anyMatch(w -> w == index);
      if (asked && has(i) && !input(i).type().isFloat()) {
        return false;
      }
    }
    return true;
  }

  /** Input {@code i} if it is given and known now. */
  Optional<TypedTensor> constant(int i) {
    return has(i) && input(i).isConstant() ? Optional.of(input(i).typed()) : Optional.empty();
  }

  /** True if input {@code i} is left out or known now. */
  boolean isKnown(int i) {
    return !has(i) || input(i).isConstant();
  }

  /** Integers of an input that is known now. */
  Optional<long[]> longs(int i) {
    return constant(i)
        .map(
            t -> {
              long[] values = new long[t.size()];
              for (int k = 0; k < values.length; k++) {
                values[k] = t.longAt(k);
              }
              return values;
            });
  }

  /** Integers that newer versions take as an input and older ones as an attribute. */
  Optional<long[]> longs(int i, String attribute) {
    return has(i) ? longs(i) : node.ints(attribute);
  }

  /** An axis counted from the front. */
  int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw wrong("axis should be from %d to %d, got %d", -rank, rank - 1, axis);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Axes counted from the front. */
  int[] axes(long[] axes, int rank) {
    return Arrays.stream(axes).mapToInt(a -> axis(a, rank)).toArray();
  }

  /** A shape of sizes that were computed. */
  Shape shapeOf(long... dims) {
    int[] sizes = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0 || dims[i] > Integer.MAX_VALUE) {
        throw wrong("a size should be from 0 to 2^31 - 1, got %s", Arrays.toString(dims));
      }
      sizes[i] = (int) dims[i];
    }
    return Shape.of(sizes);
  }

  /** One number as a constant. */
  Value number(float value) {
    return builder.constant(name + "/number", Tensor.of(Shape.of(), value));
  }

  Value constant(Tensor tensor) {
    return builder.constant(name + "/constant", tensor);
  }

  /** Adds an operation with one output. */
  Value add(GraphOp op, Value... operands) {
    return builder.add(nextName(), op, operands);
  }

  /** Adds an operation. */
  List<Value> addAll(GraphOp op, Value... operands) {
    return builder.addAll(nextName(), op, operands);
  }

  /** Adds an operation with one output, the node's only one. */
  List<Value> only(GraphOp op, Value... operands) {
    return List.of(add(op, operands));
  }

  private String nextName() {
    return added++ == 0 ? name : name + "/" + added;
  }

  /** A complaint about this node. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  OnnxException wrong(String format, Object... arguments) {
    return new OnnxException(node.describe() + ": " + format.formatted(arguments));
  }
}
