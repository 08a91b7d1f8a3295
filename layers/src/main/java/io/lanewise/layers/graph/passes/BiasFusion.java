package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.BinaryOperator;
import io.lanewise.layers.graph.ops.GemmOperator;
import io.lanewise.layers.graph.ops.MatMulOperator;
import java.util.List;

/** A sum of a matrix product and what is broadcast to it: each sum of products starts from that. */
final class BiasFusion implements Fuse.Fusion {
  @Override
  public boolean apply(Rewriter r, int i, CompileOptions options) {
    Node n = r.node(i);
    if (!(n.op() instanceof BinaryOperator b) || b.op() != BinaryOp.ADD) {
      return false;
    }
    return take(r, i, b, 0) || take(r, i, b, 1);
  }

  private static boolean take(Rewriter r, int i, BinaryOperator sum, int side) {
    Node n = r.node(i);
    Value product = n.inputs().get(side);
    Value bias = n.inputs().get(1 - side);
    int before = r.producer(product);
    if (before < 0
        || !r.isUsedOnce(product)
        || !product.shape().equals(n.output().shape())
        || !isProduct(r.node(before))) {
      return false;
    }
    Node producer = r.node(before);
    GraphOp op = Endings.ending(producer.op(), sum.activation());
    if (op == null) {
      return false;
    }
    List<Value> inputs = List.of(producer.inputs().get(0), producer.inputs().get(1), bias);
    r.replace(i, new Node(producer.name(), op, inputs, n.outputs()));
    r.remove(before);
    return true;
  }

  private static boolean isProduct(Node n) {
    if (n.inputs().size() != 2) {
      return false;
    }
    if (n.op() instanceof GemmOperator g) {
      return g.beta() == 1;
    }
    Value a = n.inputs().get(0);
    Value b = n.inputs().get(1);
    return n.op() instanceof MatMulOperator
        && b.isConstant()
        && b.shape().rank() == 2
        && a.shape().rank() >= 2;
  }
}
