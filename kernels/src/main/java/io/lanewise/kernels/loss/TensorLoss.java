package io.lanewise.kernels.loss;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A loss against a tensor of x's shape, for one shape; {@link Losses} has the formulas. Immutable;
 * share it between threads.
 */
public interface TensorLoss {
  /** Of x, target and dx. */
  Shape shape();

  /** The order of x, target and dx. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** Of loss and dloss: the terms', or [] if they are reduced. */
  Shape lossShape();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes the loss.
   *
   * @param x {@link #shape()}, read
   * @param target {@link #shape()}, read
   * @param loss {@link #lossShape()}, channels first, written; may not share elements with x or
   *     target
   */
  void forward(Tensor x, Tensor target, Tensor loss, Workspace ws, Parallel par);

  /**
   * Computes {@code dx = Σ dloss · ∂loss/∂x}.
   *
   * @param x {@link #shape()}, read
   * @param target {@link #shape()}, read
   * @param dloss {@link #lossShape()}, channels first, read
   * @param dx {@link #shape()}, written; may be x itself, but may not share elements with target or
   *     dloss
   */
  void backward(Tensor x, Tensor target, Tensor dloss, Tensor dx, Workspace ws, Parallel par);

  /** Checks what {@link #forward} is given, once for all implementations. */
  static void requireForward(TensorLoss plan, Tensor x, Tensor target, Tensor loss) {
    requireShape(x, plan.shape(), plan.layout(), "x");
    requireShape(target, plan.shape(), plan.layout(), "target");
    requireShape(loss, plan.lossShape(), "loss");
    requireDisjoint(loss, "loss", x, "x");
    requireDisjoint(loss, "loss", target, "target");
  }

  /** Checks what {@link #backward} is given, once for all implementations. */
  static void requireBackward(TensorLoss plan, Tensor x, Tensor target, Tensor dloss, Tensor dx) {
    requireShape(x, plan.shape(), plan.layout(), "x");
    requireShape(target, plan.shape(), plan.layout(), "target");
    requireShape(dloss, plan.lossShape(), "dloss");
    requireShape(dx, plan.shape(), plan.layout(), "dx");
    requireSameOrDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", target, "target");
    requireDisjoint(dx, "dx", dloss, "dloss");
  }
}
