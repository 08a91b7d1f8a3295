package io.lanewise.kernels.reference;

import io.lanewise.kernels.resample.AffineGrid;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.resample.Resampling;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.resample.RoiPool;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** The reference's resampling. */
final class ReferenceResampling implements Resampling {
  @Override
  public GridSample gridSample(GridSampleShape shape) {
    return new ReferenceGridSample(shape);
  }

  @Override
  public AffineGrid affineGrid(Shape grid, boolean alignCorners) {
    return new ReferenceAffineGrid(grid, alignCorners);
  }

  @Override
  public RoiAlign roiAlign(RoiAlignShape shape) {
    return new ReferenceRoiAlign(shape);
  }

  @Override
  public RoiPool roiPool(RoiShape shape) {
    return new ReferenceRoiPool(shape);
  }

  @Override
  public Resize resize(ResizeShape shape, Layout layout) {
    return new ReferenceResize(shape, layout);
  }
}
