package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.ops.BatchNormOperator;
import io.lanewise.layers.graph.ops.BinaryOperator;
import io.lanewise.layers.graph.ops.ConvOperator;
import io.lanewise.layers.graph.ops.GemmOperator;
import io.lanewise.layers.graph.ops.MatMulOperator;
import io.lanewise.layers.graph.ops.TransposedConvOperator;

/** Operations that end with an activation. */
final class Endings {
  private Endings() {}

  /** The operation with an activation at its end; null if it has one, or cannot. */
  static GraphOp ending(GraphOp op, Activation f) {
    if (op instanceof ConvOperator c && isPlain(c.activation())) {
      return new ConvOperator(c.shape(), f);
    }
    if (op instanceof TransposedConvOperator c && isPlain(c.activation())) {
      return new TransposedConvOperator(c.shape(), f);
    }
    if (op instanceof GemmOperator g && isPlain(g.activation())) {
      return new GemmOperator(g.transposeA(), g.transposeB(), g.alpha(), g.beta(), f);
    }
    if (op instanceof MatMulOperator m && isPlain(m.activation())) {
      return new MatMulOperator(f);
    }
    if (op instanceof BatchNormOperator b && isPlain(b.activation())) {
      return new BatchNormOperator(b.epsilon(), f);
    }
    if (op instanceof BinaryOperator b && isPlain(b.activation())) {
      return new BinaryOperator(b.op(), f);
    }
    return null;
  }

  /** True of a convolution, transposed or not, without an activation. */
  static boolean isPlainConv(GraphOp op) {
    return (op instanceof ConvOperator c && isPlain(c.activation()))
        || (op instanceof TransposedConvOperator t && isPlain(t.activation()));
  }

  static boolean isPlain(Activation f) {
    return f.kind() == Activation.Kind.IDENTITY;
  }
}
