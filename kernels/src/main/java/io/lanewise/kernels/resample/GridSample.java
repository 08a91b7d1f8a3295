package io.lanewise.kernels.resample;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Grid sampling, forward and backward: reads an image at positions that are themselves data
 * (Jaderberg et al., Spatial Transformer Networks, NeurIPS 2015, §3.3). A coordinate that is NaN
 * counts as -1, one that is infinite as a very far one. Inputs of weight 0 are not read, so an
 * infinite or NaN input shows only where it is interpolated. At the kinks of the interpolation the
 * gradient by the grid is that of the side of larger coordinates; where border or reflection have
 * moved a coordinate to the image's end it is 0; of nearest sampling it is 0 everywhere. Nearest
 * rounds halves to even. Immutable; share it between threads.
 */
public interface GridSample {
  /** What it computes. */
  GridSampleShape shape();

  /** Scratch memory of every direction. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][o] = } x[img][c] at grid[img][o].
   *
   * @param x of {@link GridSampleShape#x}, read
   * @param grid of {@link GridSampleShape#grid}, read
   * @param y of {@link GridSampleShape#y}, written; may share elements with neither
   */
  void forward(Tensor x, Tensor grid, Tensor y, Workspace ws, Parallel par);

  /**
   * The gradient by x: {@code dx[img][c][i] = Σ weights · dy[img][c][o]}, outputs in order.
   *
   * @param dy of {@link GridSampleShape#y}, read
   * @param grid of {@link GridSampleShape#grid}, read
   * @param dx of {@link GridSampleShape#x}, written; may share elements with neither
   */
  void backwardImage(Tensor dy, Tensor grid, Tensor dx, Workspace ws, Parallel par);

  /**
   * The gradient by the grid: {@code dgrid[img][o][a] = Σ over c of dy[img][c][o] · ∂y/∂grid},
   * channels in order.
   *
   * @param dy of {@link GridSampleShape#y}, read
   * @param x of {@link GridSampleShape#x}, read
   * @param grid of {@link GridSampleShape#grid}, read
   * @param dgrid of {@link GridSampleShape#grid}, written; may share elements with none
   */
  void backwardGrid(Tensor dy, Tensor x, Tensor grid, Tensor dgrid, Workspace ws, Parallel par);
}
