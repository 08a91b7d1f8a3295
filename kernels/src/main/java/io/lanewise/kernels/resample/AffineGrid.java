package io.lanewise.kernels.resample;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The grid of an affine map for {@link GridSample}: PyTorch's affine_grid, ONNX's AffineGrid. Sums
 * are in float64 and rounded once. Special values follow from the sums. Immutable; share it between
 * threads.
 */
public interface AffineGrid {
  /** [n][oh][ow][2] or [n][od][oh][ow][3]. */
  Shape grid();

  /** Whether -1 and 1 are the outermost pixels' middles; otherwise their edges. */
  boolean alignCorners();

  /** [n][2][3] or [n][3][4]. */
  default Shape theta() {
    int axes = grid().dim(-1);
    return Shape.of(grid().dim(0), axes, axes + 1);
  }

  /**
   * Computes {@code grid[img][o][a] = Σ over b of theta[img][a][b] · position[o][b] +
   * theta[a][last]}.
   *
   * @param theta {@link #theta()}, read
   * @param grid {@link #grid()}, written; may not share elements with theta
   */
  void forward(Tensor theta, Tensor grid, Parallel par);

  /**
   * Computes {@code dtheta[img][a][b] = Σ over o of dgrid[img][o][a] · position[o][b]}.
   *
   * @param dgrid {@link #grid()}, read
   * @param dtheta {@link #theta()}, written; may not share elements with dgrid
   */
  void backward(Tensor dgrid, Tensor dtheta, Parallel par);

  /**
   * Checks a grid's shape.
   *
   * @throws IllegalArgumentException if it is not [n][oh][ow][2] or [n][od][oh][ow][3]
   */
  static void requireGrid(Shape grid) {
    if ((grid.rank() != 4 && grid.rank() != 5) || grid.dim(-1) != grid.rank() - 2) {
      throw new IllegalArgumentException(
          "a grid must be [n][oh][ow][2] or [n][od][oh][ow][3], got " + grid);
    }
  }

  /** Where output {@code o} of {@code size} lies between -1 and 1; 0 of a single one. */
  static double position(int o, int size, boolean alignCorners) {
    if (size == 1) {
      return 0;
    }
    return alignCorners ? 2.0 * o / (size - 1) - 1 : (2.0 * o + 1) / size - 1;
  }
}
