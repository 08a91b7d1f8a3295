package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.BinaryOperator;
import io.lanewise.layers.graph.ops.ReshapeOperator;
import io.lanewise.layers.graph.ops.WhereOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives operands that are broadcast to images as many axes as those have, so that they can be
 * channels last together.
 */
final class AlignRanks implements Pass {
  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    List<Node> nodes = new ArrayList<>();
    for (Node n : graph.nodes()) {
      boolean broadcasts = n.op() instanceof BinaryOperator || n.op() instanceof WhereOperator;
      nodes.add(broadcasts ? aligned(n, nodes, options) : n);
    }
    return Graph.of(graph.inputs(), graph.outputs(), nodes);
  }

  private static Node aligned(Node n, List<Node> nodes, CompileOptions options) {
    int rank = n.output().shape().rank();
    if (rank <= 2 || n.inputs().stream().allMatch(v -> v.shape().rank() == rank)) {
      return n;
    }
    List<Value> inputs = new ArrayList<>();
    for (Value v : n.inputs()) {
      inputs.add(v.shape().rank() == rank ? v : aligned(v, rank, nodes, options));
    }
    return new Node(n.name(), n.op(), inputs, n.outputs());
  }

  private static Value aligned(Value v, int rank, List<Node> nodes, CompileOptions options) {
    int[] dims = new int[rank];
    int missing = rank - v.shape().rank();
    for (int i = 0; i < rank; i++) {
      dims[i] = i < missing ? 1 : v.shape().dim(i - missing);
    }
    Shape shape = Shape.of(dims);
    ReshapeOperator reshape = new ReshapeOperator(shape);
    if (v.isConstant() && v.type().isFloat()) {
      return Value.constant(
          v.name(),
          options
              .weights()
              .derived(reshape, List.of(v.tensor()), () -> List.of(v.tensor().reshape(shape)))
              .get(0));
    }
    Value y = Value.variable(v.name(), reshape.outputs(List.of(v.type())).get(0));
    nodes.add(new Node(v.name(), reshape, List.of(v), List.of(y)));
    return y;
  }
}
