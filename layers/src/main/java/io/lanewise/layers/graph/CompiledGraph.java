package io.lanewise.layers.graph;

import io.lanewise.kernels.memory.WorkspaceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph ready to run: operations fused, layouts and algorithms chosen, weights packed, memory
 * laid out. Immutable; share it between threads, and give each a {@link #newRun()} of its own.
 */
public final class CompiledGraph {
  private final Map<String, Value> inputs;
  private final Map<String, Value> outputs;
  private final List<CompiledNode> nodes;
  private final MemoryPlan memory;
  private final WorkspaceSpec workspace;

  CompiledGraph(Graph graph, List<CompiledNode> nodes, MemoryPlan memory) {
    this.inputs = graph.inputs();
    this.outputs = graph.outputs();
    this.nodes = List.copyOf(nodes);
    this.memory = memory;
    WorkspaceSpec most = WorkspaceSpec.NONE;
    for (CompiledNode n : nodes) {
      most = most.max(n.kernel().workspace());
    }
    this.workspace = most;
  }

  /** What a run is given. */
  public Map<String, ValueType> inputs() {
    return types(inputs);
  }

  /** What a run gives. */
  public Map<String, ValueType> outputs() {
    return types(outputs);
  }

  private static Map<String, ValueType> types(Map<String, Value> values) {
    Map<String, ValueType> types = new LinkedHashMap<>();
    values.forEach((name, v) -> types.put(name, v.type()));
    return types;
  }

  /** In the order of execution. */
  public List<CompiledNode> nodes() {
    return nodes;
  }

  /** Memory for runs, one at a time. */
  public GraphRun newRun() {
    return new GraphRun(this);
  }

  /** A line a node: operation, algorithm, layout, place in memory; then the memory in all. */
  public String explain() {
    return Explanation.of(this);
  }

  /** Floats of a run's arena, in which all values lie that nodes make for other nodes. */
  public long arenaFloats() {
    return memory.arenaFloats();
  }

  /** Bytes that a run takes with so many workers: arena and scratch memory. */
  public long runBytes(int workers) {
    return (memory.arenaFloats() + workspace.totalFloats(workers)) * Float.BYTES;
  }

  Map<String, Value> inputValues() {
    return inputs;
  }

  Map<String, Value> outputValues() {
    return outputs;
  }

  MemoryPlan memory() {
    return memory;
  }

  /** Scratch memory of a run. */
  public WorkspaceSpec workspace() {
    return workspace;
  }
}
