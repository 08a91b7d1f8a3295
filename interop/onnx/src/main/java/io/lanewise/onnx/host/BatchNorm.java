package io.lanewise.onnx.host;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** BatchNormalization, and Dropout as it is when nothing is learned. */
final class BatchNorm {
  private BatchNorm() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("BatchNormalization", BatchNorm::batchNorm);
    table.add("Dropout", BatchNorm::dropout);
  }

  /** y = scale · (x - mean) / sqrt(variance + epsilon) + bias for each channel. */
  private static List<TypedTensor> batchNorm(HostCall call) {
    TypedTensor x = call.input(0);
    int channels = x.shape().rank() > 1 ? x.shape().dim(1) : 1;
    for (int i = 1; i < 5; i++) {
      if (call.input(i).size() != channels) {
        throw call.wrong("input %d should have %d elements, got %s", i, channels, call.input(i));
      }
    }
    boolean training = call.opset() >= 14 && call.node().intOr("training_mode", 0) != 0;
    boolean older = call.opset() < 14 && call.node().outputs().size() > 1;
    if (older || (call.opset() < 9 && call.node().intOr("spatial", 1) == 0)) {
      throw call.unsupported(older ? "training" : "spatial = 0");
    }
    double[] mean = Elements.doubles(call.input(3));
    double[] variance = Elements.doubles(call.input(4));
    int plane = Elements.count(x.shape(), Math.min(2, x.shape().rank()), x.shape().rank());
    if (!training) {
      return List.of(apply(call, mean, variance, plane));
    }
    double[] batchMean = new double[channels];
    double[] batchVariance = new double[channels];
    moments(x, plane, batchMean, batchVariance);
    double momentum = call.node().floatOr("momentum", 0.9f);
    return List.of(
        apply(call, batchMean, batchVariance, plane),
        running(call.input(3), batchMean, momentum),
        running(call.input(4), batchVariance, momentum));
  }

  private static TypedTensor apply(HostCall call, double[] mean, double[] variance, int plane) {
    TypedTensor x = call.input(0);
    double epsilon = call.node().floatOr("epsilon", 1e-5f);
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      int c = i / plane % mean.length;
      double normal = (x.doubleAt(i) - mean[c]) / Math.sqrt(variance[c] + epsilon);
      y.setDouble(i, call.input(1).doubleAt(c) * normal + call.input(2).doubleAt(c));
    }
    return y;
  }

  private static void moments(TypedTensor x, int plane, double[] mean, double[] variance) {
    int channels = mean.length;
    double count = (double) x.size() / channels;
    for (int i = 0; i < x.size(); i++) {
      mean[i / plane % channels] += x.doubleAt(i) / count;
    }
    for (int i = 0; i < x.size(); i++) {
      double d = x.doubleAt(i) - mean[i / plane % channels];
      variance[i / plane % channels] += d * d / count;
    }
  }

  private static TypedTensor running(TypedTensor before, double[] batch, double momentum) {
    double[] after = new double[batch.length];
    for (int i = 0; i < after.length; i++) {
      after[i] = momentum * before.doubleAt(i) + (1 - momentum) * batch[i];
    }
    return Elements.of(before.type(), before.shape(), after);
  }

  /** The identity, with a mask that keeps everything; random dropping is refused. */
  private static List<TypedTensor> dropout(HostCall call) {
    TypedTensor x = call.input(0);
    boolean training = call.has(2) && call.input(2).booleanAt(0);
    if (training && call.number(1, 0.5) != 0) {
      throw call.unsupported("dropping at random");
    }
    ElementType type = call.opset() < 10 ? x.type() : ElementType.BOOL;
    TypedTensor mask = TypedTensor.zeros(type, x.shape());
    for (int i = 0; i < mask.size(); i++) {
      mask.setLong(i, 1);
    }
    return List.of(x, mask);
  }
}
