package io.lanewise.training.optim;

import io.lanewise.layers.Parameter;
import java.util.List;

/**
 * Moves weights along their gradients. Keeps what it needs for each parameter, so each training run
 * has one of its own.
 */
public interface Optimizer {
  /**
   * One step.
   *
   * @param parameters values written, gradients read
   * @param factor what the schedule multiplies the learning rate by
   */
  void step(List<Parameter> parameters, double factor);
}
