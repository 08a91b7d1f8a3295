package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.ops.ReorderOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets every node choose the layouts in which it computes, in the order of execution, and reorders
 * what lies otherwise: each value once, constants now. Inputs and outputs of the graph are channels
 * first.
 */
final class LayoutAssignment {
  /** The layout of each value that is not channels first. */
  private final Map<Value, Layout> lying = new HashMap<>();

  private final Map<Value, Value> reordered = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<NodeLayouts> layouts = new ArrayList<>();
  private final Graph graph;

  private LayoutAssignment(Graph graph, SharedWeights weights) {
    for (Node n : graph.nodes()) {
      assign(n, weights);
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, v) -> outputs.put(name, in(Layout.CHANNELS_FIRST, v, weights)));
    this.graph = Graph.of(graph.inputs(), outputs, nodes);
  }

  static LayoutAssignment of(Graph graph, SharedWeights weights) {
    return new LayoutAssignment(graph, weights);
  }

  private void assign(Node n, SharedWeights weights) {
    List<Layout> in = n.inputs().stream().map(this::layout).toList();
    NodeLayouts chosen = n.op().layouts(n.inputTypes(), in);
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < n.inputs().size(); i++) {
      inputs.add(in(chosen.inputs().get(i), n.inputs().get(i), weights));
    }
    add(new Node(n.name(), n.op(), inputs, n.outputs()), chosen);
  }

  private void add(Node n, NodeLayouts chosen) {
    nodes.add(n);
    layouts.add(chosen);
    for (int o = 0; o < n.outputs().size(); o++) {
      lying.put(n.outputs().get(o), chosen.outputs().get(o));
    }
  }

  private Layout layout(Value v) {
    return lying.getOrDefault(v, Layout.CHANNELS_FIRST);
  }

  /** The value in a layout. */
  private Value in(Layout layout, Value v, SharedWeights weights) {
    return layout(v) == layout
        ? v
        : reordered.computeIfAbsent(v, from -> reorder(from, layout, weights));
  }

  private Value reorder(Value v, Layout layout, SharedWeights weights) {
    if (v.isConstant()) {
      Value constant =
          Value.laid(
              v.name(),
              weights
                  .derived(layout, List.of(v.tensor()), () -> List.of(v.tensor().copy(layout)))
                  .get(0));
      lying.put(constant, layout);
      return constant;
    }
    Value y = Value.variable(v.name(), v.type());
    ReorderOperator op = new ReorderOperator(layout(v), layout);
    add(
        new Node(v.name() + " reordered", op, List.of(v), List.of(y)),
        op.layouts(List.of(v.type()), List.of(layout(v))));
    return y;
  }

  /** With the nodes that reorder. */
  Graph graph() {
    return graph;
  }

  /** Of each node. */
  List<NodeLayouts> layouts() {
    return layouts;
  }
}
