package io.lanewise.kernels.memory;

/**
 * Weights in the private order of the plan that packed them. They live longer than a call and
 * shorter than a plan: packed once for inference, again after each optimiser step in training.
 */
public final class PackedWeights {
  private final String layout;
  private final float[] data;

  /**
   * For plans.
   *
   * @param layout names plan and order, such as {@code "im2col mr8 kc192 oc64 k576"}
   * @param floats how many floats it holds, padding to whole register tiles included
   * @throws IllegalArgumentException if that is 2^31 floats or more
   */
  public PackedWeights(String layout, long floats) {
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "packed weights hold less than 2^31 floats, got " + floats + " for " + layout);
    }
    this.layout = layout;
    this.data = new float[(int) floats];
  }

  /** In memory that is there already. */
  PackedWeights(String layout, float[] data) {
    this.layout = layout;
    this.data = data;
  }

  /** The packed floats; only the plan that packed them knows their order. */
  public float[] data() {
    return data;
  }

  /** Plan and order. */
  public String layout() {
    return layout;
  }

  /**
   * Checks that a plan may read these.
   *
   * @throws IllegalArgumentException if another plan packed them
   */
  public void require(String wanted) {
    if (!layout.equals(wanted)) {
      throw new IllegalArgumentException(
          "these weights are packed as '"
              + layout
              + "', but the plan reads '"
              + wanted
              + "': pack them with the plan that runs them");
    }
  }
}
