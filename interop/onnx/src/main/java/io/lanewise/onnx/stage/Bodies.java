package io.lanewise.onnx.stage;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Inner graphs that take the place of the nodes that have them. */
final class Bodies {
  /** A loop of more iterations, or one that becomes more nodes, runs on the host. */
  private static final int MOST_ITERATIONS = 256;

  private static final int MOST_NODES = 20_000;

  private int copies;

  /** Nodes instead of one, and constants that they read. */
  record Body(List<BoundNode> nodes, Map<String, Value> constants) {
    Body() {
      this(new ArrayList<>(), new HashMap<>());
    }
  }

  /** The branch of an If that is taken. */
  Body branch(BoundNode bound, TypedTensor condition) {
    OnnxNode node = bound.node();
    if (condition.size() != 1) {
      throw new OnnxException(
          node.describe() + ": the condition should be one element, got " + condition);
    }
    String key = condition.booleanAt(0) ? "then_branch" : "else_branch";
    OnnxGraph graph =
        node.graph(key).orElseThrow(() -> new OnnxException(node.describe() + ": no " + key));
    if (graph.outputs().size() < node.outputs().size()) {
      throw new OnnxException(
          "%s: %s has %d outputs, got %d"
              .formatted(node.describe(), key, graph.outputs().size(), node.outputs().size()));
    }
    Body body = new Body();
    List<String> results = copy(graph, at(node), bound.opset(), Map.of(), body);
    for (int i = 0; i < node.outputs().size(); i++) {
      identity(results.get(i), node.outputs().get(i), body);
    }
    return body;
  }

  private static String at(OnnxNode node) {
    return node.outputs().stream().filter(o -> !o.isEmpty()).findFirst().orElse("");
  }

  /**
   * One node with others inside: an If that is always taken.
   *
   * @param constants gets the condition
   */
  static BoundNode ofAll(List<OnnxNode> nodes, List<String> outputs, Map<String, Value> constants) {
    List<ValueInfo> infos =
        outputs.stream().map(name -> new ValueInfo(name, new ValueType.Untold())).toList();
    OnnxGraph graph = new OnnxGraph("rest", nodes, Map.of(), List.of(), infos, Map.of());
    Attribute branch = new Attribute.OfGraph(graph);
    String condition = at(nodes.getFirst()) + "/always";
    constants.put(condition, Value.constant(condition, always()));
    return new BoundNode(
        new OnnxNode(
            nodes.getFirst().name(),
            "",
            "If",
            List.of(condition),
            outputs,
            Map.of("then_branch", branch, "else_branch", branch)),
        13);
  }

  /**
   * Adds a copy of a graph.
   *
   * @param at an output of the node that has it, whose name is unique
   * @param parameters what its inputs mean outside
   * @return the names of its outputs outside
   */
  private List<String> copy(
      OnnxGraph graph, String at, int opset, Map<String, String> parameters, Body body) {
    String prefix = at + "/" + graph.name() + "#" + ++copies + "/";
    Renaming renaming =
        Renaming.of(graph.nodes(), graph.initializers().keySet(), prefix, parameters);
    graph
        .initializers()
        .forEach(
            (name, t) -> body.constants().put(prefix + name, Value.constant(prefix + name, t)));
    graph.nodes().forEach(n -> body.nodes().add(new BoundNode(renaming.node(n), opset)));
    return graph.outputs().stream().map(v -> renaming.name(v.name())).toList();
  }

  private static void identity(String from, String to, Body body) {
    if (!to.isEmpty()) {
      body.nodes().add(new BoundNode(Inliner.identity(from, to), 13));
    }
  }

