package io.lanewise.onnx.file;

import io.lanewise.layers.files.Quote;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Checks the values of one graph and of the graphs in it: each made once, and before it is used.
 */
final class GraphCheck {
  private final GraphCheck outer;
  private final String where;
  private final Consumer<OnnxNode> nodeCheck;
  private final Set<String> made = new HashSet<>();

  private GraphCheck(GraphCheck outer, String where, Consumer<OnnxNode> nodeCheck) {
    this.outer = outer;
    this.where = where;
    this.nodeCheck = nodeCheck;
  }

  /**
   * Checks a model's graph.
   *
   * @param where what it is called in messages
   * @param nodeCheck called with each node, of inner graphs, too
   */
  static void check(OnnxGraph graph, String where, Consumer<OnnxNode> nodeCheck) {
    new GraphCheck(null, where, nodeCheck).graph(graph);
  }

  /** Checks a function's body. */
  static void checkFunction(OnnxFunction f, String where, Consumer<OnnxNode> nodeCheck) {
    GraphCheck check = new GraphCheck(null, where, nodeCheck);
    f.inputs().forEach(name -> check.make(name, "input"));
    check.nodes(f.nodes());
    f.outputs().forEach(check::requireOutput);
  }

  /** The nodes of the graphs that an attribute holds. */
  static List<List<OnnxNode>> bodies(Attribute a) {
    if (a instanceof Attribute.OfGraph g) {
      return List.of(g.value().nodes());
    }
    return a instanceof Attribute.OfGraphs g
        ? g.values().stream().map(OnnxGraph::nodes).toList()
        : List.of();
  }

  private void graph(OnnxGraph graph) {
    for (ValueInfo input : graph.inputs()) {
      make(input.name(), "input");
      TypedTensor byDefault = graph.initializers().get(input.name());
      if (byDefault != null && !fits(byDefault, input.type())) {
        throw error(
            "input %s: expected its initializer to be of its type, got %s and %s",
            Quote.of(input.name()), byDefault, describe(input.type()));
      }
    }
    Set<String> inputs = new HashSet<>(made);
    for (String name : graph.initializers().keySet()) {
      if (!inputs.contains(name)) {
        make(name, "initializer");
      }
    }
    nodes(graph.nodes());
    Set<String> outputs = new HashSet<>();
    for (ValueInfo output : graph.outputs()) {
      requireOutput(output.name());
      if (!outputs.add(output.name())) {
        throw error("expected one output %s, got two", Quote.of(output.name()));
      }
    }
  }

  private void nodes(List<OnnxNode> nodes) {
    for (OnnxNode node : nodes) {
      nodeCheck.accept(node);
      for (String input : node.inputs()) {
        if (!input.isEmpty() && !isKnown(input)) {
          boolean later = nodes.stream().anyMatch(n -> n.outputs().contains(input));
          throw error(
              "%s: input %s is made by no node before it%s",
              ModelCheck.name(node),
              Quote.of(input),
              later ? ": the nodes are in no order in which they can run, or in a circle" : "");
        }
      }
      node.attributes().forEach((name, a) -> attribute(node, name, a));
      boolean makes = false;
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          make(output, "output of " + ModelCheck.name(node));
          makes = true;
        }
      }
      if (!makes) {
        throw error("%s: expected a node to have an output, got none", ModelCheck.name(node));
      }
    }
  }

  private void attribute(OnnxNode node, String name, Attribute a) {
    if (a instanceof Attribute.OfGraph g) {
      inner(node, name).graph(g.value());
    } else if (a instanceof Attribute.OfGraphs g) {
      g.values().forEach(v -> inner(node, name).graph(v));
    }
  }

  private GraphCheck inner(OnnxNode node, String name) {
    String at = where + ": " + ModelCheck.name(node) + ": graph " + Quote.of(name);
    return new GraphCheck(this, at, nodeCheck);
  }

  private void make(String name, String what) {
    if (name.isEmpty()) {
      throw error("expected every %s to have a name, got none", what);
    }
    if (isKnown(name)) {
      throw error("%s: value %s is made twice", what, Quote.of(name));
    }
    made.add(name);
  }

  private void requireOutput(String name) {
    if (!isKnown(name)) {
      throw error("output %s is made by no node", Quote.of(name));
    }
  }

  /** True if this graph has made the value so far, or one around it. */
  private boolean isKnown(String name) {
    return made.contains(name) || (outer != null && outer.isKnown(name));
  }

  private static boolean fits(TypedTensor tensor, ValueType type) {
    if (!(type instanceof ValueType.OfTensor t)) {
      return type instanceof ValueType.Untold;
    }
    Optional<List<Dimension>> dims = t.dimensions();
    return t.element() == tensor.type()
        && (dims.isEmpty()
            || (dims.get().size() == tensor.shape().rank()
                && IntStream.range(0, dims.get().size())
                    .allMatch(i -> fits(tensor.shape().dim(i), dims.get().get(i)))));
  }

  private static boolean fits(int size, Dimension told) {
    return !told.isKnown() || told.size() == size;
  }

  private static String describe(ValueType type) {
    return type instanceof ValueType.OfTensor t
        ? t.element() + t.dimensions().map(List::toString).orElse("")
        : "no tensor";
  }

  private OnnxException error(String problem, Object... values) {
    return ModelCheck.error(where, problem, values);
  }
}
