package io.lanewise.training;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Sequential;
import io.lanewise.training.data.Batches;

/**
 * How well a network does on a dataset.
 *
 * @param loss mean over the examples
 * @param accuracy share of them classified right
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
    int[] indices = Batches.inOrder(data.size());
    double lossSum = 0;
    long right = 0;
    for (int from = 0; from < data.size(); from += batchSize) {
      int n = Math.min(batchSize, data.size() - from);
      Tensor x = Tensor.zeros(data.inputShape().prepend(n));
      int[] labels = new int[n];
      data.fill(indices, from, x, labels);
      Tensor output = net.forward(x, ctx);
      lossSum += n * loss.evaluate(output, labels, null, ctx);
      right += countRight(output, labels);
      for (int i = 0; i < n; i++) {
        visitor.visit(from + i, labels[i], output, i);
      }
    }
    return new Evaluation(
        lossSum / Math.max(1, data.size()), (double) right / Math.max(1, data.size()));
  }

  /** How many rows have their greatest element (the first of equals) at their label. */
  static int countRight(Tensor output, int[] labels) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += argmax(output, i) == labels[i] ? 1 : 0;
    }
    return right;
  }

  /** Where a row of a matrix has its greatest element, the first of equals. */
  public static int argmax(Tensor output, int row) {
    int classes = output.shape().dim(1);
    int at = output.offset() + row * classes;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (output.array()[at + c] > output.array()[at + best]) {
        best = c;
      }
    }
    return best;
  }
}
