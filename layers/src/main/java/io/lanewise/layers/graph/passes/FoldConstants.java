package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphRun;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.HostOperator;
import io.lanewise.layers.typed.TypedTensor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes what follows from constants alone. Host operations are left, since they need not be
 * pure, and so is what would make much of little.
 */
final class FoldConstants implements Pass {
  private static final long MOST_GROWTH = 1 << 16; // elements, 256 KB

  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    for (int i = 0; i < r.size(); i++) {
      Node n = r.node(i);
      if (n.isConstant() && !(n.op() instanceof HostOperator) && !grows(n)) {
        List<Value> results = compute(n, options);
        for (int o = 0; o < results.size(); o++) {
          r.redirect(n.outputs().get(o), results.get(o));
        }
        r.remove(i);
      }
    }
    return r.graph();
  }

  private static boolean grows(Node n) {
    long in = n.inputs().stream().mapToLong(v -> v.shape().size()).sum();
    long out = n.outputs().stream().mapToLong(v -> v.shape().size()).sum();
    return out > in + MOST_GROWTH;
  }

  private static List<Value> compute(Node n, CompileOptions options) {
    boolean floats =
        n.inputs().stream().allMatch(v -> v.type().isFloat())
            && n.outputs().stream().allMatch(v -> v.type().isFloat());
    if (!floats) {
      return run(n, options);
    }
    List<Value> inputs = n.inputs();
    return options
        .weights()
        .derived(
            n.op(),
            inputs.stream().map(Value::tensor).toList(),
            () -> run(n, options).stream().map(Value::tensor).toList())
        .stream()
        .map(t -> Value.constant(n.name(), t))
        .toList();
  }

  private static List<Value> run(Node n, CompileOptions options) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    n.outputs().forEach(v -> outputs.put(String.valueOf(outputs.size()), v));
    CompileOptions plain = options.plain().warmUp(Duration.ZERO);
    GraphRun run = Graph.of(Map.of(), outputs, List.of(n)).compile(plain).newRun();
    run.run(Parallel.SEQUENTIAL);
    return outputs.entrySet().stream()
        .map(e -> constant(n.name(), run, e.getKey(), e.getValue()))
        .toList();
  }

  private static Value constant(String name, GraphRun run, String output, Value v) {
    if (v.type().isFloat()) {
      return Value.constant(name, run.output(output).copy(Layout.CHANNELS_FIRST));
    }
    TypedTensor t = run.typedOutput(output);
    return Value.constant(name, t);
  }
}
