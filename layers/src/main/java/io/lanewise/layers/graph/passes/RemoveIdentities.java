package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.ActivationOperator;
import io.lanewise.layers.graph.ops.CastOperator;
import io.lanewise.layers.graph.ops.ConcatOperator;
import io.lanewise.layers.graph.ops.IdentityOperator;
import io.lanewise.layers.graph.ops.MoveOperator;
import io.lanewise.layers.graph.ops.ReshapeOperator;
import io.lanewise.layers.graph.ops.TransposeOperator;

/**
 * Leaves out nodes whose output is their input: identities and dropout, casts to the same type,
 * movements that move nothing. Of two reshapes the second is enough.
 */
final class RemoveIdentities implements Pass {
  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    for (int i = 0; i < r.size(); i++) {
      Node n = r.node(i);
      if (n.inputs().size() == 1 && n.outputs().size() == 1) {
        Value x = n.inputs().get(0);
        if (isIdentity(n.op(), n)) {
          r.redirect(n.output(), x);
          r.remove(i);
        } else if (n.op() instanceof ReshapeOperator && r.producer(x) >= 0) {
          Node before = r.node(r.producer(x));
          if (before.op() instanceof ReshapeOperator) {
            r.replace(i, new Node(n.name(), n.op(), before.inputs(), n.outputs()));
          }
        }
      }
    }
    return r.graph();
  }

  private static boolean isIdentity(GraphOp op, Node n) {
    if (op instanceof IdentityOperator) {
      return true;
    }
    if (!n.inputs().get(0).type().equals(n.output().type())) {
      return false;
    }
    return op instanceof ReshapeOperator
        || op instanceof CastOperator
        || op instanceof ConcatOperator
        || (op instanceof ActivationOperator f && f.activation().kind() == Activation.Kind.IDENTITY)
        || (op instanceof TransposeOperator t && t.isIdentity())
        || (op instanceof MoveOperator m && m.move().isIdentity(n.inputs().get(0).shape()));
  }
}
