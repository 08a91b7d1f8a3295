package io.lanewise.onnx;

import io.lanewise.layers.graph.CompiledGraph;
import io.lanewise.layers.graph.CompiledNode;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.onnx.stage.Execution;
import java.util.ArrayList;
import java.util.List;

/**
 * What each node of one run took.
 *
 * @param nanos of the whole run
 * @param arenaBytes memory for the values between the nodes
 * @param nodes in the order in which they ran; those that were folded or fused away are not there
 */
public record OnnxProfile(long nanos, long arenaBytes, List<NodeTime> nodes) {
  /** Copies the list. */
  public OnnxProfile {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node's time.
   *
   * @param name the model's name of it
   * @param output the model's name of its first output; of what was fused, the last's
   * @param operation what it computes, with what was fused into it
   * @param algorithm how; empty if there is only one way
   * @param nanos time
   * @param flops floating-point operations, two a multiply-add
   * @param bytes of its inputs, constants and outputs, each once
   */
  public record NodeTime(
      String name,
      String output,
      String operation,
      String algorithm,
      long nanos,
      long flops,
      long bytes) {
    /** Billions of operations a second. */
    public double gigaflops() {
      return nanos == 0 ? 0 : (double) flops / nanos;
    }
  }

  static OnnxProfile of(long nanos, List<Execution.Seen> seen) {
    List<NodeTime> nodes = new ArrayList<>();
    long floats = 0;
    for (Execution.Seen s : seen) {
      floats += s.stage().graph().map(CompiledGraph::arenaFloats).orElse(0L);
      List<CompiledNode> compiled = s.stage().graph().map(CompiledGraph::nodes).orElse(List.of());
      for (int i = 0; i < compiled.size(); i++) {
        nodes.add(time(compiled.get(i), s.nanos().getFirst()[i]));
      }
    }
    return new OnnxProfile(nanos, floats * Float.BYTES, nodes);
  }

  private static NodeTime time(CompiledNode compiled, long nanos) {
    Node node = compiled.node();
    long bytes = 0;
    for (Value v : node.inputs()) {
      bytes += bytes(v);
    }
    for (Value v : node.outputs()) {
      bytes += bytes(v);
    }
    return new NodeTime(
        node.name(),
        node.outputs().getFirst().name(),
        node.op().toString(),
        compiled.kernel().algorithm(),
        nanos,
        node.op().flops(node.inputTypes()),
        bytes);
  }

  private static long bytes(Value v) {
    return (long) v.shape().size() * v.type().type().bytes();
  }
}
