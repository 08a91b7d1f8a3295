package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/** 1x1 convolution as one matrix product on pixels where they lie. */
final class PointwiseConv implements CoreConv {
  @Override
  public String name() {
    return RowsForward.POINTWISE;
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    return RowsForward.rowsLieInX(shape)
        ? Optional.empty()
        : Optional.of("the kernel is not 1x1 without stride and padding");
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return Im2rowConv.lanesIdle(shape, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new RowsForward(shape, target);
  }
}
