package io.lanewise.kernels.resample;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** {@link Resampling} on a target's kernels. */
public record KernelResampling(Target target) implements Resampling {
  @Override
  public GridSample gridSample(GridSampleShape shape) {
    return new KernelGridSample(shape, target);
  }

  @Override
  public AffineGrid affineGrid(Shape grid, boolean alignCorners) {
    return new KernelAffineGrid(grid, alignCorners);
  }

  @Override
  public RoiAlign roiAlign(RoiAlignShape shape) {
    return new KernelRoiAlign(shape, target);
  }

  @Override
  public RoiPool roiPool(RoiShape shape) {
    return new KernelRoiPool(shape);
  }

  @Override
  public Resize resize(ResizeShape shape, Layout layout) {
    return new KernelResize(shape, layout, target);
  }
}
