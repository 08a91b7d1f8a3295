package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.ActivationOperator;
import io.lanewise.layers.graph.ops.UnaryOperator;

/** An activation, or a clip, behind what can end with one. */
final class ActivationFusion implements Fuse.Fusion {
  @Override
  public boolean apply(Rewriter r, int i, CompileOptions options) {
    Node n = r.node(i);
    Activation f = activation(n.op());
    if (f == null) {
      return false;
    }
    Value x = n.inputs().get(0);
    int before = r.producer(x);
    if (before < 0 || !r.isUsedOnce(x)) {
      return false;
    }
    Node producer = r.node(before);
    GraphOp fused = Endings.ending(producer.op(), f);
    if (fused == null) {
      return false;
    }
    r.replace(i, new Node(producer.name(), fused, producer.inputs(), n.outputs()));
    r.remove(before);
    return true;
  }

  /** Null if a node is none. */
  private static Activation activation(GraphOp op) {
    if (op instanceof ActivationOperator f) {
      return f.activation();
    }
    if (op instanceof UnaryOperator u && u.op() == null) {
      return Activation.clamp(u.min(), u.max());
    }
    return null;
  }
}
