package io.lanewise.kernels.quantised;

/**
 * Weights w[k][n] as panels [k][columns], two of which make a group, columns past n being 0; in
 * bytes or in 16 bits.
 */
final class NarrowPanels implements QuantisedWeights {
  private final String layout;
  private final WeightFormat format;
  private final byte[] bytes;
  private final short[] shorts;
  private final float[] scales;
  private final int steps;

  /**
   * Weights that a plan has packed.
   *
   * @param bytes null unless the format is {@link WeightFormat#INT8}
   * @param shorts null if it is
   * @param scales a factor for each column, or null
   * @param steps how much of a sum over k may be summed in float32 without rounding, if the other
   *     operand is integers of the plan's range
   */
  NarrowPanels(
      String layout, WeightFormat format, byte[] bytes, short[] shorts, float[] scales, int steps) {
    this.layout = layout;
    this.format = format;
    this.bytes = bytes;
    this.shorts = shorts;
    this.scales = scales;
    this.steps = steps;
  }

  /**
   * The panels that came.
   *
   * @throws IllegalArgumentException if another plan packed them
   */
  static NarrowPanels require(QuantisedWeights w, String layout) {
    if (w instanceof NarrowPanels panels && panels.layout.equals(layout)) {
      return panels;
    }
    throw new IllegalArgumentException(
        "these weights are packed as '"
            + w.layout()
            + "', but the plan reads '"
            + layout
            + "': pack them with the plan that runs them");
  }

  @Override
  public String layout() {
    return layout;
  }

  WeightFormat format() {
    return format;
  }

  byte[] bytes() {
    return bytes;
  }

  short[] shorts() {
    return shorts;
  }

  float[] scales() {
    return scales;
  }

  int steps() {
    return steps;
  }
}
