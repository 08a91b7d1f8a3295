package io.lanewise.layers.graph;

import java.util.List;

/**
 * An operation at its place in a graph.
 *
 * @param name for messages, {@code explain} and profiles; need not be unique
 * @param op what it computes
 * @param inputs in the operation's order
 * @param outputs in the operation's order
 */
public record Node(String name, GraphOp op, List<Value> inputs, List<Value> outputs) {
  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The types of the inputs. */
  public List<ValueType> inputTypes() {
    return inputs.stream().map(Value::type).toList();
  }

  /** The only output. */
  public Value output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException(this + " must have one output, got " + outputs.size());
    }
    return outputs.get(0);
  }

  /** True if all inputs are constants. */
  public boolean isConstant() {
    return inputs.stream().allMatch(Value::isConstant);
  }

  /** Name and operation. */
  @Override
  public String toString() {
    return "'" + name + "' (" + op + ")";
  }
}
