package io.lanewise.kernels.loss;

import io.lanewise.kernels.tensor.Shape;

/** What becomes of a loss' terms. */
public enum Reduction {
  /** They are kept. */
  NONE,
  /** Their mean, one number; weighted losses say what they divide by. 0 of no terms. */
  MEAN,
  /** Their sum, one number. */
  SUM;

  /**
   * The loss' shape.
   *
   * @param terms the terms' shape
   */
  public Shape of(Shape terms) {
    return this == NONE ? terms : Shape.of();
  }
}
