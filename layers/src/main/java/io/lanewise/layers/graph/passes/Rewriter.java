package io.lanewise.layers.graph.passes;

import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A graph that is being changed. Nodes keep their numbers; a node that takes the place of several
 * takes that of the last of them, where all inputs are known.
 */
final class Rewriter {
  private final Graph graph;
  private final List<Node> nodes;
  private final Map<Value, Integer> producers = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<Value, Value> redirected = new HashMap<>();

  Rewriter(Graph graph) {
    this.graph = graph;
    this.nodes = new ArrayList<>(graph.nodes());
    for (int i = 0; i < nodes.size(); i++) {
      enter(i, nodes.get(i));
    }
    graph.outputs().values().forEach(v -> uses.merge(v, 1, Integer::sum));
  }

  private void enter(int i, Node node) {
    node.outputs().forEach(v -> producers.put(v, i));
    node.inputs().forEach(v -> uses.merge(v, 1, Integer::sum));
  }

  int size() {
    return nodes.size();
  }

  private Value resolve(Value v) {
    Value to = v;
    while (redirected.containsKey(to)) {
      to = redirected.get(to);
    }
    return to;
  }

  /** A node with its inputs as they are now; null if it was removed. */
  Node node(int i) {
    Node n = nodes.get(i);
    if (n == null
        || redirected.isEmpty()
        || n.inputs().stream().noneMatch(redirected::containsKey)) {
      return n;
    }
    Node now =
        new Node(n.name(), n.op(), n.inputs().stream().map(this::resolve).toList(), n.outputs());
    nodes.set(i, now);
    return now;
  }

  /** Number of the node that makes a value; -1 of inputs and constants. */
  int producer(Value v) {
    return producers.getOrDefault(v, -1);
  }

  /** True if a value has one use: by a node, or as an output. */
  boolean isUsedOnce(Value v) {
    return uses.getOrDefault(v, 0) == 1;
  }

  boolean isUsed(Value v) {
    return uses.getOrDefault(v, 0) > 0;
  }

  /** Puts a node in the place of another one; its outputs are those of that one. */
  void replace(int i, Node with) {
    remove(i);
    nodes.set(i, with);
    enter(i, with);
  }

  /** Removes a node, whose outputs nobody may use any more. */
  void remove(int i) {
    Node n = nodes.get(i);
    n.inputs().forEach(v -> uses.merge(resolve(v), -1, Integer::sum));
    n.outputs().forEach(producers::remove);
    nodes.set(i, null);
  }

  /** Whoever uses {@code from} uses {@code to}. */
  void redirect(Value from, Value to) {
    uses.merge(to, uses.getOrDefault(from, 0), Integer::sum);
    uses.put(from, 0);
    redirected.put(from, to);
  }

  Graph graph() {
    List<Node> left = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      left.add(node(i));
    }
    left.removeIf(Objects::isNull);
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, v) -> outputs.put(name, resolve(v)));
    return Graph.of(graph.inputs(), outputs, left);
  }
}
