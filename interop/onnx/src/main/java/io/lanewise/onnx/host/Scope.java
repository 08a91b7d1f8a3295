package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The values that nodes of one run of one graph have made, within those of the graphs around it.
 */
final class Scope {
  private final Functions functions;
  private final Map<String, Long> opsets;
  private final BooleanSupplier cancelled;
  private final Scope outer;
  private final Map<String, HostValue> values = new HashMap<>();

  /**
   * A new scope.
   *
   * @param cancelled asked before each node
   * @param outer the one around it, or null
   */
  Scope(Functions functions, Map<String, Long> opsets, BooleanSupplier cancelled, Scope outer) {
    this.functions = functions;
    this.opsets = opsets;
    this.cancelled = cancelled;
    this.outer = outer;
  }

  /** Runs a graph that stands within this scope. */
  List<HostValue> run(OnnxGraph graph, List<HostValue> inputs) {
    if (inputs.size() != graph.inputs().size()) {
      throw new OnnxException(
          "graph '%s' should get %d inputs, got %d"
              .formatted(graph.name(), graph.inputs().size(), inputs.size()));
    }
    Map<String, HostValue> given = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.put(graph.inputs().get(i).name(), inputs.get(i));
    }
    return new Scope(functions, opsets, cancelled, this).run(graph, given);
  }

  /** Runs a graph in this scope, which must be new. */
  List<HostValue> run(OnnxGraph graph, Map<String, HostValue> inputs) {
    graph.initializers().forEach((name, t) -> values.put(name, HostValue.of(t)));
    values.putAll(inputs);
    graph.nodes().forEach(this::run);
    List<HostValue> outputs = new ArrayList<>();
    for (ValueInfo output : graph.outputs()) {
      outputs.add(value(output.name()));
    }
    return outputs;
  }

  private HostValue value(String name) {
    for (Scope s = this; s != null; s = s.outer) {
      HostValue v = s.values.get(name);
      if (v != null) {
        return v;
      }
    }
    throw new OnnxException("value '" + name + "' is not there");
  }

  /** For what may go on without running a node, such as a loop with an empty body. */
  void requireWanted() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("the run was cancelled");
    }
  }

  private void run(OnnxNode node) {
    requireWanted();
    List<HostValue> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? null : value(name));
    }
    List<HostValue> outputs = evaluate(node, inputs);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.hasOutput(i)) {
        values.put(node.outputs().get(i), outputs.get(i));
      }
    }
  }

  private List<HostValue> evaluate(OnnxNode node, List<HostValue> inputs) {
    Optional<OnnxFunction> function = functions.find(node);
    if (function.isPresent()) {
      return call(function.get(), node, inputs);
    }
    int opset = Math.toIntExact(opsets.getOrDefault(node.domain(), 1L));
    Optional<ValueOp> op = ValueOps.find(node.domain(), node.opType(), opset);
    boolean tensors = inputs.stream().allMatch(v -> v == null || v instanceof HostValue.OfTensor);
    boolean both = HostOps.find(node.domain(), node.opType(), opset).isPresent();
    if (op.isPresent() && !(both && tensors)) {
      return onValues(op.get(), new ValueCall(node, opset, inputs, this));
    }
    if (!tensors) {
      throw new OnnxUnsupportedException(
          "%s, opset %d: inputs other than tensors are not supported"
              .formatted(node.describe(), opset));
    }
    List<TypedTensor> given = new ArrayList<>();
    inputs.forEach(v -> given.add(v instanceof HostValue.OfTensor t ? t.tensor() : null));
    return HostOps.evaluate(node, opset, given).stream().map(HostValue::of).toList();
  }

  private static List<HostValue> onValues(ValueOp op, ValueCall call) {
    List<HostValue> outputs = op.evaluate(call);
    if (outputs.size() < call.node().outputs().size()) {
      throw call.wrong("%d outputs were made", outputs.size());
    }
    return outputs;
  }

  private List<HostValue> call(OnnxFunction f, OnnxNode node, List<HostValue> inputs) {
    Scope body = new Scope(functions, f.opsets().isEmpty() ? opsets : f.opsets(), cancelled, null);
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) != null) {
        body.values.put(f.inputs().get(i), inputs.get(i));
      }
    }
    Map<String, Attribute> attributes = new HashMap<>(f.defaults());
    attributes.putAll(node.attributes());
    for (OnnxNode n : f.nodes()) {
      body.run(Functions.bind(n, f.inputs(), body.values.keySet(), attributes));
    }
    List<HostValue> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      outputs.add(node.hasOutput(i) ? body.value(f.outputs().get(i)) : null);
    }
    return outputs;
  }
}
