package io.lanewise.kernels.pool;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** {@link Pooling} on a target's kernels. */
public final class KernelPooling implements Pooling {
  private final Target target;

  /** For a machine and its kernels. */
  public KernelPooling(Target target) {
    this.target = target;
  }

  @Override
  public MaxPool max(PoolShape shape, Layout layout) {
    return new KernelMaxPool(shape, layout, target);
  }

  @Override
  public AvgPool average(PoolShape shape, boolean countsPadding, Layout layout) {
    return new KernelAvgPool(shape, countsPadding, layout, target);
  }

  @Override
  public LpPool lp(PoolShape shape, double p, Layout layout) {
    return new KernelLpPool(shape, p, layout, target);
  }

  @Override
  public AdaptiveMaxPool adaptiveMax(AdaptivePoolShape shape, Layout layout) {
    return new KernelAdaptiveMaxPool(shape, layout, target);
  }

  @Override
  public AdaptiveAvgPool adaptiveAverage(AdaptivePoolShape shape, Layout layout) {
    return new KernelAdaptiveAvgPool(shape, layout, target);
  }

  @Override
  public MaxUnpool maxUnpool(Shape x, Shape y, Layout layout) {
    return new KernelMaxUnpool(x, y, layout);
  }
}
