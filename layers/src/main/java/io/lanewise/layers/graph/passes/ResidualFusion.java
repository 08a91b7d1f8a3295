package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.BinaryOperator;
import java.util.ArrayList;
import java.util.List;

/** A sum of a convolution and another tensor of its shape. */
final class ResidualFusion implements Fuse.Fusion {
  private static final int RESIDUAL = 3;

  @Override
  public boolean apply(Rewriter r, int i, CompileOptions options) {
    Node n = r.node(i);
    if (!(n.op() instanceof BinaryOperator b)
        || b.op() != BinaryOp.ADD
        || !n.inputs().get(0).shape().equals(n.inputs().get(1).shape())) {
      return false;
    }
    int left = candidate(r, n.inputs().get(0));
    int right = candidate(r, n.inputs().get(1));
    if (left < 0 && right < 0) {
      return false;
    }
    boolean second = right > left; // the later of two, since the other is there by then
    int conv = Math.max(left, right);
    Value other = n.inputs().get(second ? 0 : 1);
    r.replace(
        i,
        new Node(
            r.node(conv).name(),
            Endings.ending(r.node(conv).op(), b.activation()),
            inputs(r.node(conv), other),
            n.outputs()));
    r.remove(conv);
    return true;
  }

  /** The number of the convolution that makes a value for this sum alone; -1 if it is none. */
  private static int candidate(Rewriter r, Value v) {
    int at = r.producer(v);
    return at >= 0
            && r.isUsedOnce(v)
            && Endings.isPlainConv(r.node(at).op())
            && r.node(at).inputs().size() <= RESIDUAL
        ? at
        : -1;
  }

  private static List<Value> inputs(Node conv, Value residual) {
    List<Value> inputs = new ArrayList<>(conv.inputs());
    if (inputs.size() < RESIDUAL) {
      int channels = conv.output().shape().dim(1);
      inputs.add(Value.constant(conv.name() + " bias", Tensor.zeros(channels)));
    }
    inputs.add(residual);
    return inputs;
  }
}
