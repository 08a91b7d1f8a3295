package io.lanewise.kernels.stack;

/**
 * What an output along one axis sees of the network's input. The recursion and its closed form are
 * those of Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks,
 * Distill 2019.
 *
 * @param size inputs that one output depends on, padding included
 * @param stride distance in the input between the fields of neighbouring outputs
 * @param start where output 0's field begins; below 0 in the padding
 */
public record ReceptiveField(long size, long stride, long start) {
  /** An input sees itself. */
  public static final ReceptiveField INPUT = new ReceptiveField(1, 1, 0);

  /** Checks that a field has a size. */
  public ReceptiveField {
    if (size < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "size and stride must be at least 1, got " + size + " and " + stride);
    }
  }

  /**
   * After a window over this.
   *
   * @param k taps of the window
   * @param step its stride
   * @param dilation distance between taps
   * @param before padding before
   */
  public ReceptiveField window(int k, int step, int dilation, int before) {
    long extent = Math.multiplyExact(k - 1L, (long) dilation);
    return new ReceptiveField(
        Math.addExact(size, Math.multiplyExact(extent, stride)),
        Math.multiplyExact(stride, (long) step),
        Math.subtractExact(start, Math.multiplyExact((long) before, stride)));
  }

  /** Of what depends on this and on another with the same stride. */
  public ReceptiveField and(ReceptiveField other) {
    if (stride != other.stride) {
      throw new IllegalArgumentException(
          "branches that meet must have one stride, got " + stride + " and " + other.stride);
    }
    long first = Math.min(start, other.start);
    long end = Math.max(start + size, other.start + other.size);
    return new ReceptiveField(end - first, stride, first);
  }

  /** The middle of output {@code o}'s field, in inputs; a half where the size is even. */
  public double centre(int o) {
    return start + o * (double) stride + (size - 1) / 2.0;
  }
}
