package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Where images are read between their pixels, the same for all contenders. */
public final class ResampleOperands {
  private static final double ANGLE = 0.1;

  private ResampleOperands() {}

  /** Twice as high and wide. */
  public static ResizeShape resize(Task task) {
    boolean linear = task.op() == Op.RESIZE_LINEAR;
    return ResizeShape.of(task.sizes().toArray())
        .scales(2, 2)
        .by(linear ? Interpolation.LINEAR : Interpolation.NEAREST)
        .coordinates(linear ? ResizeCoordinates.HALF_PIXEL : ResizeCoordinates.ASYMMETRIC)
        .build();
  }

  /** [n][h][w] places of the pixels of each image, turned about its middle. */
  public static Tensor grid(Shape s) {
    Tensor grid = Tensor.zeros(s.dim(0), s.dim(2), s.dim(3), 2);
    float[] places = grid.array();
    int at = 0;
    for (int img = 0; img < s.dim(0); img++) {
      for (int iy = 0; iy < s.dim(2); iy++) {
        for (int ix = 0; ix < s.dim(3); ix++) {
          double h = (2 * iy + 1.0) / s.dim(2) - 1;
          double w = (2 * ix + 1.0) / s.dim(3) - 1;
          places[at++] = (float) (Math.cos(ANGLE) * w - Math.sin(ANGLE) * h);
          places[at++] = (float) (Math.sin(ANGLE) * w + Math.cos(ANGLE) * h);
        }
      }
    }
    return grid;
  }
}
