package io.lanewise.kernels.activation;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.kernels.tensor.Tensor.requireVector;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * ReLU whose slope below 0 is learned, one for each channel or one for all (He et al., Delving Deep
 * into Rectifiers, 2015, §2.1). NaN gives NaN, -0 and 0 give themselves times the slope, an
 * infinite x with slope 0 NaN. Immutable; share it between threads.
 */
public interface PRelu {
  /** Of x and y: [n][c].. for one slope a channel, any shape for one in all. */
  Shape shape();

  /** The order of x and y. */
  Layout layout();

  /** Number of slopes: c, or 1. */
  int slopes();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y = x > 0 ? x : slope[c] · x}.
   *
   * @param x {@link #shape()}, read
   * @param slope [{@link #slopes()}], read
   * @param y {@link #shape()}, written; may be x itself, but may not share elements with slope
   */
  void forward(Tensor x, Tensor slope, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes {@code dx = x > 0 ? dy : slope[c] · dy} and {@code dslope[c] += Σ over x <= 0 of x ·
   * dy}.
   *
   * @param x {@link #shape()}, read
   * @param slope [{@link #slopes()}], read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; may be x or dy itself, but may not share elements with
   *     slope
   * @param dslope [{@link #slopes()}], added to; may not share elements with any other
   */
  void backward(
      Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope, Workspace ws, Parallel par);

  /** Checks what {@link #forward} is given, once for all implementations. */
  static void requireForward(PRelu plan, Tensor x, Tensor slope, Tensor y) {
    requireShape(x, plan.shape(), plan.layout(), "x");
    requireVector(slope, plan.slopes(), "slope");
    requireShape(y, plan.shape(), plan.layout(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", slope, "slope");
  }

  /** Checks what {@link #backward} is given, once for all implementations. */
  static void requireBackward(
      PRelu plan, Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope) {
    requireShape(x, plan.shape(), plan.layout(), "x");
    requireVector(slope, plan.slopes(), "slope");
    requireShape(dy, plan.shape(), plan.layout(), "dy");
    requireShape(dx, plan.shape(), plan.layout(), "dx");
    requireVector(dslope, plan.slopes(), "dslope");
    requireSameOrDisjoint(dx, "dx", x, "x");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireDisjoint(dx, "dx", slope, "slope");
    requireDisjoint(dslope, "dslope", x, "x");
    requireDisjoint(dslope, "dslope", slope, "slope");
    requireDisjoint(dslope, "dslope", dy, "dy");
    requireDisjoint(dslope, "dslope", dx, "dx");
  }

  /**
   * Checks a plan's shape.
   *
   * @throws IllegalArgumentException if there are neither 1 nor as many slopes as channels, or if a
   *     shape without channels is to have them last
   */
  static void requireSlopes(Shape shape, Layout layout, int slopes) {
    boolean channels = shape.rank() >= 2;
    if (!channels && layout == Layout.CHANNELS_LAST) {
      throw new IllegalArgumentException("shape " + shape + " has no channels to be last");
    }
    if (slopes != 1 && !(channels && slopes == shape.dim(1))) {
      throw new IllegalArgumentException(
          "there must be 1 slope"
              + (channels ? " or " + shape.dim(1) + ", one a channel of " : " for ")
              + shape
              + ", got "
              + slopes);
    }
  }
}
