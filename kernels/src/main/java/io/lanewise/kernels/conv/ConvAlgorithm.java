package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Optional;

/**
 * One way to compute one pass of a convolution. What it answers is a function of the shape without
 * its batch size.
 *
 * @param <P> the pass: {@link ConvForward}, {@link ConvBackwardData} or {@link ConvBackwardWeights}
 */
public interface ConvAlgorithm<P> {
  /** The name that plans, logs, tests and benchmarks use. */
  String name();

  /** Why it cannot compute this shape as asked, in words; empty if it can. */
  Optional<String> cannot(ConvShape shape, ConvOptions options, Target target);

  /**
   * Why it leaves a shape that it can compute to one further down the list; empty if it does not.
   */
  default Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
    return Optional.empty();
  }

  /** Decides everything that depends on the shape. */
  P plan(ConvShape shape, ConvOptions options, Target target);
}
