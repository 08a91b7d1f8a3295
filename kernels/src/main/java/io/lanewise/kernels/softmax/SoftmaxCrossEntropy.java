package io.lanewise.kernels.softmax;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Softmax and cross-entropy against class numbers in one step, which is exact where the two apart
 * would overflow or cancel.
 */
public interface SoftmaxCrossEntropy {
  /**
   * Computes the loss of each row, {@code log Σ exp(x[i][c]) - x[i][label[i]]}, and returns their
   * mean.
   *
   * @param logits [n][classes], read
   * @param labels n class numbers, read
   * @param losses [n], written; may not share elements with logits or probabilities
   * @param probabilities [n][classes], written: the softmax; may be logits itself
   * @return the mean loss, summed in float64 in the order of the rows; 0 of no rows
   * @throws IllegalArgumentException if a label is not a class number
   */
  double forward(Tensor logits, int[] labels, Tensor losses, Tensor probabilities, Parallel par);

  /**
   * Computes the mean loss' gradient: {@code dx[i][c] = (probabilities[i][c] - [c = label[i]]) /
   * n}.
   *
   * @param probabilities from {@link #forward}, read
   * @param labels n class numbers, read
   * @param dx [n][classes], written; may be probabilities itself
   */
  void backward(Tensor probabilities, int[] labels, Tensor dx, Parallel par);

  /** Checks the arguments' shapes and labels, once for all implementations. */
  static void requireLabels(Tensor rows, int[] labels) {
    if (rows.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "logits must have shape [n, classes], got " + rows.shape());
    }
    int n = rows.shape().dim(0);
    int classes = rows.shape().dim(1);
    if (labels.length != n) {
      throw new IllegalArgumentException(
          "there must be one label a row: " + n + " rows, got " + labels.length + " labels");
    }
    for (int i = 0; i < n; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " of row " + i + " is not in [0, " + classes + ")");
      }
    }
  }
}
