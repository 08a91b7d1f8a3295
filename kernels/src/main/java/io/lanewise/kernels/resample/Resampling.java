package io.lanewise.kernels.resample;

import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** Plans operations that read an image between its pixels. Immutable; share it between threads. */
public interface Resampling {
  /** Resize of channels-first tensors. */
  default Resize resize(ResizeShape shape) {
    return resize(shape, Layout.CHANNELS_FIRST);
  }

  /** Reads images at positions that are data. */
  GridSample gridSample(GridSampleShape shape);

  /**
   * The positions that an affine map reads.
   *
   * @param grid [n][oh][ow][2] or [n][od][oh][ow][3]
   * @param alignCorners whether -1 and 1 are the outermost pixels' middles; otherwise their edges
   * @throws IllegalArgumentException if the grid has another shape
   */
  AffineGrid affineGrid(Shape grid, boolean alignCorners);

  /** Regions of images, by bilinear samples. */
  RoiAlign roiAlign(RoiAlignShape shape);

  /** Regions of images, by their greatest pixels. */
  RoiPool roiPool(RoiShape shape);

  /** Resize: nearest, linear or cubic, of sequences, images or volumes. */
  Resize resize(ResizeShape shape, Layout layout);
}
