package io.lanewise.kernels.dropout;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** {@link Dropouts} on a target's kernels. */
public record KernelDropouts(Target target) implements Dropouts {
  @Override
  public Dropout dropout(Shape shape, Layout layout, double rate) {
    return new KernelDropout(shape, layout, rate, DropoutFactors.plain(rate), target);
  }

  @Override
  public Dropout spatialDropout(Shape shape, Layout layout, double rate) {
    return new KernelSpatialDropout(shape, layout, rate, target);
  }

  @Override
  public Dropout alphaDropout(Shape shape, Layout layout, double rate) {
    return new KernelDropout(shape, layout, rate, DropoutFactors.alpha(rate), target);
  }

  @Override
  public RandomFill randomFill() {
    return new KernelRandomFill(target);
  }
}
