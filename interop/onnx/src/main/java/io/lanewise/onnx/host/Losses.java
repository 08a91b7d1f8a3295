package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss: classes lie on axis 1. */
final class Losses {
  private Losses() {}

  static void addTo(OpTable<HostOp> table) {
    table.add(
        "NegativeLogLikelihoodLoss",
        12,
        call -> List.of(loss(call, Elements.doubles(call.input(0)))));
    table.add("SoftmaxCrossEntropyLoss", 12, Losses::crossEntropy);
  }

  private static List<TypedTensor> crossEntropy(HostCall call) {
    TypedTensor x = call.input(0);
    double[] logs = Elements.doubles(x).clone();
    int classes = x.shape().dim(1);
    int inner = Elements.count(x.shape(), 2, x.shape().rank());
    for (int i = 0; i < x.shape().dim(0) * inner; i++) {
      Softmaxes.normalise(logs, i / inner * classes * inner + i % inner, classes, inner, true);
    }
    return List.of(loss(call, logs), Elements.of(x.type(), x.shape(), logs));
  }

  /** -weight[target] · log[target], each, summed, or summed over the sum of weights. */
  private static TypedTensor loss(HostCall call, double[] logs) {
    TypedTensor x = call.input(0);
    TypedTensor target = call.input(1);
    int classes = x.shape().dim(1);
    int inner = Elements.count(x.shape(), 2, x.shape().rank());
    if (target.size() != x.shape().dim(0) * inner) {
      throw call.wrong("targets %s do not fit %s", target, x);
    }
    if (call.has(2) && call.input(2).size() != classes) {
      throw call.wrong("expected %d weights, got %s", classes, call.input(2));
    }
    boolean ignores = call.node().has("ignore_index");
    long ignored = call.node().intOr("ignore_index", 0);
    double[] y = new double[target.size()];
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < y.length; i++) {
      long t = target.longAt(i);
      if (ignores && t == ignored) {
        continue;
      }
      if (t < 0 || t >= classes) {
        throw call.wrong("a target should be from 0 to %d, got %d", classes - 1, t);
      }
      double weight = call.has(2) ? call.input(2).doubleAt((int) t) : 1;
      y[i] = -weight * logs[(i / inner * classes + (int) t) * inner + i % inner];
      sum += y[i];
      weights += weight;
    }
    String reduction = call.node().textOr("reduction", "mean");
    return switch (reduction) {
      case "none" -> Elements.of(x.type(), target.shape(), y);
      case "sum" -> Elements.of(x.type(), Shape.of(), new double[] {sum});
      case "mean" -> Elements.of(x.type(), Shape.of(), new double[] {sum / weights});
      default -> throw call.wrong("unknown reduction '%s'", reduction);
    };
  }
}
