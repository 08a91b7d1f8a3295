package io.lanewise.layers.graph;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Graphs drawn from a seed, of operations and numbers that floats compute without rounding: small
 * integers, halves and quarters. So a compilation has to give the same numbers, however it folds
 * and reorders.
 */
final class RandomGraph {
  private static final int MOST_ELEMENTS = 4000;
  private static final float MOST = 1 << 18; // with quarters left of 24 bits

  private final Random random;
  private final Graph.Builder b = Graph.builder();
  private final List<Value> images = new ArrayList<>();
  private final Map<Value, Double> bounds = new HashMap<>();
  private final Map<String, Tensor> inputs = new HashMap<>();
  private int count;

  private RandomGraph(long seed) {
    random = new Random(seed);
  }

  /** A graph and its inputs. */
  record Drawn(Graph graph, Map<String, Tensor> inputs) {}

  static Drawn of(long seed, int nodes) {
    RandomGraph g = new RandomGraph(seed);
    Shape x = Shape.of(1 + g.pick(2), 1 + g.pick(5), 2 + g.pick(6), 2 + g.pick(6));
    for (int i = 0; i < 2; i++) {
      Value v = g.b.input("x" + i, x);
      Tensor t = g.tensor(x, -3, 3);
      g.inputs.put("x" + i, t);
      g.images.add(v);
      g.bounds.put(v, 3.0);
    }
    for (int i = 0; i < nodes; i++) {
      g.addNode();
    }
    g.addOutputs();
    return new Drawn(g.b.build(), g.inputs);
  }

  private int pick(int n) {
    return random.nextInt(n);
  }

