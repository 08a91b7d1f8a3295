package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;

/**
 * How the weight gradient of small groups lies in lanes, and how it is cut into tasks: blocks of
 * lanes by chunks of the lines of dy. All of it follows from the shape alone, since the sums of
 * chunks belong to the result.
 *
 * @param n lanes of a group
 * @param turns how often dy passes by, its lanes exchanged otherwise each time
 * @param block lanes of a block: whole groups, and a multiple of {@value #UNIT}
 * @param blocks of them
 * @param chunkLines lines of a chunk, counted over all planes and images
 * @param chunks of them
 */
record GradientLanes(int n, int turns, int block, int blocks, int chunkLines, int chunks) {
  private static final int UNIT = 16;
  private static final int MOST_CHUNKS = 16;
  private static final int BLOCK = 256;

  static GradientLanes of(ConvShape s) {
    int n = s.isDepthwise() ? s.ocg() : GroupedForward.lanes(s);
    int lanes = Math.multiplyExact(s.groups(), n);
    int even = Math.ceilDiv(lanes, Math.ceilDiv(lanes, BLOCK));
    int block =
        roundUp(even, Math.multiplyExact(UNIT / Math.min(UNIT, Integer.lowestOneBit(n)), n));
    int lines = Math.multiplyExact(s.n(), s.od() * s.oh());
    int chunkLines = Math.max(1, Math.ceilDiv(lines, MOST_CHUNKS));
    int turns = s.isDepthwise() ? 1 : n;
    int chunks = Math.ceilDiv(lines, chunkLines);
    return new GradientLanes(n, turns, block, Math.ceilDiv(lanes, block), chunkLines, chunks);
  }

  private static int roundUp(int lanes, int unit) {
    return Math.multiplyExact(Math.ceilDiv(lanes, unit), unit);
  }

  /** Groups of a block but the last. */
  int side() {
    return block / n;
  }

  /** Lanes of so many groups, rounded up to what a block may have. */
  int rounded(int groups) {
    return roundUp(groups * n, UNIT);
  }

  /** Floats of a task's sums: [turns][area][block]. */
  int sums(int area) {
    return Math.multiplyExact(Math.multiplyExact(turns, area), block);
  }
}
