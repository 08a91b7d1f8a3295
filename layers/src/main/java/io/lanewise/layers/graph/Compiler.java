package io.lanewise.layers.graph;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Precision;
import io.lanewise.layers.graph.ops.IdentityOperator;
import io.lanewise.layers.graph.passes.Passes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a graph: passes, layouts, plans, memory. */
final class Compiler {
  /** Of kernels that are not compiled: where vectors are interpreted it is far less. */
  private static final long FLOPS_A_NANO = 1;

  /** In less, nothing is compiled. */
  private static final Duration LEAST_WARM_UP = Duration.ofMillis(10);

  private Compiler() {}

  static CompiledGraph compile(Graph graph, CompileOptions options) {
    if (!options.optimised()) {
      Graph own = withOwnOutputs(graph);
      List<NodeLayouts> layouts = new ArrayList<>();
      for (Node n : own.nodes()) {
        layouts.add(NodeLayouts.first(n.inputs().size(), n.outputs().size()));
      }
      return plan(own, layouts, options);
    }
    LayoutAssignment assignment =
        LayoutAssignment.of(Passes.apply(graph, options), options.weights());
    Graph own = withOwnOutputs(assignment.graph());
    List<NodeLayouts> layouts = new ArrayList<>(assignment.layouts());
    while (layouts.size() < own.nodes().size()) {
      layouts.add(NodeLayouts.first(1, 1)); // copies of outputs
    }
    return plan(own, layouts, options);
  }

  private static CompiledGraph plan(
      Graph graph, List<NodeLayouts> layouts, CompileOptions options) {
    List<CompiledNode> nodes = new ArrayList<>();
    List<SharedWeights.Packing> packings = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      nodes.add(plan(graph.nodes().get(i), layouts.get(i), options, packings));
    }
    Duration budget = warmUp(graph, options);
    if (!budget.isZero()) {
      WarmUp warm = WarmUp.of(options.backend());
      nodes.forEach(n -> n.kernel().addTo(warm));
      warm.run(budget, packings.stream().map(p -> (Runnable) p::finish).iterator());
    }
    packings.forEach(SharedWeights.Packing::finish); // those that were not, or by another thread
    options.weights().rest();
    return new CompiledGraph(graph, nodes, MemoryPlan.of(graph, nodes, options.optimised()));
  }

  /** No longer than a first run with cold kernels would take, or nearly so. */
  private static Duration warmUp(Graph graph, CompileOptions options) {
    long flops = graph.nodes().stream().mapToLong(n -> n.op().flops(n.inputTypes())).sum();
    Duration most = Duration.ofNanos(flops / FLOPS_A_NANO);
    Duration budget = most.compareTo(options.warmUp()) < 0 ? most : options.warmUp();
    return budget.compareTo(LEAST_WARM_UP) < 0 ? Duration.ZERO : budget;
  }

  private static CompiledNode plan(
      Node node,
      NodeLayouts layouts,
      CompileOptions options,
      List<SharedWeights.Packing> packings) {
    ConvOptions conv =
        options.precision() == Precision.STRICT
            ? ConvOptions.DEFAULT.strict()
            : ConvOptions.DEFAULT;
    PlanRequest request =
        new PlanRequest(options.backend(), node, layouts, conv, options.weights(), packings);
    Kernel kernel = node.op().plan(request);
    return new CompiledNode(withoutPacked(node, kernel), layouts, kernel);
  }

  /** Lets go of constants that were packed and are not read any more. */
  private static Node withoutPacked(Node n, Kernel kernel) {
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < n.inputs().size(); i++) {
      Value v = n.inputs().get(i);
      inputs.add(v.isConstant() && !kernel.reads(i) ? Value.variable(v.name(), v.type()) : v);
    }
    return new Node(n.name(), n.op(), inputs, n.outputs());
  }

  /** Gives each output a value of its own, which no input, constant or other output is. */
  private static Graph withOwnOutputs(Graph graph) {
    Set<Value> taken = new HashSet<>(graph.inputs().values());
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
    return Graph.of(graph.inputs(), outputs, nodes);
  }
}