  /** True if a Loop runs a known number of times, whatever its body computes. */
  boolean canUnroll(OnnxNode node, Map<String, Value> values) {
    OnnxGraph body = node.graph("body").orElse(null);
    if (body == null || !node.hasInput(0) || body.inputs().size() < 2) {
      return false;
    }
    Value trips = values.get(node.inputs().getFirst());
    boolean starts =
        !node.hasInput(1)
            || (values.get(node.inputs().get(1)).isConstant()
                && values.get(node.inputs().get(1)).typed().booleanAt(0));
    if (!trips.isConstant() || !starts || !goesOn(body)) {
      return false;
    }
    long count = trips.typed().longAt(0);
    return count > 0
        && count <= MOST_ITERATIONS
        && count * body.nodes().size() <= MOST_NODES
        && body.inputs().size() == node.inputs().size()
        && body.outputs().size() == node.outputs().size() + 1;
  }

  /** True if the condition that the body gives is the one that it got, or is constant and true. */
  private static boolean goesOn(OnnxGraph body) {
    String name = body.outputs().getFirst().name();
    String given = body.inputs().get(1).name();
    for (OnnxNode n : body.nodes().reversed()) {
      if (n.outputs().contains(name)) {
        if (n.opType().equals("Constant") && n.has("value")) {
          return n.tensor("value").filter(t -> t.size() == 1 && t.booleanAt(0)).isPresent();
        }
        if (!n.opType().equals("Identity")) {
          return false;
        }
        name = n.inputs().getFirst();
      }
    }
    TypedTensor constant = body.initializers().get(name);
    return name.equals(given)
        || (constant != null && constant.size() == 1 && constant.booleanAt(0));
  }

  /** All iterations of a Loop, one after the other. */
  Body unrolled(BoundNode bound, Map<String, Value> values) {
    OnnxNode node = bound.node();
    OnnxGraph graph = node.graph("body").orElseThrow();
    long count = values.get(node.inputs().getFirst()).typed().longAt(0);
    int carried = node.inputs().size() - 2;
    Body body = new Body();
    List<String> state = new ArrayList<>(node.inputs().subList(2, node.inputs().size()));
    List<List<String>> scanned = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Map<String, String> parameters = new HashMap<>();
      String at = at(node) + "/" + i;
      parameters.put(graph.inputs().get(0).name(), constant(at, TypedTensor.scalar(i), body));
      parameters.put(graph.inputs().get(1).name(), constant(at, always(), body));
      for (int k = 0; k < carried; k++) {
        parameters.put(graph.inputs().get(k + 2).name(), state.get(k));
      }
      List<String> results = copy(graph, at(node), bound.opset(), parameters, body);
      state = results.subList(1, carried + 1);
      scanned.add(results.subList(carried + 1, results.size()));
    }
    for (int k = 0; k < node.outputs().size(); k++) {
      if (k < carried) {
        identity(state.get(k), node.outputs().get(k), body);
      } else {
        stack(scanned, k - carried, node.outputs().get(k), body);
      }
    }
    return body;
  }

  private static TypedTensor always() {
    return TypedTensor.of(ElementType.BOOL, Shape.of(), new byte[] {1});
  }

  private String constant(String at, TypedTensor value, Body body) {
    String name = at + "/constant#" + ++copies;
    body.constants().put(name, Value.constant(name, value));
    return name;
  }

  /** What every iteration gave, along a new first axis. */
  private void stack(List<List<String>> scanned, int which, String to, Body body) {
    if (to.isEmpty()) {
      return;
    }
    String axes = constant(to, TypedTensor.vector(0), body);
    List<String> parts = new ArrayList<>();
    for (List<String> iteration : scanned) {
      String part = to + "#" + ++copies;
      body.nodes()
          .add(
              new BoundNode(
                  new OnnxNode(
                      "",
                      "",
                      "Unsqueeze",
                      List.of(iteration.get(which), axes),
                      List.of(part),
                      Map.of()),
                  13));
      parts.add(part);
    }
    Map<String, Attribute> first = Map.of("axis", new Attribute.OfInt(0));
    body.nodes().add(new BoundNode(new OnnxNode("", "", "Concat", parts, List.of(to), first), 13));
  }
}
