package io.lanewise.onnx.stage;

import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies of nodes under other names, for bodies that take the place of the node that has them. */
final class Renaming {
  private final Map<String, String> names;

  /** Names that are not in the map stay. */
  Renaming(Map<String, String> names) {
    this.names = names;
  }

  /**
   * For a body that is copied: what it makes itself gets a prefix.
   *
   * @param bound names that have a meaning outside: parameters and results
   */
  static Renaming of(
      List<OnnxNode> nodes, Iterable<String> constants, String prefix, Map<String, String> bound) {
    Map<String, String> names = new HashMap<>();
    nodes.forEach(n -> n.outputs().forEach(o -> names.put(o, prefix + o)));
    constants.forEach(c -> names.put(c, prefix + c));
    names.putAll(bound);
    names.put("", "");
    return new Renaming(names);
  }

  String name(String name) {
    return names.getOrDefault(name, name);
  }

  OnnxNode node(OnnxNode node) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    node.attributes().forEach((key, a) -> attributes.put(key, attribute(a)));
    return new OnnxNode(
        node.name(),
        node.domain(),
        node.opType(),
        node.inputs().stream().map(this::name).toList(),
        node.outputs().stream().map(this::name).toList(),
        attributes);
  }

  private Attribute attribute(Attribute a) {
    if (a instanceof Attribute.OfGraph g) {
      return new Attribute.OfGraph(inner(g.value()));
    }
    if (a instanceof Attribute.OfGraphs gs) {
      return new Attribute.OfGraphs(gs.values().stream().map(this::inner).toList());
    }
    return a;
  }

  /** A graph's own names stay; those that it takes from outside are renamed. */
  private OnnxGraph inner(OnnxGraph g) {
    Map<String, String> outside = new HashMap<>(names);
    g.inputs().forEach(v -> outside.remove(v.name()));
    g.initializers().keySet().forEach(outside::remove);
    g.nodes().forEach(n -> n.outputs().forEach(outside::remove));
    Renaming renaming = new Renaming(outside);
    return new OnnxGraph(
        g.name(),
        g.nodes().stream().map(renaming::node).toList(),
        g.initializers(),
        g.inputs(),
        g.outputs().stream().map(v -> new ValueInfo(renaming.name(v.name()), v.type())).toList(),
        g.values());
  }
}
