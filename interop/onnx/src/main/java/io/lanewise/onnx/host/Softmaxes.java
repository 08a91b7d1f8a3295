package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** Softmax and LogSoftmax. */
final class Softmaxes {
  private Softmaxes() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Softmax", call -> softmax(call, false));
    table.add("LogSoftmax", call -> softmax(call, true));
  }

  /** Before version 13 the axis and all that follow it were one. */
  private static List<TypedTensor> softmax(HostCall call, boolean log) {
    TypedTensor given = call.input(0);
    TypedTensor x = call.opset() < 13 ? flat(call) : given;
    int axis = call.opset() < 13 ? 1 : call.axis(-1, x.shape().rank());
    double[] y = Elements.doubles(x).clone();
    int size = x.shape().dim(axis);
    int inner = Elements.count(x.shape(), axis + 1, x.shape().rank());
    int rows = Elements.count(x.shape(), 0, axis) * inner;
    for (int row = 0; row < rows; row++) {
      normalise(y, row / inner * size * inner + row % inner, size, inner, log);
    }
    return Elements.one(x.type(), given.shape(), y);
  }

  /** The 2-D view of an input on which versions before 13 worked. */
  static TypedTensor flat(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int axis = call.axis(1, rank);
    Shape shape =
        Shape.of(Elements.count(x.shape(), 0, axis), Elements.count(x.shape(), axis, rank));
    return x.reshape(shape);
  }

  /** One row in place: exp(x - max) / Σ exp(x - max), or its logarithm. */
  static void normalise(double[] y, int start, int size, int stride, boolean log) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      max = Math.max(max, y[start + i * stride]);
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.exp(y[start + i * stride] - max);
    }
    for (int i = 0; i < size; i++) {
      int at = start + i * stride;
      y[at] = log ? y[at] - max - Math.log(sum) : Math.exp(y[at] - max) / sum;
    }
  }
}
