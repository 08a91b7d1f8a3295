package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network: named inputs and outputs, and nodes in an order in which each comes after those that
 * it needs. Shapes are fixed. Immutable.
 *
 * <pre>{@code
 * Graph.Builder b = Graph.builder();
 * Value x = b.input("x", Shape.of(1, 3, 32, 32));
 * Value w = b.constant("w", weights);
 * Value y = b.add("conv1", GraphOps.conv(shape), x, w);
 * b.output("y", b.add("relu1", GraphOps.relu(), y));
 * CompiledGraph compiled = b.build().compile(CompileOptions.of(Backend.best()));
 * }</pre>
 */
public final class Graph {
  private final Map<String, Value> inputs;
  private final Map<String, Value> outputs;
  private final List<Node> nodes;

  private Graph(Map<String, Value> inputs, Map<String, Value> outputs, List<Node> nodes) {
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    this.nodes = List.copyOf(nodes);
  }

  /**
   * A graph of parts.
   *
   * @param inputs by name
   * @param outputs by name: inputs, constants, or what nodes make
   * @param nodes each after those that make its inputs
   * @throws IllegalArgumentException if a value is used before it is there, or made twice
   */
  public static Graph of(Map<String, Value> inputs, Map<String, Value> outputs, List<Node> nodes) {
    Set<Value> known = new HashSet<>(inputs.values());
    for (Node n : nodes) {
      n.inputs().forEach(v -> requireThere(v, known, n.toString()));
      for (Value v : n.outputs()) {
        if (!known.add(v)) {
          throw new IllegalArgumentException("value " + v + " is made twice, again by node " + n);
        }
      }
    }
    outputs.forEach((name, v) -> requireThere(v, known, "output '" + name + "'"));
    return new Graph(inputs, outputs, nodes);
  }

  private static void requireThere(Value v, Set<Value> known, String where) {
    if (!v.isConstant() && !known.contains(v)) {
      throw new IllegalArgumentException(where + " uses " + v + ", which no node before it makes");
    }
  }

  /** Starts a graph. */
  public static Builder builder() {
    return new Builder();
  }

  /** What a run is given, in the order of declaration. */
  public Map<String, Value> inputs() {
    return inputs;
  }

  /** What a run gives, in the order of declaration. */
  public Map<String, Value> outputs() {
    return outputs;
  }

  /** In an order of execution. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Floating-point operations of a run, two a multiply-add. */
  public long flops() {
    return nodes.stream().mapToLong(n -> n.op().flops(n.inputTypes())).sum();
  }

  /**
   * Decides everything that depends on shapes and constants: optimises, chooses layouts and
   * algorithms, packs weights, lays out memory.
   *
   * @throws UnsupportedOperationException if the backend lacks an operation
   */
  public CompiledGraph compile(CompileOptions options) {
    return Compiler.compile(this, options);
  }

  /** A line a node. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("inputs ").append(inputs.values()).append('\n');
    for (Node n : nodes) {
      text.append(n.outputs()).append(" = ").append(n.op()).append(' ');
      text.append(n.inputs()).append("  ").append(n.name()).append('\n');
    }
    return text.append("outputs ").append(outputs.values()).append('\n').toString();
  }

  /**
   * Collects a graph. A node's inputs must have been made by this builder, or be constants, so
   * there are no cycles.
   */
  public static final class Builder {
    private final Map<String, Value> inputs = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Value> known = new HashSet<>();

    private Builder() {}

    /** An input of floats, channels first. */
    public Value input(String name, Shape shape) {
      return input(name, ElementType.FLOAT, shape);
    }

    /**
     * An input.
     *
     * @throws IllegalArgumentException if there is one of this name
     */
    public Value input(String name, ElementType type, Shape shape) {
      Value v = Value.variable(name, new ValueType(type, shape));
      if (inputs.putIfAbsent(name, v) != null) {
        throw new IllegalArgumentException("two inputs are named '" + name + "'");
      }
      known.add(v);
      return v;
    }

    /** A constant; see {@link Value#constant(String, Tensor)}. */
    public Value constant(String name, Tensor tensor) {
      return Value.constant(name, tensor);
    }

    /** A constant; see {@link Value#constant(String, TypedTensor)}. */
    public Value constant(String name, TypedTensor tensor) {
      return Value.constant(name, tensor);
    }

    /**
     * A node with one output, which has the node's name.
     *
     * @throws IllegalArgumentException if the operation does not take these inputs, saying why, or
     *     has not one output
     */
    public Value add(String name, GraphOp op, Value... inputs) {
      List<Value> values = addAll(name, op, inputs);
      if (values.size() != 1) {
        throw new IllegalArgumentException(
            "node '" + name + "' (" + op + ") has " + values.size() + " outputs: use addAll");
      }
      return values.get(0);
    }

    /**
     * A node; its outputs have the node's name, with a number behind from the second on.
     *
     * @throws IllegalArgumentException if the operation does not take these inputs, saying why
     */
    public List<Value> addAll(String name, GraphOp op, Value... inputs) {
      return addAll(name, op, Arrays.asList(inputs));
    }

    /** As {@link #addAll(String, GraphOp, Value...)}. */
    public List<Value> addAll(String name, GraphOp op, List<Value> inputs) {
      Objects.requireNonNull(name, "name");
      for (int i = 0; i < inputs.size(); i++) {
        requireKnown(name, op, inputs.get(i), i);
      }
      List<Value> values = new ArrayList<>();
      for (ValueType type : types(name, op, inputs)) {
        values.add(Value.variable(values.isEmpty() ? name : name + ":" + values.size(), type));
      }
      nodes.add(new Node(name, op, inputs, values));
      known.addAll(values);
      return List.copyOf(values);
    }

    private void requireKnown(String name, GraphOp op, Value input, int i) {
      String where = "input " + i + " of node '" + name + "' (" + op + ")";
      Objects.requireNonNull(input, where);
      if (!input.isConstant() && !known.contains(input)) {
        throw new IllegalArgumentException(
            where + " must be of this graph, got " + input + " of another one");
      }
    }

    private static List<ValueType> types(String name, GraphOp op, List<Value> inputs) {
      try {
        return op.outputs(inputs.stream().map(Value::type).toList());
      } catch (IllegalArgumentException cause) {
        throw new IllegalArgumentException(
            "node '" + name + "' (" + op + "): " + cause.getMessage(), cause);
      }
    }

    /**
     * An output: any value, several times if need be.
     *
     * @throws IllegalArgumentException if there is one of this name, or the value is of another
     *     graph
     */
    public Builder output(String name, Value value) {
      if (!value.isConstant() && !known.contains(value)) {
        throw new IllegalArgumentException(
            "output '" + name + "' must be of this graph, got " + value + " of another one");
      }
      if (outputs.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("two outputs are named '" + name + "'");
      }
      return this;
    }

    /** The graph so far. */
    public Graph build() {
      return new Graph(inputs, outputs, nodes);
    }
  }
}
