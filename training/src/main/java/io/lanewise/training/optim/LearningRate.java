package io.lanewise.training.optim;

/** How the learning rate changes over a run: what it is multiplied by at each step. */
@FunctionalInterface
public interface LearningRate {
  /**
   * The factor.
   *
   * @param step from 0
   * @param steps how many the run has
   */
  double factor(long step, long steps);

  /** Always 1. */
  static LearningRate constant() {
    return (step, steps) -> 1;
  }

  /**
   * From 1 down to 0 along half a cosine (Loshchilov and Hutter, SGDR, 2017, eq. 5, without
   * restarts).
   */
  static LearningRate cosine() {
    return (step, steps) -> 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
  }

  /** Multiplied by {@code by} every {@code every} steps. */
  static LearningRate decay(long every, double by) {
    if (every < 1) {
      throw new IllegalArgumentException("steps between decays must be at least 1, got " + every);
    }
    return (step, steps) -> StrictMath.pow(by, (double) Math.floorDiv(step, every));
  }
}
