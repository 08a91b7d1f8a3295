package io.lanewise.onnx.stage;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.host.HostEvaluator;
import io.lanewise.onnx.host.HostOps;
import io.lanewise.onnx.host.HostValue;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Nodes that run on the host between two stages. */
final class HostNodes {
  /** The first version of the format in which constants need not be inputs. */
  private static final int IR_VERSION = 8;

  private HostNodes() {}

  /**
   * Computes a node.
   *
   * @param opsets of the model, which inner graphs mean
   * @param values by name; everything that the node reads
   * @param cancelled asked before each node within it
   * @return its outputs by name
   */
  static Map<String, TypedTensor> evaluate(
      BoundNode bound,
      Map<String, Long> opsets,
      Map<String, TypedTensor> values,
      BooleanSupplier cancelled) {
    OnnxNode node = bound.node();
    if (!Captures.graphs(node).isEmpty()) {
      Map<String, Long> versions = new HashMap<>(opsets);
      versions.putIfAbsent(node.domain(), (long) bound.opset());
      return graph(node, versions, values, cancelled);
    }
    List<TypedTensor> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? null : values.get(name));
    }
    List<TypedTensor> outputs = HostOps.evaluate(node, bound.opset(), inputs);
    Map<String, TypedTensor> named = new HashMap<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      named.put(node.outputs().get(i), outputs.get(i));
    }
    return named;
  }

  /** A model of this node alone, whose inputs are all that it reads. */
  private static Map<String, TypedTensor> graph(
      OnnxNode node,
      Map<String, Long> opsets,
      Map<String, TypedTensor> values,
      BooleanSupplier cancelled) {
    Map<String, HostValue> given = new HashMap<>();
    Captures.reads(node).forEach(name -> given.put(name, HostValue.of(values.get(name))));
    List<String> wanted = node.outputs().stream().filter(o -> !o.isEmpty()).toList();
    OnnxGraph graph =
        new OnnxGraph(
            node.opType(), List.of(node), Map.of(), infos(given.keySet()), infos(wanted), Map.of());
    OnnxModel model = new OnnxModel(IR_VERSION, "", "", opsets, graph, List.of(), Map.of());
    Map<String, TypedTensor> outputs = new HashMap<>();
    HostEvaluator.of(model)
        .run(given, cancelled)
        .forEach((name, value) -> outputs.put(name, tensor(node, name, value)));
    return outputs;
  }

  private static List<ValueInfo> infos(Collection<String> names) {
    return names.stream().map(name -> new ValueInfo(name, new ValueType.Untold())).toList();
  }

  private static TypedTensor tensor(OnnxNode node, String name, HostValue value) {
    if (value instanceof HostValue.OfTensor t) {
      return t.tensor();
    }
    throw new OnnxUnsupportedException(
        "%s: output '%s' is not a tensor, which alone is supported"
            .formatted(node.describe(), name));
  }
}
