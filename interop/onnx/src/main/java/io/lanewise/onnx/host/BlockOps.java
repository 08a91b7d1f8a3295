package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** DepthToSpace, SpaceToDepth, ReverseSequence, CumSum. */
final class BlockOps {
  private BlockOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("DepthToSpace", BlockOps::depthToSpace);
    table.add("SpaceToDepth", BlockOps::spaceToDepth);
    table.add("ReverseSequence", 10, BlockOps::reverseSequence);
    table.add("CumSum", 11, BlockOps::cumSum);
  }

  private static int blockSize(HostCall call) {
    long block = call.node().intOr("blocksize", 0);
    if (block < 1 || block > 1 << 15) {
      throw call.wrong("blocksize should be from 1 to 2^15, got %d", block);
    }
    return (int) block;
  }

  /** Channels are [by][bx][c] in mode DCR, [c][by][bx] in CRD. */
  private static List<TypedTensor> depthToSpace(HostCall call) {
    TypedTensor x = call.ranked(0, 4);
    int b = blockSize(call);
    int n = x.shape().dim(0);
    int c = x.shape().dim(1) / (b * b);
    int h = x.shape().dim(2);
    int w = x.shape().dim(3);
    TypedTensor y =
        call.node().textOr("mode", "DCR").equals("CRD")
            ? Strided.transpose(x.reshape(Shape.of(n, c, b, b, h, w)), 0, 1, 4, 2, 5, 3)
            : Strided.transpose(x.reshape(Shape.of(n, b, b, c, h, w)), 0, 3, 4, 1, 5, 2);
    return List.of(y.reshape(Shape.of(n, c, h * b, w * b)));
  }

  private static List<TypedTensor> spaceToDepth(HostCall call) {
    TypedTensor x = call.ranked(0, 4);
    int b = blockSize(call);
    int n = x.shape().dim(0);
    int c = x.shape().dim(1);
    int h = x.shape().dim(2) / b;
    int w = x.shape().dim(3) / b;
    TypedTensor y = Strided.transpose(x.reshape(Shape.of(n, c, h, b, w, b)), 0, 3, 5, 1, 2, 4);
    return List.of(y.reshape(Shape.of(n, c * b * b, h, w)));
  }

  /** The first elements of each sequence in reverse; the rest stays. */
  private static List<TypedTensor> reverseSequence(HostCall call) {
    TypedTensor x = call.input(0);
    long[] lengths = call.longs(1);
    int batch = (int) call.node().intOr("batch_axis", 1);
    int time = (int) call.node().intOr("time_axis", 0);
    if (x.shape().rank() < 2 || (batch != 0 && batch != 1) || time != 1 - batch) {
      throw call.wrong("batch and time axis should be 0 and 1 of %s", x);
    }
    if (lengths.length != x.shape().dim(batch)) {
      throw call.wrong("expected %d lengths, got %d", x.shape().dim(batch), lengths.length);
    }
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    int inner = Elements.count(x.shape(), 2, x.shape().rank());
    int columns = x.shape().dim(1);
    for (int i = 0; i < x.shape().dim(0) * columns; i++) {
      int t = time == 0 ? i / columns : i % columns;
      long length = lengths[batch == 0 ? i / columns : i % columns];
      if (length < 0 || length > x.shape().dim(time)) {
        throw call.wrong("a length should be from 0 to %d, got %d", x.shape().dim(time), length);
      }
      int from = t < length ? (int) length - 1 - t : t;
      int source = time == 0 ? from * columns + i % columns : i / columns * columns + from;
      Strided.copy(x, source * inner, y, i * inner, inner);
    }
    return List.of(y);
  }

  private static List<TypedTensor> cumSum(HostCall call) {
    TypedTensor x = call.input(0);
    int axis = call.axisOf(call.integer(1, 0), x.shape().rank());
    boolean exclusive = call.node().intOr("exclusive", 0) != 0;
    boolean reverse = call.node().intOr("reverse", 0) != 0;
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    int size = x.shape().dim(axis);
    int inner = Elements.count(x.shape(), axis + 1, x.shape().rank());
    int rows = Elements.count(x.shape(), 0, axis) * inner;
    for (int row = 0; row < rows; row++) {
      int start = row / inner * size * inner + row % inner;
      double sum = 0;
      long whole = 0;
      for (int step = 0; step < size; step++) {
        int at = start + (reverse ? size - 1 - step : step) * inner;
        double before = sum;
        long wholeBefore = whole;
        sum += x.doubleAt(at);
        whole += x.longAt(at);
        if (x.type().isFloating()) {
          y.setDouble(at, exclusive ? before : sum);
        } else {
          y.setLong(at, exclusive ? wholeBefore : whole);
        }
      }
    }
    return List.of(y);
  }
}
