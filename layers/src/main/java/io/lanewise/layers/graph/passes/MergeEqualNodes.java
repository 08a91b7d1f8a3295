package io.lanewise.layers.graph.passes;

import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computes once what is computed twice: equal operations of the same inputs. */
final class MergeEqualNodes implements Pass {
  /** Equal if the results are. */
  private record Key(GraphOp op, List<Object> inputs) {}

  /** An object that is equal to itself alone. */
  private record Identity(Object of) {
    @Override
    @SuppressWarnings("ReferenceEquality") // identity is the point
    public boolean equals(Object o) {
      return o instanceof Identity other && other.of == of;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of);
    }
  }

  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    Map<Key, Node> known = new HashMap<>();
    for (int i = 0; i < r.size(); i++) {
      Node n = r.node(i);
      Key key = new Key(n.op(), n.inputs().stream().map(MergeEqualNodes::identity).toList());
      Node first = known.putIfAbsent(key, n);
      if (first != null) {
        for (int o = 0; o < n.outputs().size(); o++) {
          r.redirect(n.outputs().get(o), first.outputs().get(o));
        }
        r.remove(i);
      }
    }
    return r.graph();
  }

  /** Two constants of floats are the same if they are one tensor. */
  private static Object identity(Value v) {
    return v.isConstant() && v.type().isFloat() ? new Identity(v.origin()) : v;
  }
}
