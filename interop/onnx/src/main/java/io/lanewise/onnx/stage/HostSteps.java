package io.lanewise.onnx.stage;

import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.host.HostOps;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Nodes of a graph that run on the host. */
final class HostSteps {
  private HostSteps() {}

  /**
   * Adds one.
   *
   * @param inputs null where one is left out
   * @return the outputs that the node names
   */
  static List<Value> add(Graph.Builder builder, BoundNode bound, List<Value> inputs, String name) {
    OnnxNode node = bound.node();
    List<ValueType> types = types(bound, inputs);
    boolean[] given = new boolean[inputs.size()];
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      given[i] = inputs.get(i) != null;
      if (given[i]) {
        values.add(inputs.get(i));
      }
    }
    return builder.addAll(
        name,
        GraphOps.host(
            node.opType(),
            types,
            tensors ->
                HostOps.evaluate(node, bound.opset(), spread(tensors, given))
                    .subList(0, types.size())),
        values);
  }

  private static List<TypedTensor> spread(List<TypedTensor> tensors, boolean[] given) {
    List<TypedTensor> all = new ArrayList<>();
    int next = 0;
    for (boolean g : given) {
      all.add(g ? tensors.get(next++) : null);
    }
    return all;
  }

  /**
   * What comes out, found by computing the node once of inputs of the same shapes: whatever the
   * elements are, the outputs are of one type and shape, since everything that could change them is
   * known by now.
   */
  private static List<ValueType> types(BoundNode bound, List<Value> inputs) {
    List<TypedTensor> likely = new ArrayList<>();
    for (Value v : inputs) {
      likely.add(v == null ? null : v.isConstant() ? v.typed() : any(v.type(), bound.node()));
    }
    List<TypedTensor> outputs = HostOps.evaluate(bound.node(), bound.opset(), likely);
    return outputs.stream()
        .limit(bound.node().outputs().size())
        .map(t -> new ValueType(t.type(), t.shape()))
        .toList();
  }

  private static TypedTensor any(ValueType type, OnnxNode node) {
    TypedTensor t = TypedTensor.zeros(type.type(), type.shape());
    if (type.type() == ElementType.STRING) {
      Arrays.fill(t.strings(), "0"); // which can be cast to a number
      return t;
    }
    long element = ShapeInputs.harmless(node);
    for (int i = 0; element != 0 && i < t.size(); i++) {
      t.setLong(i, element);
    }
    return t;
  }
}
