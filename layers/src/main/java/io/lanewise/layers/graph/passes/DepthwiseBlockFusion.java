package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.DepthwiseBlockShape;
import io.lanewise.kernels.conv.Precision;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.ConvOperator;
import io.lanewise.layers.graph.ops.DepthwiseBlockOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A depthwise convolution and the 1x1 convolutions around it, each with all that is fused into it,
 * where nobody else reads what lies between: all three if the backend computes them together, or
 * two. Projections come first, so that an expansion is not taken from a block that could have all.
 */
final class DepthwiseBlockFusion implements Pass {
  private static final int RESIDUAL = 3;

  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    for (int i = 0; i < r.size(); i++) {
      int depthwise = isPointwise(r, i) ? before(r, i) : -1;
      if (isDepthwise(r, depthwise)) {
        int expansion = before(r, depthwise);
        boolean all = isPointwise(r, expansion);
        if (!all || !fuse(r, options, expansion, depthwise, i)) {
          fuse(r, options, -1, depthwise, i);
        }
      }
    }
    for (int i = 0; i < r.size(); i++) {
      int expansion = isDepthwise(r, i) ? before(r, i) : -1;
      if (isPointwise(r, expansion)) {
        fuse(r, options, expansion, i, -1);
      }
    }
    return r.graph();
  }

  /** The number of the node that makes a node's first input for it alone; -1 if there is none. */
  private static int before(Rewriter r, int i) {
    Value x = r.node(i).inputs().get(0);
    int at = r.producer(x);
    boolean plain = at >= 0 && r.isUsedOnce(x) && r.node(at).inputs().size() <= RESIDUAL;
    return plain ? at : -1;
  }

  private static ConvShape shape(Rewriter r, int i) {
    Node n = i < 0 ? null : r.node(i);
    return n != null && n.op() instanceof ConvOperator c && n.inputs().get(1).isConstant()
        ? c.shape()
        : null;
  }

  private static boolean isPointwise(Rewriter r, int i) {
    ConvShape s = shape(r, i);
    return s != null && s.isPointwise() && s.rank() <= 2;
  }

  /** True also of one with a residual: {@link #before} looks whether something comes after it. */
  private static boolean isDepthwise(Rewriter r, int i) {
    ConvShape s = shape(r, i);
    boolean each = s != null && s.isDepthwise() && s.ocg() == 1 && s.rank() <= 2;
    return each && r.node(i).inputs().size() <= RESIDUAL;
  }

  /** Puts two or three nodes, of which one may be -1, into the place of the last. */
  private static boolean fuse(
      Rewriter r, CompileOptions options, int expansion, int depthwise, int projection) {
    DepthwiseBlockShape shape =
        new DepthwiseBlockShape(shape(r, expansion), shape(r, depthwise), shape(r, projection));
    ConvOptions conv = ConvOptions.DEFAULT.channelsLast();
    conv = options.precision() == Precision.STRICT ? conv.strict() : conv;
    if (options.backend().depthwiseBlock(shape, conv).isEmpty()) {
      return false;
    }
    List<Integer> numbers = new ArrayList<>(List.of(expansion, depthwise, projection));
    numbers.removeIf(i -> i < 0);
    List<Node> nodes = numbers.stream().map(r::node).toList();
    List<Activation> activations =
        nodes.stream().map(n -> ((ConvOperator) n.op()).activation()).toList();
    String name = nodes.stream().map(Node::name).collect(Collectors.joining(" + "));
    Node last = nodes.get(nodes.size() - 1);
    r.replace(
        numbers.get(numbers.size() - 1),
        new Node(
            name, new DepthwiseBlockOperator(shape, activations), inputs(nodes), last.outputs()));
    numbers.subList(0, numbers.size() - 1).forEach(r::remove);
    return true;
  }

  /** x, each convolution's weights and bias, the last one's residual. */
  private static List<Value> inputs(List<Node> nodes) {
    List<Value> inputs = new ArrayList<>(List.of(nodes.get(0).inputs().get(0)));
    for (Node n : nodes) {
      inputs.add(n.inputs().get(1));
      inputs.add(
          n.inputs().size() > 2
              ? n.inputs().get(2)
              : Value.constant(n.name() + " bias", Tensor.zeros(n.output().shape().dim(1))));
    }
    Node last = nodes.get(nodes.size() - 1);
    if (last.inputs().size() > RESIDUAL) {
      inputs.add(last.inputs().get(RESIDUAL));
    }
    return inputs;
  }
}
