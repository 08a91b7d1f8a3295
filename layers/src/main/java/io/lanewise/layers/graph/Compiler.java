package io.lanewise.layers.graph;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Precision;
import io.lanewise.layers.graph.ops.IdentityOperator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a graph: passes, layouts, plans, memory. */
final class Compiler {
  private Compiler() {}

  static CompiledGraph compile(Graph graph, CompileOptions options) {
    Graph own = withOwnOutputs(graph);
    List<CompiledNode> nodes = new ArrayList<>();
    for (Node node : own.nodes()) {
      nodes.add(
          plan(node, NodeLayouts.first(node.inputs().size(), node.outputs().size()), options));
    }
    warmUp(nodes, options);
    return new CompiledGraph(own, nodes, MemoryPlan.of(own, nodes, options.optimised()));
  }

  private static CompiledNode plan(Node node, NodeLayouts layouts, CompileOptions options) {
    ConvOptions conv =
        options.precision() == Precision.STRICT
            ? ConvOptions.DEFAULT.strict()
            : ConvOptions.DEFAULT;
    PlanRequest request =
        new PlanRequest(options.backend(), node, layouts, conv, options.weights());
    return new CompiledNode(node, layouts, node.op().plan(request));
  }

  /** Gives each output a value of its own, which no input, constant or other output is. */
  private static Graph withOwnOutputs(Graph graph) {
    Set<Value> taken = new HashSet<>();
    taken.addAll(graph.inputs().values());
    Map<String, Value> outputs = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    graph
        .outputs()
        .forEach(
            (name, value) -> {
              Value own = value;
              if (value.isConstant() || !taken.add(value)) {
                own = Value.variable(name, value.type());
                taken.add(own);
                nodes.add(
                    new Node(name, new IdentityOperator("copy"), List.of(value), List.of(own)));
              }
              outputs.put(name, own);
            });
    return new Graph(graph.inputs(), outputs, nodes);
  }

  private static void warmUp(List<CompiledNode> nodes, CompileOptions options) {
    if (!options.warmUp().isZero()) {
      WarmUp warm = WarmUp.of(options.backend());
      nodes.forEach(n -> n.kernel().addTo(warm));
      warm.run(options.warmUp());
    }
  }
}
