package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.Optional;

/** Any convolution as a matrix product of copied windows, lanes on output channels. */
final class Im2rowConv implements CoreConv {
  private static final int FEW_CHANNELS = 16;
  private static final int MOST_FLOATS = 1 << 25;

  @Override
  public String name() {
    return RowsForward.IM2ROW;
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    return RowsForward.rowsLieInX(shape)
        ? Optional.of("the rows lie in x already: that is pointwise")
        : Optional.empty();
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return lanesIdle(shape, options);
  }

  @Override
  public ForwardCore core(ConvShape shape, Target target) {
    return new RowsForward(shape, target);
  }

  /**
   * With few output channels im2col, whose lanes lie on pixels, keeps more of them busy. The limit
   * is not the machine's number of lanes: both sum in another order, and bits may not depend on it.
   */
  static Optional<String> lanesIdle(ConvShape shape, ConvOptions options) {
    if (shape.ocg() < FEW_CHANNELS && options.layout() == Layout.CHANNELS_FIRST) {
      return Optional.of("lanes lie on output channels, of which a group has only " + shape.ocg());
    }
    return tooLargeToReorder(shape, options);
  }

  /** An image that would be reordered should not need memory that nobody expects. */
  static Optional<String> tooLargeToReorder(ConvShape shape, ConvOptions options) {
    ConvShape one = shape.withBatch(1);
    long floats = (long) one.x().size() + one.y().size();
    return floats > MOST_FLOATS && options.layout() == Layout.CHANNELS_FIRST
        ? Optional.of("reordering an image would take " + floats + " floats of scratch memory")
        : Optional.empty();
  }
}
