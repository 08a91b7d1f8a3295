package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/**
 * Geometry of grid sampling: PyTorch's grid_sample, ONNX's GridSample. Tensors: x [n][c][ih][iw],
 * grid [n][oh][ow][2] with (x, y) of each output, y [n][c][oh][ow]; or x [n][c][id][ih][iw], grid
 * [n][od][oh][ow][3] with (x, y, z), y [n][c][od][oh][ow]. -1 and 1 are the image's ends.
 *
 * @param x shape of x
 * @param grid shape of the grid
 * @param interpolation how pixels are combined; cubic (a = -0.75) for images only
 * @param padding what lies outside
 * @param alignCorners whether the ends are the outermost pixels' middles; otherwise their edges
 */
public record GridSampleShape(
    Shape x, Shape grid, Interpolation interpolation, GridPadding padding, boolean alignCorners) {
  /** Validates; see the messages. */
  public GridSampleShape {
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(padding, "padding");
    if (x.rank() != 4 && x.rank() != 5) {
      throw new IllegalArgumentException("grid sampling needs 4 or 5 axes, got x " + x);
    }
    int axes = x.rank() - 2;
    if (grid.rank() != x.rank() || grid.dim(0) != x.dim(0) || grid.dim(-1) != axes) {
      throw new IllegalArgumentException(
          "the grid for x %s must be [%d] and %d sizes and [%d], got %s"
              .formatted(x, x.dim(0), axes, axes, grid));
    }
    for (int axis = 0; axis < axes; axis++) {
      if (x.dim(axis + 2) < 1) {
        throw new IllegalArgumentException("spatial sizes must be at least 1, got x " + x);
      }
    }
    if (interpolation == Interpolation.CUBIC && axes != 2) {
      throw new IllegalArgumentException("cubic grid sampling is for images, got x " + x);
    }
  }

  /** Number of spatial axes. */
  public int axes() {
    return x.rank() - 2;
  }

  /** Inputs along spatial axis {@code axis}. */
  public int in(int axis) {
    return x.dim(axis + 2);
  }

  /** Shape of y. */
  public Shape y() {
    int[] dims = x.toArray();
    for (int axis = 0; axis < axes(); axis++) {
      dims[axis + 2] = grid.dim(axis + 1);
    }
    return Shape.of(dims);
  }
}
