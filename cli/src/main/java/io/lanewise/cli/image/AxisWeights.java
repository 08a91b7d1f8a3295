package io.lanewise.cli.image;

/**
 * Which source pixels make up each target pixel along one axis, and with what integer weight; the
 * weights of every target pixel add up to the same total.
 *
 * <p>Shrinking: target pixel i covers the sources from i · src / dst to (i + 1) · src / dst, and a
 * source weighs as much as is covered of it. In units of 1 / dst of a source these are integers.
 *
 * <p>Growing: the middle of target pixel i lies at (2i + 1) · src / (2 · dst), between the middles
 * of two sources, each weighing as much as the other is far; beyond the outermost middles the
 * outermost source alone counts.
 */
final class AxisWeights {

  private final int[] first;
  private final int[][] weights;
  private final long total;

  private AxisWeights(int[] first, int[][] weights, long total) {
    this.first = first;
    this.weights = weights;
    this.total = total;
  }

  static AxisWeights of(int src, int dst) {
    return dst <= src ? shrinking(src, dst) : growing(src, dst);
  }

  /** What the weights of one target pixel add up to. */
  long total() {
    return total;
  }

  /** Weighted sum for target pixel i of the sources src[srcOff …], unsigned. */
  long sumOfBytes(int i, byte[] src, int srcOff) {
    long sum = 0;
    int[] w = weights[i];
    for (int j = 0; j < w.length; j++) {
      sum += (long) w[j] * (src[srcOff + first[i] + j] & 0xff);
    }
    return sum;
  }

  /** Weighted sum for target pixel i of the sources. */
  long sum(int i, long[] src) {
    long sum = 0;
    int[] w = weights[i];
    for (int j = 0; j < w.length; j++) {
      sum += w[j] * src[first[i] + j];
    }
    return sum;
  }

  private static AxisWeights shrinking(int src, int dst) {
    int[] first = new int[dst];
    int[][] weights = new int[dst][];
    for (int i = 0; i < dst; i++) {
      long begin = (long) i * src;
      long end = begin + src;
      first[i] = (int) (begin / dst);
      weights[i] = new int[(int) ((end - 1) / dst) - first[i] + 1];
      for (int j = 0; j < weights[i].length; j++) {
        long left = (long) (first[i] + j) * dst;
        weights[i][j] = (int) (Math.min(end, left + dst) - Math.max(begin, left));
      }
    }
    return new AxisWeights(first, weights, src);
  }

  private static AxisWeights growing(int src, int dst) {
    int[] first = new int[dst];
    int[][] weights = new int[dst][];
    long unit = 2L * dst;
    for (int i = 0; i < dst; i++) {
      long middle = (2L * i + 1) * src - dst; // from the middle of source 0, in 1 / (2 dst) sources
      int left = (int) Math.floorDiv(middle, unit);
      int right = (int) Math.floorMod(middle, unit);
      if (left < 0 || left == src - 1) {
        first[i] = Math.max(left, 0);
        weights[i] = new int[] {Math.toIntExact(unit)};
      } else {
        first[i] = left;
        weights[i] = new int[] {Math.toIntExact(unit - right), right};
      }
    }
    return new AxisWeights(first, weights, unit);
  }
}
