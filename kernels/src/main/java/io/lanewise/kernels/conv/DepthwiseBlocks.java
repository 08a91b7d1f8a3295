package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether convolutions around a depthwise one are computed together. */
public final class DepthwiseBlocks {
  /** Operations for each byte between, beyond which fetching it back is little beside them. */
  private static final int MOST_INTENSITY = 60;

  private DepthwiseBlocks() {}

  /**
   * A plan for the whole block.
   *
   * @param options for each convolution; the layout is channels last
   * @return empty if it does not pay, or the convolutions are not computed pixel by pixel and
   *     depthwise
   */
  public static Optional<DepthwiseBlock> plan(
      DepthwiseBlockShape shape, ConvOptions options, Target target) {
    return pays(shape, target.machine().l2Bytes())
        ? planAlways(shape, options, target)
        : Optional.empty();
  }

  /** As {@link #plan}, whether it pays or not. */
  static Optional<DepthwiseBlock> planAlways(
      DepthwiseBlockShape shape, ConvOptions options, Target target) {
    ConvOptions last = options.layout(Layout.CHANNELS_LAST);
    List<ChannelsLastForward> plans = new ArrayList<>();
    for (ConvShape s : shape.convolutions()) {
      ConvForward plan = ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, last, target);
      String algorithm = plan.algorithm();
      boolean known =
          algorithm.equals(DepthwiseForward.NAME) || algorithm.equals(RowsForward.POINTWISE);
      if (!known || !(plan instanceof ChannelsLastForward own)) {
        return Optional.empty();
      }
      plans.add(own);
    }
    long floats = stripFloats(target.machine().l2Bytes());
    return Optional.of(new StripBlock(shape, plans, floats, target));
  }

  /** Floats that a strip may take: half of the second-level cache. */
  static long stripFloats(int l2Bytes) {
    return l2Bytes / Float.BYTES / 2;
  }

  /**
   * Whether it pays: if an image's tensors between take at least a quarter of the second-level
   * cache, half without an expansion. Less stays there by itself at batch 1, and at batch 8, where
   * it does not, it is little for the work that is done on it. And if the products are not so many
   * that reading weights again for every strip, and products of fewer rows, cost more than what
   * lies between. ADR 17 has the numbers.
   */
  static boolean pays(DepthwiseBlockShape shape, int l2Bytes) {
    long bytes = shape.floatsBetween() * Float.BYTES;
    return bytes >= l2Bytes / (shape.expansion() == null ? 2 : 4)
        && shape.flops() <= bytes * shape.depthwise().n() * MOST_INTENSITY;
  }
}
