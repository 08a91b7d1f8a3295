package io.lanewise.kernels.loss;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A loss against class numbers, one a row or position; {@link Losses} has the formulas. Immutable;
 * share it between threads.
 */
public interface LabelLoss {
  /** Of x and dx: [n][classes], or [n][classes][d1].. with a label for each position. */
  Shape shape();

  /** Layout, smoothing, weights and the label to pass over. */
  LabelOptions options();

  /** Of loss and dloss: the labels', [n][d1].., or [] if the terms are reduced. */
  Shape lossShape();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes the loss.
   *
   * @param x {@link #shape()} in the options' layout, read
   * @param labels n · d1 · .. class numbers, read
   * @param loss {@link #lossShape()}, written; may not share elements with x
   * @throws IllegalArgumentException if a label is neither a class number nor the one to pass over
   */
  void forward(Tensor x, int[] labels, Tensor loss, Workspace ws, Parallel par);

  /**
   * Computes {@code dx = Σ dloss · ∂loss/∂x}.
   *
   * @param x {@link #shape()} in the options' layout, read
   * @param labels as in {@link #forward}, read
   * @param dloss {@link #lossShape()}, read
   * @param dx {@link #shape()} in the options' layout, written; may be x itself, but may not share
   *     elements with dloss
   */
  void backward(Tensor x, int[] labels, Tensor dloss, Tensor dx, Workspace ws, Parallel par);

  /** Checks what {@link #forward} is given, once for all implementations. */
  static void requireForward(LabelLoss plan, Tensor x, int[] labels, Tensor loss) {
    requireShape(x, plan.shape(), plan.options().layout(), "x");
    requireShape(loss, plan.lossShape(), "loss");
    requireDisjoint(loss, "loss", x, "x");
    requireLabels(plan, labels);
  }

  /** Checks what {@link #backward} is given, once for all implementations. */
  static void requireBackward(LabelLoss plan, Tensor x, int[] labels, Tensor dloss, Tensor dx) {
    requireShape(x, plan.shape(), plan.options().layout(), "x");
    requireShape(dloss, plan.lossShape(), "dloss");
    requireShape(dx, plan.shape(), plan.options().layout(), "dx");
    requireSameOrDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", dloss, "dloss");
    requireLabels(plan, labels);
  }

  private static void requireLabels(LabelLoss plan, int[] labels) {
    int classes = plan.shape().dim(1);
    int count = plan.shape().size() / Math.max(1, classes);
    if (labels.length != count) {
      throw new IllegalArgumentException(
          "there must be " + count + " labels for x " + plan.shape() + ", got " + labels.length);
    }
    int passOver = plan.options().passOver();
    for (int i = 0; i < count; i++) {
      if ((labels[i] < 0 || labels[i] >= classes) && labels[i] != passOver) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " at " + i + " is not in [0, " + classes + ")");
      }
    }
  }
}
