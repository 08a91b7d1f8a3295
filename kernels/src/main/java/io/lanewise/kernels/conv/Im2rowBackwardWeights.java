package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.Optional;

/** The weight gradient as a matrix product of copied windows, lanes on input channels. */
final class Im2rowBackwardWeights implements ConvAlgorithm<ConvBackwardWeights> {
  private static final int FEW_CHANNELS = 4;

  @Override
  public String name() {
    return RowsBackwardWeights.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    return Optional.empty();
  }

  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return shape.icg() < FEW_CHANNELS && options.layout() == Layout.CHANNELS_FIRST
        ? Optional.of("windows are copied in pieces of only " + shape.icg() + " channels")
        : Im2rowConv.tooLargeToReorder(shape, options);
  }

  @Override
  public ConvBackwardWeights plan(ConvShape shape, ConvOptions options, Target target) {
    return new RowsBackwardWeights(shape, options.layout(), target);
  }
}
