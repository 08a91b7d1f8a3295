package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Local response normalisation by {@link Lrn}'s numbers, over neighbouring channels or over
 * neighbouring positions of a channel, for tensors of one shape. Immutable; share it between
 * threads.
 *
 * <p>Sums are taken in float32, tap by tap. The power is taken by square roots if beta is 0.5, 0.75
 * or 1, or by Newton's kind of steps to them, within 5 ulp; otherwise as {@code e^(-beta · log s)},
 * which costs some {@code beta · |log s|} ulp more. NaN makes every output NaN whose window has it;
 * an infinity gives NaN itself and 0 in the other windows, and so does whatever has no square in
 * float32, from 1.9e19 on, but 0 itself. Squares of numbers below 1e-19 count as 0 or subnormal.
 * For an empty shape nothing is written.
 */
public interface LocalResponseNorm {
  /** Of x, y and their gradients. */
  Shape shape();

  /** Of x, y and their gradients. */
  Layout layout();

  /** Window and constants. */
  Lrn lrn();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y = x · s^-beta}, {@code s = k + alpha · Σ x²}.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written; shares no element with x
   * @throws IllegalArgumentException if a shape or layout is another one, if tensors overlap, or if
   *     the workspace is too small
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes {@code dx = dy · s^-beta - 2 · alpha · beta · x · Σ dy · x · s^(-beta-1)}, the sum
   * being over the elements whose window has this one.
   *
   * @param x what {@link #forward} read, read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; shares no element with x or dy
   * @throws IllegalArgumentException as {@link #forward}
   */
  void backward(Tensor x, Tensor dy, Tensor dx, Workspace ws, Parallel par);

  /**
   * Checks the arguments of {@link #forward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkForward(LocalResponseNorm op, Tensor x, Tensor y) {
    Tensor.requireShape(x, op.shape(), op.layout(), "x");
    Tensor.requireShape(y, op.shape(), op.layout(), "y");
    Tensor.requireDisjoint(y, "y", x, "x");
  }

  /**
   * Checks the arguments of {@link #backward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkBackward(LocalResponseNorm op, Tensor x, Tensor dy, Tensor dx) {
    Tensor.requireShape(x, op.shape(), op.layout(), "x");
    Tensor.requireShape(dy, op.shape(), op.layout(), "dy");
    Tensor.requireShape(dx, op.shape(), op.layout(), "dx");
    Tensor.requireDisjoint(dx, "dx", x, "x");
    Tensor.requireDisjoint(dx, "dx", dy, "dy");
  }
}
