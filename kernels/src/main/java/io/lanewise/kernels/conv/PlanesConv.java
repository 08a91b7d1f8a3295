package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.Optional;

/** Depthwise convolution of channels-first images, plane by plane, lanes on columns. */
final class PlanesConv implements ConvAlgorithm<ConvForward> {
  private static final int MOST_COPIED = 1 << 20; // floats
  private static final int SMALL_WINDOW = 9;
  private static final int FEW_COLUMNS = 12;
  private static final int FEW_COLUMNS_OF_LARGE = 24;

  @Override
  public String name() {
    return PlanesForward.NAME;
  }

  @Override
  public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
    if (options.layout() != Layout.CHANNELS_FIRST) {
      return Optional.of("reads and writes " + Layout.CHANNELS_FIRST + " only");
    }
    if (shape.rank() == 3) {
      return Optional.of("computes lines and planes, not volumes");
    }
    if (shape.strideW() != 1) {
      return Optional.of("lanes lie on columns of outputs, which must read columns side by side");
    }
    long floats = PlanesForward.leastCopy(shape);
    return floats > MOST_COPIED
        ? Optional.of("windows reach so far that a row of outputs reads " + floats + " floats")
        : DepthwiseConv.notDepthwise(shape);
  }

  /** The limit is not the machine's number of lanes, so that all machines take the same plan. */
  @Override
  public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    boolean small = shape.kh() * shape.kw() <= SMALL_WINDOW;
    return shape.ow() < (small ? FEW_COLUMNS : FEW_COLUMNS_OF_LARGE)
        ? Optional.of("lanes lie on columns of outputs, of which there are only " + shape.ow())
        : Optional.empty();
  }

  @Override
  public ConvForward plan(ConvShape shape, ConvOptions options, Target target) {
    return new PlanesForward(shape, target);
  }
}
