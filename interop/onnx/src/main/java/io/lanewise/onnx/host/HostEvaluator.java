package io.lanewise.onnx.host;

import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Runs models node by node on the host: slow, and right. Immutable; may run in many threads. */
public final class HostEvaluator {
  private final OnnxModel model;
  private final Functions functions;

  private HostEvaluator(OnnxModel model) {
    this.model = model;
    this.functions = new Functions(model.functions());
  }

  /**
   * Prepares a model.
   *
   * @throws OnnxUnsupportedException if some operators are not there, naming all of them
   */
  public static HostEvaluator of(OnnxModel model) {
    HostEvaluator evaluator = new HostEvaluator(model);
    Set<String> missing = new LinkedHashSet<>();
    evaluator.check(model.graph().nodes(), model.opsets(), missing);
    for (OnnxFunction f : model.functions()) {
      evaluator.check(f.nodes(), f.opsets().isEmpty() ? model.opsets() : f.opsets(), missing);
    }
    if (!missing.isEmpty()) {
      throw new OnnxUnsupportedException(
          "operators that are not supported: " + String.join(", ", missing));
    }
    return evaluator;
  }

  /** True if nodes of this operator can run, be it on tensors, sequences or with graphs inside. */
  public static boolean has(String domain, String opType, int opset) {
    return ValueOps.find(domain, opType, opset).isPresent()
        || HostOps.find(domain, opType, opset).isPresent();
  }

  private void check(List<OnnxNode> nodes, Map<String, Long> opsets, Set<String> missing) {
    for (OnnxNode n : nodes) {
      int opset = Math.toIntExact(opsets.getOrDefault(n.domain(), 1L));
      boolean known = functions.find(n).isPresent() || has(n.domain(), n.opType(), opset);
      if (!known) {
        String domain = n.domain().isEmpty() ? "the standard's" : "'" + n.domain() + "'";
        missing.add("%s of %s opset %d".formatted(n.describe(), domain, opset));
      }
      for (Attribute a : n.attributes().values()) {
        graphs(a).forEach(g -> check(g.nodes(), opsets, missing));
      }
    }
  }

  private static List<OnnxGraph> graphs(Attribute a) {
    if (a instanceof Attribute.OfGraph g) {
      return List.of(g.value());
    }
    return a instanceof Attribute.OfGraphs g ? g.values() : List.of();
  }

  /**
   * Computes all outputs.
   *
   * @param inputs by name; those with a default may be left out
   * @return the outputs by name, in the model's order
   * @throws OnnxException if an input is missing or unknown, or is not what some node takes
   */
  public Map<String, HostValue> run(Map<String, HostValue> inputs) {
    return run(inputs, () -> false);
  }

  /**
   * As {@link #run(Map)}, unless it is cancelled.
   *
   * @param cancelled asked before each node and each round of a loop; once it says yes, the run
   *     ends
   * @throws CancellationException if it was cancelled
   */
  public Map<String, HostValue> run(Map<String, HostValue> inputs, BooleanSupplier cancelled) {
    OnnxGraph graph = model.graph();
    List<String> names = graph.inputs().stream().map(ValueInfo::name).toList();
    for (String given : inputs.keySet()) {
      if (!names.contains(given)) {
        throw new OnnxException("unknown input '" + given + "', expected " + names);
      }
    }
    for (String name : names) {
      if (!inputs.containsKey(name) && !graph.initializers().containsKey(name)) {
        throw new OnnxException("missing input '" + name + "', got " + inputs.keySet());
      }
    }
    List<HostValue> values =
        new Scope(functions, model.opsets(), cancelled, null).run(graph, inputs);
    Map<String, HostValue> outputs = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      outputs.put(graph.outputs().get(i).name(), values.get(i));
    }
    return outputs;
  }
}
