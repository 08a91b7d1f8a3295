package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.AvgPoolOperator;
import io.lanewise.layers.graph.ops.ConvOperator;
import io.lanewise.layers.graph.ops.MaxPoolOperator;
import io.lanewise.layers.graph.ops.MoveOperator;
import io.lanewise.layers.graph.ops.Moves;
import java.util.ArrayList;
import java.util.List;

/**
 * Padding of pixels by a constant before a window that can pad by itself: zeros before a
 * convolution or an average that then counts them, -Infinity before a maximum.
 */
final class PadFusion implements Fuse.Fusion {
  @Override
  public boolean apply(Rewriter r, int i, CompileOptions options) {
    Node n = r.node(i);
    int before = n.inputs().isEmpty() ? -1 : r.producer(n.inputs().get(0));
    if (before < 0
        || !r.isUsedOnce(n.inputs().get(0))
        || !(r.node(before).op() instanceof MoveOperator m)
        || !(m.move() instanceof Moves.ConstantPad pad)
        || !isOfPixels(pad)) {
      return false;
    }
    Value x = r.node(before).inputs().get(0);
    GraphOp op = padded(n.op(), x.shape(), pad);
    if (op == null) {
      return false;
    }
    List<Value> inputs = new ArrayList<>(n.inputs());
    inputs.set(0, x);
    r.replace(i, new Node(n.name(), op, inputs, n.outputs()));
    r.remove(before);
    return true;
  }

  private static boolean isOfPixels(Moves.ConstantPad pad) {
    int rank = pad.before().size();
    if (rank < 3 || rank > 5) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      int b = pad.before().get(i);
      int a = pad.after().get(i);
      if (i < 2 ? b != 0 || a != 0 : b < 0 || a < 0) {
        return false;
      }
    }
    return true;
  }

  /** The operation on the image without padding; null if it cannot pad so. */
  private static GraphOp padded(GraphOp op, Shape x, Moves.ConstantPad pad) {
    if (op instanceof ConvOperator c && pad.value() == 0) {
      Padding all = sum(c.shape().padding(), pad);
      return new ConvOperator(
          c.shape().withImage(size(x, 3), size(x, 2), size(x, 1), all), c.activation());
    }
    if (op instanceof AvgPoolOperator p
        && pad.value() == 0
        && p.shape().padding().isNone()
        && !p.shape().ceil()) {
      return new AvgPoolOperator(pool(p.shape(), x, pad), true);
    }
    if (op instanceof MaxPoolOperator p
        && pad.value() == Float.NEGATIVE_INFINITY
        && !p.withIndices()
        && !p.shape().ceil()) {
      return new MaxPoolOperator(pool(p.shape(), x, pad), false, false);
    }
    return null;
  }

  private static Padding sum(Padding own, Moves.ConstantPad pad) {
    return new Padding(
        own.front() + at(pad.before(), 3),
        own.back() + at(pad.after(), 3),
        own.top() + at(pad.before(), 2),
        own.bottom() + at(pad.after(), 2),
        own.left() + at(pad.before(), 1),
        own.right() + at(pad.after(), 1));
  }

  /** Of the axis that is the {@code fromEnd}th from the end; 0 if there is no such spatial axis. */
  private static int at(List<Integer> sides, int fromEnd) {
    int axis = sides.size() - fromEnd;
    return axis < 2 ? 0 : sides.get(axis);
  }

  private static int size(Shape x, int fromEnd) {
    return x.rank() - fromEnd < 2 ? 1 : x.dim(-fromEnd);
  }

  private static PoolShape pool(PoolShape s, Shape x, Moves.ConstantPad pad) {
    return new PoolShape(
        s.rank(),
        s.n(),
        s.c(),
        size(x, 3),
        size(x, 2),
        size(x, 1),
        s.kd(),
        s.kh(),
        s.kw(),
        s.strideD(),
        s.strideH(),
        s.strideW(),
        s.dilationD(),
        s.dilationH(),
        s.dilationW(),
        sum(s.padding(), pad),
        s.ceil());
  }
}
