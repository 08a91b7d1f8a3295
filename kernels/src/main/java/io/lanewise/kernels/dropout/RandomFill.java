package io.lanewise.kernels.dropout;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** Fills tensors with random numbers that follow from seed, step and place in memory alone. */
public interface RandomFill {
  /**
   * Uniform in [low, high): {@code low + (high - low) · u}, u a multiple of 2^-24, in float64 and
   * rounded once; {@code high} itself can come out where the rounding leads there.
   *
   * @param y written, any shape and layout
   * @throws IllegalArgumentException if low or high is not finite, or high is below low
   */
  void uniform(float low, float high, long seed, long step, Tensor y, Parallel par);

  /**
   * Normally distributed, by Box and Muller's transform (Annals of Mathematical Statistics 29(2),
   * 1958) of pairs of uniform numbers, in float64: within 5.8 deviations of the mean.
   *
   * @param y written, any shape and layout
   * @throws IllegalArgumentException if mean or deviation is not finite, or the deviation is below
   *     0
   */
  void normal(float mean, float deviation, long seed, long step, Tensor y, Parallel par);
}
