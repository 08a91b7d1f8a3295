package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.BatchNormOperator;
import io.lanewise.layers.graph.ops.BinaryOperator;
import io.lanewise.layers.graph.ops.ConvOperator;
import io.lanewise.layers.graph.ops.GemmOperator;
import io.lanewise.layers.graph.ops.TransposedConvOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch norm, or a scale or a shift of channels by constants, behind a convolution or a matrix
 * product by constant weights: {@code w' = w · scale}, {@code bias' = bias · scale + shift}, each
 * rounded once.
 */
final class AffineFusion implements Fuse.Fusion {
  /** What was done to which operation's weights, and how. */
  private record Folding(GraphOp to, GraphOp op) {}

  @Override
  public boolean apply(Rewriter r, int i, CompileOptions options) {
    Node n = r.node(i);
    Affine affine = Affine.of(n);
    int before = affine == null ? -1 : r.producer(affine.x());
    if (before < 0 || !r.isUsedOnce(affine.x())) {
      return false;
    }
    Node producer = r.node(before);
    List<Value> parameters = producer.inputs().subList(1, producer.inputs().size());
    WeightsOrder order =
        parameters.isEmpty() ? null : WeightsOrder.of(producer.op(), parameters.get(0).shape());
    if (order == null
        || parameters.size() > 2
        || !parameters.stream().allMatch(Value::isConstant)
        || !isBias(parameters, affine.channels())) {
      return false;
    }
    List<Tensor> from = new ArrayList<>(parameters.stream().map(Value::tensor).toList());
    from.addAll(affine.from());
    List<Tensor> folded =
        options
            .weights()
            .derived(
                new Folding(producer.op(), n.op()), from, () -> fold(order, parameters, affine));
    List<Value> inputs =
        List.of(
            producer.inputs().get(0),
            Value.constant(parameters.get(0).name(), folded.get(0)),
            Value.constant(producer.name() + " bias", folded.get(1)));
    GraphOp op = Endings.ending(producer.op(), activation(n.op()));
    r.replace(i, new Node(producer.name(), op, inputs, n.outputs()));
    r.remove(before);
    return true;
  }

  private static Activation activation(GraphOp op) {
    return op instanceof BatchNormOperator b
        ? b.activation()
        : op instanceof BinaryOperator b ? b.activation() : Activation.identity();
  }

  private static List<Tensor> fold(WeightsOrder order, List<Value> parameters, Affine affine) {
    Tensor w = parameters.get(0).tensor().copy();
    int outputs = affine.channels();
    for (int e = 0; e < w.size(); e++) {
      w.array()[e] = (float) (w.array()[e] * affine.scale(order.output(e)));
    }
    Tensor bias = Tensor.zeros(outputs);
    for (int o = 0; o < outputs; o++) {
      double from = 0;
      if (parameters.size() > 1) {
        Tensor b = parameters.get(1).tensor();
        from = b.array()[b.offset() + (b.size() == 1 ? 0 : o)];
      }
      bias.array()[o] = (float) (from * affine.scale(o) + affine.shift(o));
    }
    return List.of(w, bias);
  }

  /** True if the bias, if any, has a number for each output, or one for all. */
  private static boolean isBias(List<Value> parameters, int outputs) {
    if (parameters.size() < 2) {
      return true;
    }
    Shape b = parameters.get(1).shape();
    return b.size() == 1 || (b.size() == outputs && b.dim(-1) == outputs);
  }

  /**
   * Where the weights of an output lie: [groups][inputs][outputs][run].
   *
   * @param inputs of a group, if they lie before its outputs; else they are in the run, and this 1
   * @param outputs of a group
   * @param run weights side by side of one output
   */
  private record WeightsOrder(int inputs, int outputs, int run) {
    static WeightsOrder of(GraphOp op, Shape w) {
      if (op instanceof ConvOperator c && Endings.isPlain(c.activation())) {
        return outputsFirst(w);
      }
      if (op instanceof TransposedConvOperator t && Endings.isPlain(t.activation())) {
        return new WeightsOrder(t.shape().icg(), t.shape().ocg(), t.shape().area());
      }
      if (op instanceof GemmOperator g
          && Endings.isPlain(g.activation())
          && g.alpha() == 1
          && g.beta() == 1) {
        return g.transposeB() ? outputsFirst(w) : new WeightsOrder(w.dim(0), w.dim(1), 1);
      }
      return null;
    }

    private static WeightsOrder outputsFirst(Shape w) {
      return new WeightsOrder(1, w.dim(0), w.size() / Math.max(1, w.dim(0)));
    }

    /** The output of a weight. */
    int output(int element) {
      int block = element / run;
      return block / (inputs * outputs) * outputs + block % outputs;
    }
  }
}
