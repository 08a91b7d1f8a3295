package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/**
 * One way to compute one pass of a convolution.
 *
 * @param <P> the pass: {@link ConvForward}, {@link ConvBackwardData} or {@link ConvBackwardWeights}
 */
public interface ConvAlgorithm<P> {
  /** The name that plans, logs, tests and benchmarks use. */
  String name();

  /**
   * Why it cannot compute this shape, in words; empty if it can. A function of the shape without
   * its batch size.
   */
  Optional<String> rejects(ConvShape shape, Target target);

  /** Decides everything that depends on the shape. */
  P plan(ConvShape shape, Target target);
}
