package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;

/**
 * How a weight gradient is cut into tasks: blocks of filters by channels of each group, and chunks
 * of images where that gives few tasks. Each chunk is a sum of its own, so the cut belongs to the
 * result and follows from the shape alone.
 *
 * @param groups the convolution's groups
 * @param filters filters of a block
 * @param filterBlocks blocks along a group's filters
 * @param channels input channels of a block, with all their taps
 * @param channelBlocks blocks along a group's channels
 * @param chunkImages images of a chunk
 * @param chunks chunks of the batch
 */
record WeightsGrid(
    int groups,
    int filters,
    int filterBlocks,
    int channels,
    int channelBlocks,
    int chunkImages,
    int chunks) {
  private static final int TASKS = 16;
  private static final int MOST_FILTERS = 256;
  private static final int MOST_SUMS = 1 << 17; // of a block: half a megabyte
  private static final int PANEL = 32; // the widest: channels are cut between panels

  static WeightsGrid of(ConvShape s) {
    int filterBlocks = Math.ceilDiv(s.ocg(), MOST_FILTERS);
    int filters = even(s.ocg(), filterBlocks, 12);
    int most = Math.max(1, MOST_SUMS / filters / s.area() / PANEL) * PANEL;
    int channels = even(s.icg(), Math.ceilDiv(s.icg(), most), PANEL);
    int channelBlocks = Math.ceilDiv(s.icg(), channels);
    filterBlocks = Math.ceilDiv(s.ocg(), filters);
    int blocks = Math.multiplyExact(s.groups(), filterBlocks * channelBlocks);
    int chunkImages = Math.max(1, Math.ceilDiv(s.n(), Math.ceilDiv(TASKS, blocks)));
    int chunks = Math.ceilDiv(s.n(), chunkImages);
    return new WeightsGrid(
        s.groups(), filters, filterBlocks, channels, channelBlocks, chunkImages, chunks);
  }

  /** Parts of {@code size}, a multiple of {@code step} each if there are several. */
  private static int even(int size, int parts, int step) {
    return parts == 1 ? size : Math.ceilDiv(Math.ceilDiv(size, parts), step) * step;
  }

  /** Blocks of all groups. */
  int blocks() {
    return groups * filterBlocks * channelBlocks;
  }

  /** Blocks of all groups and chunks; block b of chunk c is task c · blocks + b. */
  int tasks() {
    return chunks * blocks();
  }

  /** Block b's group. */
  int group(int b) {
    return b / (filterBlocks * channelBlocks);
  }

  /** Block b's first filter, counted over all groups. */
  int firstFilter(int b, ConvShape s) {
    return group(b) * s.ocg() + filterInGroup(b);
  }

  private int filterInGroup(int b) {
    return b / channelBlocks % filterBlocks * filters;
  }

  /** How many filters block b has. */
  int filtersOf(int b, ConvShape s) {
    return Math.min(filters, s.ocg() - filterInGroup(b));
  }

  /** Block b's first channel in its group. */
  int firstChannel(int b) {
    return b % channelBlocks * channels;
  }

  /** How many channels block b has. */
  int channelsOf(int b, ConvShape s) {
    return Math.min(channels, s.icg() - firstChannel(b));
  }
}