  private Tensor tensor(Shape shape, int least, int most) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = least + pick(most - least + 1);
    }
    return t;
  }

  private Value image() {
    return images.get(random.nextBoolean() ? images.size() - 1 : pick(images.size()));
  }

  private String name(String what) {
    return what + count++;
  }

  private void keep(Value v, double bound) {
    if (bound <= MOST && v.shape().size() <= MOST_ELEMENTS && v.shape().rank() == 4) {
      images.add(v);
      bounds.put(v, bound);
    }
  }

  private Value add(String what, GraphOp op, Value... in) {
    return b.add(name(what), op, in);
  }

  private void addNode() {
    Value x = image();
    double bound = bounds.get(x);
    Shape s = x.shape();
    switch (pick(18)) {
      case 0, 1, 2, 3 -> conv(x, bound);
      case 4 -> batchNorm(x, bound);
      case 5, 6 -> activation(x, bound);
      case 7 -> constant(x, bound);
      case 8, 9 -> sum(x, bound);
      case 10 -> pool(x, bound);
      case 11 -> concat(x, bound);
      case 12 ->
          keep(
              add("drop", random.nextBoolean() ? GraphOps.dropout() : GraphOps.identity(), x),
              bound);
      case 13 -> move(x, bound);
      case 14 -> keep(transposed(x), bound);
      case 15 -> resize(x, bound);
      case 16 ->
          keep(
              add(
                  "sum",
                  GraphOps.reduce(
                      ReduceOp.SUM, true, pick(2) == 0 ? new int[] {2, 3} : new int[] {1}),
                  x),
              bound * s.size());
      default -> transposedConv(x, bound);
    }
  }

  private void conv(Value x, double bound) {
    Shape s = x.shape();
    int groups = pick(3) == 0 ? s.dim(1) : 1;
    int k = 1 + pick(3);
    int padding = pick(k);
    if (Math.min(s.dim(2), s.dim(3)) + 2 * padding < k) {
      return;
    }
    ConvShape c =
        ConvShape.input(s.dim(0), s.dim(1), s.dim(2), s.dim(3))
            .filters(groups * (1 + pick(6 / Math.min(6, groups) + 1)), k, k)
            .stride(1 + pick(2))
            .padding(padding)
            .groups(groups)
            .build();
    Value w = b.constant(name("w"), tensor(c.w(), -1, 1));
    double most = bound * c.reduction() + 2;
    if (most > MOST) {
      return;
    }
    Value y =
        random.nextBoolean()
            ? add("conv", GraphOps.conv(c), x, w)
            : add("conv", GraphOps.conv(c), x, w, b.constant(name("b"), tensor(c.bias(), -2, 2)));
    keep(y, most);
  }

  private void transposedConv(Value x, double bound) {
    Shape s = x.shape();
    TransposedConvShape c =
        TransposedConvShape.input(s.dim(0), s.dim(1), s.dim(2), s.dim(3))
            .filters(3, 2, 2)
            .stride(2)
            .groups(s.dim(1) % 3 == 0 && random.nextBoolean() ? 3 : 1)
            .build();
    double most = bound * s.dim(1) * 4;
    if (most <= MOST && c.y().size() <= MOST_ELEMENTS) {
      keep(
          add("up", GraphOps.transposedConv(c), x, b.constant(name("w"), tensor(c.w(), -1, 1))),
          most);
    }
  }

  private void batchNorm(Value x, double bound) {
    Shape c = Shape.of(x.shape().dim(1));
    Tensor variance = Tensor.zeros(c);
    for (int i = 0; i < variance.size(); i++) {
      variance.array()[i] = pick(2) == 0 ? 1 : 0.25f;
    }
    keep(
        add(
            "norm",
            GraphOps.batchNorm(0),
            x,
            b.constant(name("gamma"), tensor(c, -1, 2)),
            b.constant(name("beta"), tensor(c, -2, 2)),
            b.constant(name("mean"), tensor(c, -2, 2)),
            b.constant(name("variance"), variance)),
        4 * (bound + 2) + 2);
  }

  private void activation(Value x, double bound) {
    GraphOp f =
        switch (pick(5)) {
          case 0, 1 -> GraphOps.relu();
          case 2 -> GraphOps.activation(Activation.clamp(-5, 6));
          case 3 -> GraphOps.clip(-1, 4);
          default -> GraphOps.unary(random.nextBoolean() ? UnaryOp.ABS : UnaryOp.NEG);
        };
    keep(add("f", f, x), Math.max(6, bound));
  }

  private void constant(Value x, double bound) {
    Shape s = x.shape();
    Shape k =
        switch (pick(6)) {
          case 0 -> Shape.of();
          case 1 -> Shape.of(s.dim(1), 1, 1);
          case 2 -> Shape.of(1, s.dim(1), 1, 1);
          case 3 -> Shape.of(s.dim(3));
          case 4 -> Shape.of(s.dim(1), s.dim(2), s.dim(3));
          default -> Shape.of(1);
        };
    BinaryOp op = new BinaryOp[] {BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.MAX}[pick(4)];
    Value c = b.constant(name("c"), tensor(k, -2, 2));
    double most = op == BinaryOp.MUL ? 2 * bound : bound + 2;
    keep(
        random.nextBoolean()
            ? add("op", GraphOps.binary(op), x, c)
            : add("op", GraphOps.binary(op), c, x),
        most);
  }

  private void sum(Value x, double bound) {
    for (int i = 0; i < 5; i++) {
      Value other = images.get(pick(images.size()));
      if (other.shape().equals(x.shape())) {
        keep(add("add", GraphOps.binary(BinaryOp.ADD), x, other), bound + bounds.get(other));
        return;
      }
    }
  }

  private void pool(Value x, double bound) {
    Shape s = x.shape();
    if (s.dim(2) < 2 || s.dim(3) < 2) {
      return;
    }
    PoolShape p = PoolShape.input(s).window(2).stride(1 + pick(2)).padding(pick(2)).build();
    keep(
        add("pool", random.nextBoolean() ? GraphOps.maxPool(p) : GraphOps.avgPool(p, true), x),
        bound);
  }

  private void concat(Value x, double bound) {
    for (int i = 0; i < 5; i++) {
      Value other = images.get(pick(images.size()));
      Shape o = other.shape();
      Shape s = x.shape();
      if (o.dim(0) == s.dim(0) && o.dim(2) == s.dim(2) && o.dim(3) == s.dim(3)) {
        keep(add("cat", GraphOps.concat(1), x, other), Math.max(bound, bounds.get(other)));
        return;
      }
    }
  }

  private void move(Value x, double bound) {
    int[] one = {0, 0, 1, 1};
    Shape s = x.shape();
    GraphOp op =
        switch (pick(5)) {
          case 0 -> GraphOps.pad(one, one, 0);
          case 1 -> GraphOps.pad(one, one, PadMode.EDGE);
          case 2 -> GraphOps.flip(1, 3);
          case 3 -> GraphOps.spaceToDepth(1, BlockOrder.DCR);
          default ->
              GraphOps.slice(
                  new int[] {1},
                  new int[] {0},
                  new int[] {Math.max(1, s.dim(1) - 1)},
                  new int[] {1});
        };
    keep(add("move", op, x), bound);
  }

  private Value transposed(Value x) {
    Value last = add("turn", GraphOps.transpose(0, 2, 3, 1), x);
    Value f = add("f", GraphOps.relu(), last);
    return random.nextBoolean() ? f : add("back", GraphOps.transpose(0, 3, 1, 2), f);
  }

  private void resize(Value x, double bound) {
    Shape s = x.shape();
    ResizeShape r =
        ResizeShape.of(s.toArray())
            .scales(2, 2)
            .by(Interpolation.NEAREST)
            .coordinates(ResizeCoordinates.ASYMMETRIC)
            .build();
    if (r.y().size() <= MOST_ELEMENTS) {
      keep(add("resize", GraphOps.resize(r), x), bound);
    }
  }

  private void addOutputs() {
    Value x = images.get(images.size() - 1);
    b.output("last", x);
    for (int i = 0; i < 2; i++) {
      b.output("any" + i, images.get(pick(images.size())));
    }
    Shape s = x.shape();
    int features = s.size() / s.dim(0);
    if (bounds.get(x) * features <= MOST) {
      Value flat = add("flat", GraphOps.reshape(Shape.of(s.dim(0), features)), x);
      Value w = b.constant(name("w"), tensor(Shape.of(4, features), -1, 1));
      Value bias = b.constant(name("b"), tensor(Shape.of(4), -3, 3));
      Value y = add("fc", GraphOps.gemm(false, true, 1, 1), flat, w);
      b.output(
          "fc", add("relu", GraphOps.relu(), add("bias", GraphOps.binary(BinaryOp.ADD), y, bias)));
    }
  }
}
