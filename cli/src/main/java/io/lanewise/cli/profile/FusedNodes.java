package io.lanewise.cli.profile;

import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Of which nodes of a model a node of the compiled graph was made: all those that its output
 * follows from, back to what other compiled nodes make.
 */
final class FusedNodes {
  private final Map<String, OnnxNode> makers = new HashMap<>();
  private final Set<String> made = new HashSet<>();

  /**
   * Nodes of a model.
   *
   * @param compiled all nodes of its compiled graph
   */
  FusedNodes(OnnxGraph graph, List<OnnxProfile.NodeTime> compiled) {
    graph.nodes().forEach(n -> n.outputs().forEach(output -> makers.put(output, n)));
    compiled.forEach(n -> made.add(n.output()));
  }

  /** Names of the nodes and of what they make, that of the compiled node and its output first. */
  Set<String> names(String name, String output) {
    Set<String> names = new LinkedHashSet<>(List.of(name, output));
    Set<String> seen = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(List.of(output));
    while (!left.isEmpty()) {
      OnnxNode maker = makers.get(left.poll());
      if (maker == null) {
        continue; // an input, a constant, or made by something of our own
      }
      names.add(maker.name());
      names.addAll(maker.outputs());
      for (String in : maker.inputs()) {
        if (!made.contains(in) && seen.add(in)) {
          left.add(in);
        }
      }
    }
    names.remove("");
    return names;
  }
}
