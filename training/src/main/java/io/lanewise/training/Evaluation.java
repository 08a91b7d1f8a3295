package io.lanewise.training;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Sequential;
import io.lanewise.training.data.Batches;
import io.lanewise.training.metrics.Accuracy;

/**
 * How well a network does on a dataset.
 *
 * @param loss mean over the examples
 * @param accuracy share of them classified right; NaN of no examples
 */
public record Evaluation(double loss, double accuracy) {
  /** Sees each example with what the network made of it. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One example.
     *
     * @param index its number in the dataset
     * @param label its class
     * @param output the batch's output [n][classes]
     * @param row its row in there
     */
    void visit(int index, int label, Tensor output, int row);
  }

  /** Runs the network over a dataset in batches. */
  public static Evaluation of(
      Sequential net, Dataset data, int batchSize, Loss loss, Context ctx, Visitor visitor) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
    int[] indices = Batches.inOrder(data.size());
    double lossSum = 0;
    Accuracy accuracy = new Accuracy();
    for (int from = 0; from < data.size(); from += batchSize) {
      int n = Math.min(batchSize, data.size() - from);
      Tensor x = Tensor.zeros(data.inputShape().prepend(n));
      int[] labels = new int[n];
      data.fill(indices, from, x, labels);
      Tensor output = net.forward(x, ctx);
      lossSum += n * loss.evaluate(output, labels, null, ctx);
      accuracy.add(output, labels, 0);
      for (int i = 0; i < n; i++) {
        visitor.visit(from + i, labels[i], output, i);
      }
    }
    return new Evaluation(lossSum / Math.max(1, data.size()), accuracy.value());
  }
}
