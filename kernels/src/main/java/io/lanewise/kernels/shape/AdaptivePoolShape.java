package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * Geometry of one adaptive pooling: so many outputs along each axis, whatever the input's size, as
 * PyTorch defines them. Output {@code o} of {@code out} takes the inputs from {@code floor(o · in /
 * out)} to, exclusively, {@code ceil((o + 1) · in / out)}: at least one, and neighbours overlap
 * where in is no multiple of out.
 *
 * @param x [n][c] and one to three axes
 * @param y [n][c] and as many axes
 */
public record AdaptivePoolShape(Shape x, Shape y) {
  /** Validates; see the messages. */
  public AdaptivePoolShape {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    if (x.rank() < 3 || x.rank() > 5) {
      throw new IllegalArgumentException(
          "an adaptive pooling's input has a batch, channels and 1 to 3 axes, got shape " + x);
    }
    if (y.rank() != x.rank() || y.dim(0) != x.dim(0) || y.dim(1) != x.dim(1)) {
      throw new IllegalArgumentException(
          "y must have the batch, the channels and as many axes as x of shape " + x + ", got " + y);
    }
    for (int axis = 1; axis < x.rank(); axis++) {
      if (x.dim(axis) < 1 || y.dim(axis) < 1) {
        throw new IllegalArgumentException(
            "sizes beside the batch must be at least 1, got x " + x + " and y " + y);
      }
    }
  }

  /**
   * So many outputs along each axis, or the same number along all.
   *
   * @param x [n][c] and one to three axes
   */
  public static AdaptivePoolShape of(Shape x, int... out) {
    int axes = x.rank() - 2;
    if (axes >= 1 && out.length != 1 && out.length != axes) {
      throw new IllegalArgumentException(
          "the outputs of x "
              + x
              + " take one number or "
              + axes
              + ", got "
              + Arrays.toString(out));
    }
    int[] y = x.toArray();
    for (int i = 0; i < axes; i++) {
      y[i + 2] = out[out.length == 1 ? 0 : i];
    }
    return new AdaptivePoolShape(x, Shape.of(y));
  }

  /** First input of output {@code o}. */
  public static int start(int o, int in, int out) {
    return (int) ((long) o * in / out);
  }

  /** One past the last input of output {@code o}. */
  public static int end(int o, int in, int out) {
    return (int) Math.ceilDiv((o + 1L) * in, (long) out);
  }
}
