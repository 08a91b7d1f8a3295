package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A normalisation of groups of elements of one input, for tensors of one shape: {@code y = (x -
 * mean) · r · gamma + beta}, mean and r being statistics of the group. Which elements are a group,
 * and what r is, {@link Normalisations} says. Immutable; share it between threads.
 *
 * <p>NaN in a group makes all of its outputs NaN, and no others; so does an infinity, but where the
 * mean is left in it gives NaN itself and 0 elsewhere (times gamma, plus beta). A group of equal
 * elements gives beta if the mean is taken out and epsilon is not 0. Subnormal numbers count as
 * what they are. For an empty shape nothing is written.
 */
public interface Norm {
  /** Of x, y and their gradients. */
  Shape shape();

  /** Of x, y and their gradients. */
  Layout layout();

  /** Of gamma, beta and their gradients. */
  Shape parameters();

  /** Of mean and r: an element for each group. */
  Shape statistics();

  /**
   * False if the mean is left in: then it counts as 0, and where it is asked for it must be null.
   */
  boolean isCentred();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Normalises.
   *
   * @param x {@link #shape()}, read
   * @param gamma {@link #parameters()}, read; null for ones
   * @param beta {@link #parameters()}, read; null for zeros
   * @param y {@link #shape()}, written; may be x itself
   * @param mean {@link #statistics()}, written; null if it is not wanted, or not {@link
   *     #isCentred()}
   * @param r {@link #statistics()}, written; null if it is not wanted
   * @throws IllegalArgumentException if a shape or layout is another one, if tensors overlap, or if
   *     the workspace is too small
   */
  void forward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor y,
      Tensor mean,
      Tensor r,
      Workspace ws,
      Parallel par);

  /**
   * The gradients of x, gamma and beta.
   *
   * @param x what {@link #forward} read, read
   * @param gamma as in {@link #forward}, read; null for ones
   * @param mean from {@link #forward}, read; null if not {@link #isCentred()}
   * @param r from {@link #forward}, read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; may be dy itself, or x
   * @param dgamma {@link #parameters()}, added to; null if it is not wanted
   * @param dbeta {@link #parameters()}, added to; null if it is not wanted
   * @throws IllegalArgumentException as {@link #forward}
   */
  void backward(
      Tensor x,
      Tensor gamma,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par);

  /**
   * Checks the arguments of {@link #forward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkForward(
      Norm op, Tensor x, Tensor gamma, Tensor beta, Tensor y, Tensor mean, Tensor r) {
    NormArguments.requireImages(x, "x", op.shape(), op.layout());
    NormArguments.requireImages(y, "y", op.shape(), op.layout());
    NormArguments.requireOrNull(gamma, "gamma", op.parameters());
    NormArguments.requireOrNull(beta, "beta", op.parameters());
    NormArguments.requireMean(mean, op, false);
    NormArguments.requireOrNull(r, "r", op.statistics());
    Tensor.requireSameOrDisjoint(y, "y", x, "x");
    NormArguments.requireApart(y, "y", gamma, "gamma", beta, "beta");
    NormArguments.requireApart(mean, "mean", x, "x", y, "y");
    NormArguments.requireApart(mean, "mean", gamma, "gamma", beta, "beta");
    NormArguments.requireApart(r, "r", x, "x", y, "y");
    NormArguments.requireApart(r, "r", gamma, "gamma", beta, "beta");
    NormArguments.requireApart(r, "r", mean, "mean", null, "");
  }

  /**
   * Checks the arguments of {@link #backward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkBackward(
      Norm op,
      Tensor x,
      Tensor gamma,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    NormArguments.requireImages(x, "x", op.shape(), op.layout());
    NormArguments.requireImages(dy, "dy", op.shape(), op.layout());
    NormArguments.requireImages(dx, "dx", op.shape(), op.layout());
    NormArguments.requireOrNull(gamma, "gamma", op.parameters());
    NormArguments.requireMean(mean, op, true);
    Tensor.requireShape(r, op.statistics(), "r");
    NormArguments.requireOrNull(dgamma, "dgamma", op.parameters());
    NormArguments.requireOrNull(dbeta, "dbeta", op.parameters());
    NormArguments.requireGradients(x, gamma, mean, r, "r", dy, dx, dgamma, dbeta);
  }
}
