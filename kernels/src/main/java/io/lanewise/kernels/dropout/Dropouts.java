package io.lanewise.kernels.dropout;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * Plans dropout, and fills tensors with random numbers. All of it follows from a seed, a step and
 * an element's position, never from threads or from what ran before: counters instead of a state.
 * Immutable; share it between threads.
 */
public interface Dropouts {
  /**
   * Each element by itself: 0, or x / (1 - rate) (Srivastava et al., Dropout, JMLR 15, 2014, in the
   * inverted form). An element's position is its place in memory.
   *
   * @param shape of x and y, any
   * @param layout of x and y
   * @param rate the share that is dropped, in [0, 1]
   * @throws IllegalArgumentException if the rate is not in [0, 1]
   */
  Dropout dropout(Shape shape, Layout layout, double rate);

  /**
   * Whole channels of an image: 0, or x / (1 - rate) (Tompson et al., Efficient Object Localization
   * Using Convolutional Networks, CVPR 2015, §3.2). A channel's position is img · c + channel, so
   * both layouts drop the same.
   *
   * @param shape [n][c] and any number of further axes
   * @param layout of x and y
   * @param rate the share that is dropped, in [0, 1]
   * @throws IllegalArgumentException if the rate is not in [0, 1] or the shape has no channels
   */
  Dropout spatialDropout(Shape shape, Layout layout, double rate);

  /**
   * Each element by itself: dropped ones become -λα = -1.7581, and all are then scaled and shifted
   * so that mean 0 and variance 1 stay (Klambauer et al., Self-Normalizing Neural Networks, NeurIPS
   * 2017, "alpha dropout"). For a rate of 1 every element is 0.
   *
   * @param shape of x and y, any
   * @param layout of x and y
   * @param rate the share that is dropped, in [0, 1]
   * @throws IllegalArgumentException if the rate is not in [0, 1]
   */
  Dropout alphaDropout(Shape shape, Layout layout, double rate);

  /** Random numbers. */
  RandomFill randomFill();
}
