package io.lanewise.layers.graph;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Random;

/** Well-known networks with random weights, as exporters write them: batch norms by themselves. */
final class Networks {
  private final Graph.Builder b = Graph.builder();
  private final Random random = new Random(1);
  private int count;

  private Networks() {}

  private Tensor tensor(double spread, double from, Shape shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) (from + spread * random.nextGaussian());
    }
    return t;
  }

  private Value conv(Value x, int oc, int k, int stride, int groups) {
    Shape s = x.shape();
    ConvShape c =
        ConvShape.input(s.dim(0), s.dim(1), s.dim(2), s.dim(3))
            .filters(oc, k, k)
            .stride(stride)
            .padding(k / 2)
            .groups(groups)
            .build();
    String name = "conv" + count++;
    Tensor w = tensor(Math.sqrt(2.0 / c.reduction()), 0, c.w());
    Value y = b.add(name, GraphOps.conv(c), x, b.constant(name + ".w", w));
    Shape v = Shape.of(oc);
    return b.add(
        name + ".norm",
        GraphOps.batchNorm(1e-5),
        y,
        b.constant("gamma", tensor(0.1, 1, v)),
        b.constant("beta", tensor(0.1, 0, v)),
        b.constant("mean", tensor(0.1, 0, v)),
        b.constant("variance", tensor(0.05, 1, v)));
  }

  private Value relu(Value x) {
    return b.add("relu" + count++, GraphOps.relu(), x);
  }

  private Value relu6(Value x) {
    return b.add("relu" + count++, GraphOps.activation(Activation.relu6()), x);
  }

  private Value add(Value x, Value y) {
    return b.add("add" + count++, GraphOps.binary(BinaryOp.ADD), x, y);
  }

  private Graph classified(Value x, int classes) {
    Value pooled = b.add("pool", GraphOps.avgPool(PoolShape.global(x.shape()), true), x);
    int features = x.shape().dim(1);
    Value flat = b.add("flat", GraphOps.reshape(Shape.of(x.shape().dim(0), features)), pooled);
    Value w = b.constant("fc.w", tensor(0.05, 0, Shape.of(classes, features)));
    Value bias = b.constant("fc.b", tensor(0.1, 0, Shape.of(classes)));
    b.output("y", b.add("fc", GraphOps.linear(), flat, w, bias));
    return b.build();
  }

  /**
   * He et al., Deep Residual Learning for Image Recognition, 2015, table 1, with 50 layers.
   *
   * @param base channels of the first layer: 64 in the paper
   */
  static Graph resnet50(int batch, int size, int base) {
    Networks n = new Networks();
    Value x = n.b.input("x", Shape.of(batch, 3, size, size));
    x = n.relu(n.conv(x, base, 7, 2, 1));
    x =
        n.b.add(
            "maxpool",
            GraphOps.maxPool(PoolShape.input(x.shape()).window(3).stride(2).padding(1).build()),
            x);
    int[] blocks = {3, 4, 6, 3};
    for (int stage = 0; stage < blocks.length; stage++) {
      int width = base << stage;
      for (int i = 0; i < blocks[stage]; i++) {
        int stride = i == 0 && stage > 0 ? 2 : 1;
        Value y = n.relu(n.conv(x, width, 1, 1, 1));
        y = n.relu(n.conv(y, width, 3, stride, 1));
        y = n.conv(y, 4 * width, 1, 1, 1);
        Value shortcut = i == 0 ? n.conv(x, 4 * width, 1, stride, 1) : x;
        x = n.relu(n.add(y, shortcut));
      }
    }
    return n.classified(x, 1000);
  }

  /** Sandler et al., MobileNetV2, 2018, table 2. */
  static Graph mobilenetV2(int batch, int size) {
    Networks n = new Networks();
    Value x = n.b.input("x", Shape.of(batch, 3, size, size));
    x = n.relu6(n.conv(x, 32, 3, 2, 1));
    int[][] table = {
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    for (int[] row : table) {
      for (int i = 0; i < row[2]; i++) {
        x = n.inverted(x, row[0], row[1], i == 0 ? row[3] : 1);
      }
    }
    return n.classified(n.relu6(n.conv(x, 1280, 1, 1, 1)), 1000);
  }

  private Value inverted(Value x, int expansion, int oc, int stride) {
    int wide = x.shape().dim(1) * expansion;
    Value y = expansion == 1 ? x : relu6(conv(x, wide, 1, 1, 1));
    y = relu6(conv(y, wide, 3, stride, wide));
    y = conv(y, oc, 1, 1, 1);
    return stride == 1 && oc == x.shape().dim(1) ? add(x, y) : y;
  }
}
