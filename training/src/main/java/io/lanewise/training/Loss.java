package io.lanewise.training;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;

/** What training makes small. Without state; share it between threads. */
@FunctionalInterface
public interface Loss {
  /**
   * Computes the mean loss of a batch and its gradient.
   *
   * @param output [n][classes], the network's output, read
   * @param labels n class numbers, read
   * @param dOutput output's shape, written: the mean loss' gradient; null to leave it out
   * @return the mean loss
   */
  double evaluate(Tensor output, int[] labels, Tensor dOutput, Context ctx);

  /** Softmax, then {@code -log} of the right class' probability. */
  static Loss crossEntropy() {
    return (output, labels, dOutput, ctx) -> {
      var op = ctx.backend().softmaxCrossEntropy();
      Tensor probabilities = dOutput == null ? Tensor.zeros(output.shape()) : dOutput;
      Tensor losses = Tensor.zeros(labels.length);
      double loss = op.forward(output, labels, losses, probabilities, ctx.parallel());
      if (dOutput != null) {
        op.backward(probabilities, labels, dOutput, ctx.parallel());
      }
      return loss;
    };
  }
}
