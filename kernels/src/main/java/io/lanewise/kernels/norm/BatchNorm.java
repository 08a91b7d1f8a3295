package io.lanewise.kernels.norm;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Batch normalisation and an activation f, for tensors of one shape [n][c][...]: {@code y = f((x -
 * mean) · r · gamma + beta)}, {@code r = 1 / sqrt(variance + epsilon)}, mean and variance being
 * those of a channel over all images and positions (Ioffe, Szegedy, Batch Normalization, 2015,
 * algorithms 1 and 2). Immutable; share it between threads.
 *
 * <p>The variance that normalises is the mean of squares, the one that {@link RunningStatistics}
 * follows is unbiased. NaN or an infinity in a channel makes, in training, all of that channel NaN
 * before f, in inference only itself (an infinity stays one). A channel of equal elements, one
 * element among them, gives f(beta) if epsilon is not 0. Subnormal numbers count as what they are.
 * For an empty shape nothing is written.
 */
public interface BatchNorm {
  /** Of x, y and their gradients. */
  Shape shape();

  /** Of x, y and their gradients. */
  Layout layout();

  /** Added to the variance. */
  double epsilon();

  /** The f. */
  Activation activation();

  /** Scratch memory that every pass needs. */
  WorkspaceSpec workspace();

  /**
   * Normalises by the batch's own statistics: training.
   *
   * @param x {@link #shape()}, read
   * @param gamma [c], read; null for ones
   * @param beta [c], read; null for zeros
   * @param running averages to follow, read and written; null for none
   * @param y {@link #shape()}, written; may be x itself, but the backward pass reads x
   * @param mean [c], written; null if it is not wanted
   * @param r [c], written; null if it is not wanted
   * @throws IllegalArgumentException if a shape or layout is another one, if tensors overlap, or if
   *     the workspace is too small
   */
  void forward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      RunningStatistics running,
      Tensor y,
      Tensor mean,
      Tensor r,
      Workspace ws,
      Parallel par);

  /**
   * Normalises by statistics that were collected before: inference.
   *
   * @param x {@link #shape()}, read
   * @param gamma [c], read; null for ones
   * @param beta [c], read; null for zeros
   * @param mean [c], read
   * @param variance [c], read; at least 0
   * @param y {@link #shape()}, written; may be x itself
   * @throws IllegalArgumentException as {@link #forward}
   */
  void infer(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      Tensor y,
      Workspace ws,
      Parallel par);

  /**
   * The gradients of {@link #forward}, the statistics being functions of x. What f was applied to
   * is computed anew from x.
   *
   * @param x what {@link #forward} read, read
   * @param gamma as in {@link #forward}, read; null for ones
   * @param beta as in {@link #forward}, read; null for zeros
   * @param mean from {@link #forward}, read
   * @param r from {@link #forward}, read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; may be dy itself, or x
   * @param dgamma [c], added to; null if it is not wanted
   * @param dbeta [c], added to; null if it is not wanted
   * @throws IllegalArgumentException as {@link #forward}
   */
  void backward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par);

  /**
   * The gradients of {@link #infer}, mean and variance being constants, as in a network that is
   * tuned with frozen statistics: {@code dx = g · gamma / sqrt(variance + epsilon)}, {@code dgamma
   * += Σ g · (x - mean) / sqrt(variance + epsilon)}, {@code dbeta += Σ g}, g being dy times f's
   * slope. NaN or an infinity in x reaches dx by that slope alone, and its channel's dgamma.
   *
   * @param x what {@link #infer} read, read
   * @param gamma as in {@link #infer}, read; null for ones
   * @param beta as in {@link #infer}, read; null for zeros
   * @param mean as in {@link #infer}, read
   * @param variance as in {@link #infer}, read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; may be dy itself, or x
   * @param dgamma [c], added to; null if it is not wanted
   * @param dbeta [c], added to; null if it is not wanted
   * @throws IllegalArgumentException as {@link #forward}
   */
  void inferBackward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
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
      BatchNorm op,
      Tensor x,
      Tensor gamma,
      Tensor beta,
      RunningStatistics running,
      Tensor y,
      Tensor mean,
      Tensor r) {
    Tensor first = running == null ? null : running.mean();
    Tensor second = running == null ? null : running.variance();
    requireSame(op, x, "x", gamma, beta, y, "y", mean, r);
    NormArguments.requireVectorOrNull(first, "the running mean", op.shape().dim(1));
    NormArguments.requireVectorOrNull(second, "the running variance", op.shape().dim(1));
    String name = "the running mean";
    for (int i = 0; i < 2; i++) {
      Tensor t = i == 0 ? first : second;
      NormArguments.requireApart(t, name, x, "x", y, "y");
      NormArguments.requireApart(t, name, gamma, "gamma", beta, "beta");
      NormArguments.requireApart(t, name, mean, "mean", r, "r");
      name = "the running variance";
    }
    NormArguments.requireApart(second, name, first, "the running mean", null, "");
    NormArguments.requireApart(mean, "mean", x, "x", y, "y");
    NormArguments.requireApart(mean, "mean", gamma, "gamma", beta, "beta");
    NormArguments.requireApart(r, "r", x, "x", y, "y");
    NormArguments.requireApart(r, "r", gamma, "gamma", beta, "beta");
    NormArguments.requireApart(r, "r", mean, "mean", null, "");
  }

  private static void requireSame(
      BatchNorm op,
      Tensor x,
      String xName,
      Tensor gamma,
      Tensor beta,
      Tensor y,
      String yName,
      Tensor mean,
      Tensor r) {
    int c = op.shape().dim(1);
    NormArguments.requireImages(x, xName, op.shape(), op.layout());
    NormArguments.requireImages(y, yName, op.shape(), op.layout());
    NormArguments.requireVectorOrNull(gamma, "gamma", c);
    NormArguments.requireVectorOrNull(beta, "beta", c);
    NormArguments.requireVectorOrNull(mean, "mean", c);
    NormArguments.requireVectorOrNull(r, "r", c);
    Tensor.requireSameOrDisjoint(y, yName, x, xName);
    NormArguments.requireApart(y, yName, gamma, "gamma", beta, "beta");
  }

  /**
   * Checks the arguments of {@link #infer}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkInfer(
      BatchNorm op, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
    requireSame(op, x, "x", gamma, beta, y, "y", null, null);
    Tensor.requireVector(mean, op.shape().dim(1), "mean");
    Tensor.requireVector(variance, op.shape().dim(1), "variance");
    NormArguments.requireApart(y, "y", mean, "mean", variance, "variance");
  }

  /**
   * Checks the arguments of {@link #backward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkBackward(
      BatchNorm op,
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    checkGradients(op, x, gamma, beta, mean, r, "r", dy, dx, dgamma, dbeta);
  }

  /**
   * Checks the arguments of {@link #inferBackward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkInferBackward(
      BatchNorm op,
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    checkGradients(op, x, gamma, beta, mean, variance, "variance", dy, dx, dgamma, dbeta);
  }

  private static void checkGradients(
      BatchNorm op,
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor spread,
      String spreadName,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    NormArguments.requireImages(dy, "dy", op.shape(), op.layout());
    requireSame(op, x, "x", gamma, beta, dx, "dx", null, null);
    Tensor.requireVector(mean, op.shape().dim(1), "mean");
    Tensor.requireVector(spread, op.shape().dim(1), spreadName);
    NormArguments.requireVectorOrNull(dgamma, "dgamma", op.shape().dim(1));
    NormArguments.requireVectorOrNull(dbeta, "dbeta", op.shape().dim(1));
    NormArguments.requireGradients(x, gamma, mean, spread, spreadName, dy, dx, dgamma, dbeta);
    NormArguments.requireApart(dgamma, "dgamma", beta, "beta", null, "");
    NormArguments.requireApart(dbeta, "dbeta", beta, "beta", null, "");
  }
}
