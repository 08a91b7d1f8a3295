package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.BatchNormOperator;
import io.lanewise.layers.graph.ops.BinaryOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A scale and a shift of each channel, {@code y[c] = x[c] · scale[c] + shift[c]}, of constants, in
 * float64.
 */
final class Affine {
  private final Value x;
  private final double[] scale;
  private final double[] shift;
  private final List<Tensor> from;

  private Affine(Value x, double[] scale, double[] shift, List<Tensor> from) {
    this.x = x;
    this.scale = scale;
    this.shift = shift;
    this.from = from;
  }

  /** What it is applied to. */
  Value x() {
    return x;
  }

  /** How many channels there are. */
  int channels() {
    return scale.length;
  }

  double scale(int c) {
    return scale[c];
  }

  double shift(int c) {
    return shift[c];
  }

  /** The constants that it was computed of. */
  List<Tensor> from() {
    return from;
  }

  /** What a node is as a scale and a shift; null if it is none. */
  static Affine of(Node n) {
    if (n.op() instanceof BatchNormOperator b) {
      return batchNorm(n, b.epsilon());
    }
    return n.op() instanceof BinaryOperator b && n.output().shape().rank() >= 2
        ? binary(n, b.op())
        : null;
  }

  private static Affine batchNorm(Node n, double epsilon) {
    List<Tensor> from = new ArrayList<>();
    for (Value v : n.inputs().subList(1, n.inputs().size())) {
      if (!v.isConstant()) {
        return null;
      }
      from.add(v.tensor());
    }
    int c = n.output().shape().dim(1);
    double[] scale = new double[c];
    double[] shift = new double[c];
    for (int i = 0; i < c; i++) {
      scale[i] = from.get(0).get(i) / Math.sqrt(from.get(3).get(i) + epsilon);
      shift[i] = from.get(1).get(i) - from.get(2).get(i) * scale[i];
    }
    return new Affine(n.inputs().get(0), scale, shift, from).finite();
  }

  private static Affine binary(Node n, BinaryOp op) {
    Value a = n.inputs().get(0);
    Value b = n.inputs().get(1);
    boolean left = a.isConstant();
    Value x = left ? b : a;
    Value constant = left ? a : b;
    if (x.isConstant() || !constant.isConstant() || !x.shape().equals(n.output().shape())) {
      return null;
    }
    double[] k = channels(constant.tensor(), x.shape());
    if (k == null) {
      return null;
    }
    double[] scale = new double[k.length];
    double[] shift = new double[k.length];
    Arrays.fill(scale, 1);
    if (op == BinaryOp.ADD) {
      shift = k;
    } else if (op == BinaryOp.SUB) {
      Arrays.fill(scale, left ? -1 : 1);
      shift = left ? k : Arrays.stream(k).map(v -> -v).toArray();
    } else if (op == BinaryOp.MUL) {
      scale = k;
    } else if (op == BinaryOp.DIV && !left) {
      scale = Arrays.stream(k).map(v -> 1 / v).toArray();
    } else {
      return null;
    }
    return new Affine(x, scale, shift, List.of(constant.tensor())).finite();
  }

  /** A constant as a number for each channel; null if it varies over pixels or images. */
  private static double[] channels(Tensor t, Shape x) {
    int channels = x.dim(1);
    int axis = t.shape().rank() - (x.rank() - 1); // of channels, in t
    boolean byChannel = axis >= 0 && t.shape().dim(axis) == t.size() && t.size() == channels;
    if (t.size() != 1 && !byChannel) {
      return null;
    }
    double[] k = new double[channels];
    for (int i = 0; i < channels; i++) {
      k[i] = t.array()[t.offset() + (t.size() == 1 ? 0 : i)];
    }
    return k;
  }

  /** Null if a number is none, since weights could not hold it. */
  private Affine finite() {
    boolean finite =
        Arrays.stream(scale).allMatch(Double::isFinite)
            && Arrays.stream(shift).allMatch(Double::isFinite);
    return finite ? this : null;
  }
}
