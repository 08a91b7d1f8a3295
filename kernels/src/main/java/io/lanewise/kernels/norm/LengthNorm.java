package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Vectors along one axis scaled to Euclidean length 1: {@code y = x · r}, {@code r = 1 / max(sqrt(Σ
 * x²), epsilon)}. PyTorch's {@code normalize}; with the least epsilon, {@link Float#MIN_NORMAL},
 * ONNX's LpNormalization with p = 2. Immutable; share it between threads.
 *
 * <p>Zeros give zeros. NaN along the axis makes all outputs there NaN; an infinity gives NaN itself
 * and 0 elsewhere. Squares are summed in float64, so that lengths neither overflow nor vanish. For
 * an empty shape nothing is written.
 */
public interface LengthNorm {
  /** Of x, y and their gradients. */
  Shape shape();

  /** Of x, y and their gradients. */
  Layout layout();

  /** Along which the vectors lie, from 0. */
  int axis();

  /** {@link #shape()} without the axis. */
  Shape statistics();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Normalises.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written; may be x itself
   * @param r {@link #statistics()} in order of memory, written; null if it is not wanted
   * @throws IllegalArgumentException if a shape or layout is another one, if tensors overlap, or if
   *     the workspace is too small
   */
  void forward(Tensor x, Tensor y, Tensor r, Workspace ws, Parallel par);

  /**
   * The gradient: {@code dx = r · (dy - y · Σ dy · y)}; {@code r · dy} where the length is not
   * above epsilon.
   *
   * @param x what {@link #forward} read, read
   * @param r from {@link #forward}, read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; may be dy itself, or x
   * @throws IllegalArgumentException as {@link #forward}
   */
  void backward(Tensor x, Tensor r, Tensor dy, Tensor dx, Workspace ws, Parallel par);

  /**
   * Checks the arguments of {@link #forward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkForward(LengthNorm op, Tensor x, Tensor y, Tensor r) {
    NormArguments.requireImages(x, "x", op.shape(), op.layout());
    NormArguments.requireImages(y, "y", op.shape(), op.layout());
    NormArguments.requireOrNull(r, "r", op.statistics());
    Tensor.requireSameOrDisjoint(y, "y", x, "x");
    NormArguments.requireApart(r, "r", x, "x", y, "y");
  }

  /**
   * Checks the arguments of {@link #backward}, as every implementation does.
   *
   * @throws IllegalArgumentException naming what was expected and what came
   */
  static void checkBackward(LengthNorm op, Tensor x, Tensor r, Tensor dy, Tensor dx) {
    NormArguments.requireImages(x, "x", op.shape(), op.layout());
    Tensor.requireShape(r, op.statistics(), "r");
    NormArguments.requireImages(dy, "dy", op.shape(), op.layout());
    NormArguments.requireImages(dx, "dx", op.shape(), op.layout());
    Tensor.requireSameOrDisjoint(dx, "dx", dy, "dy");
    Tensor.requireSameOrDisjoint(dx, "dx", x, "x");
    NormArguments.requireApart(dx, "dx", r, "r", null, "");
  }
}
