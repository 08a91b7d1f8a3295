package io.lanewise.onnx.stage;

import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a node reads: its inputs, and what its inner graphs take from outside. */
final class Captures {
  private Captures() {}

  /** Names of everything that the node reads. */
  static Set<String> reads(OnnxNode node) {
    Set<String> names = new LinkedHashSet<>(node.inputs());
    names.addAll(captured(node));
    names.remove("");
    return names;
  }

  /** Names that the node's inner graphs take from outside. */
  static Set<String> captured(OnnxNode node) {
    Set<String> names = new LinkedHashSet<>();
    graphs(node).forEach(g -> names.addAll(captured(g)));
    return names;
  }

  private static Set<String> captured(OnnxGraph g) {
    Set<String> own = new HashSet<>(g.initializers().keySet());
    g.inputs().forEach(v -> own.add(v.name()));
    g.nodes().forEach(n -> own.addAll(n.outputs()));
    Set<String> names = new LinkedHashSet<>();
    g.nodes().forEach(n -> names.addAll(reads(n)));
    g.outputs().forEach(v -> names.add(v.name()));
    names.removeAll(own);
    return names;
  }

  /** The node's inner graphs. */
  static List<OnnxGraph> graphs(OnnxNode node) {
    List<OnnxGraph> graphs = new ArrayList<>();
    for (Attribute a : node.attributes().values()) {
      if (a instanceof Attribute.OfGraph g) {
        graphs.add(g.value());
      } else if (a instanceof Attribute.OfGraphs gs) {
        graphs.addAll(gs.values());
      }
    }
    return graphs;
  }
}
