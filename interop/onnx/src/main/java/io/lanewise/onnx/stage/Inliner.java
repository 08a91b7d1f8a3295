package io.lanewise.onnx.stage;

import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the bodies of a model's functions in the place of their calls. */
final class Inliner {
  /** Functions may call functions twice each: without a bound a small file becomes a huge model. */
  private static final int MOST_NODES = 1_000_000;

  private static final int DEEPEST = 64;

  private record Key(String domain, String name) {}

  private final Map<Key, OnnxFunction> functions = new HashMap<>();
  private int calls;
  private int nodes;

  private Inliner(OnnxModel model) {
    model.functions().forEach(f -> functions.put(new Key(f.domain(), f.name()), f));
  }

  /**
   * The model's nodes without calls of functions, in order.
   *
   * @throws OnnxException if functions call each other in a circle, or become too many nodes
   */
  static List<BoundNode> inline(OnnxModel model) {
    Inliner inliner = new Inliner(model);
    List<BoundNode> all = new ArrayList<>();
    model.graph().nodes().forEach(n -> inliner.add(n, model.opsets(), all, 0));
    return List.copyOf(all);
  }

  private void add(OnnxNode node, Map<String, Long> opsets, List<BoundNode> all, int depth) {
    OnnxFunction function = functions.get(new Key(node.domain(), node.opType()));
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      throw new OnnxException(
          "%s: functions may be %d deep and %d nodes together"
              .formatted(node.describe(), DEEPEST, MOST_NODES));
    }
    if (function != null) {
      body(node, function, all, depth);
      return;
    }
    int opset = Math.clamp(opsets.getOrDefault(node.domain(), 1L), 1, Integer.MAX_VALUE);
    all.add(new BoundNode(withInner(node, opsets, depth), opset));
  }

  private void body(OnnxNode call, OnnxFunction f, List<BoundNode> all, int depth) {
    String prefix = call.opType() + "#" + ++calls + "/";
    Map<String, String> bound = new HashMap<>();
    for (int i = 0; i < f.inputs().size(); i++) {
      bound.put(f.inputs().get(i), call.hasInput(i) ? call.inputs().get(i) : "");
    }
    List<OnnxNode> ends = new ArrayList<>();
    for (int i = 0; i < f.outputs().size() && i < call.outputs().size(); i++) {
      if (call.hasOutput(i)) {
        ends.add(identity(f.outputs().get(i), call.outputs().get(i)));
      }
    }
    Renaming renaming = Renaming.of(f.nodes(), List.of(), prefix, bound);
    for (OnnxNode n : f.nodes()) {
      add(renaming.node(resolved(n, call, f)), f.opsets(), all, depth + 1);
    }
    for (OnnxNode end : ends) {
      OnnxNode renamed = identity(renaming.name(end.inputs().getFirst()), end.outputs().getFirst());
      all.add(new BoundNode(renamed, 13));
    }
  }

  static OnnxNode identity(String from, String to) {
    return new OnnxNode("", "", "Identity", List.of(from), List.of(to), Map.of());
  }

  /** Attributes that refer to the call's get its values, or the function's defaults, or none. */
  private static OnnxNode resolved(OnnxNode node, OnnxNode call, OnnxFunction f) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    node.attributes()
        .forEach(
            (key, a) -> {
              Attribute value = resolved(a, call, f);
              if (value != null) {
                attributes.put(key, value);
              }
            });
    return new OnnxNode(
        node.name(), node.domain(), node.opType(), node.inputs(), node.outputs(), attributes);
  }

  private static Attribute resolved(Attribute a, OnnxNode call, OnnxFunction f) {
    if (a instanceof Attribute.Reference r) {
      Attribute given = call.attributes().get(r.name());
      return given != null ? given : f.defaults().get(r.name());
    }
    if (a instanceof Attribute.OfGraph g) {
      List<OnnxNode> inner = g.value().nodes().stream().map(n -> resolved(n, call, f)).toList();
      return new Attribute.OfGraph(with(g.value(), inner));
    }
    return a;
  }

  private OnnxNode withInner(OnnxNode node, Map<String, Long> opsets, int depth) {
    if (Captures.graphs(node).isEmpty()) {
      return node;
    }
    Map<String, Attribute> attributes = new LinkedHashMap<>(node.attributes());
    attributes.replaceAll(
        (key, a) ->
            a instanceof Attribute.OfGraph g
                ? new Attribute.OfGraph(inner(g.value(), opsets, depth))
                : a);
    return new OnnxNode(
        node.name(), node.domain(), node.opType(), node.inputs(), node.outputs(), attributes);
  }

  private OnnxGraph inner(OnnxGraph g, Map<String, Long> opsets, int depth) {
    List<BoundNode> all = new ArrayList<>();
    g.nodes().forEach(n -> add(n, opsets, all, depth + 1));
    return with(g, all.stream().map(BoundNode::node).toList());
  }

  private static OnnxGraph with(OnnxGraph g, List<OnnxNode> nodes) {
    return new OnnxGraph(g.name(), nodes, g.initializers(), g.inputs(), g.outputs(), g.values());
  }
}
