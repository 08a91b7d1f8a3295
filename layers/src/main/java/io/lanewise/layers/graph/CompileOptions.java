package io.lanewise.layers.graph;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.Precision;
import java.time.Duration;
import java.util.Objects;

/**
 * How a graph is compiled.
 *
 * @param backend what plans
 * @param precision whether accuracy may be given for speed
 * @param optimised false for a plain compilation, to compare with: every node as it is, channels
 *     first, with memory of its own
 * @param weights shared with other compilations of the same constants
 * @param warmUp how long kernels may be called beforehand, so that HotSpot compiles them; zero for
 *     not at all. Small graphs take less: a nanosecond for each floating-point operation of a run
 */
public record CompileOptions(
    Backend backend,
    Precision precision,
    boolean optimised,
    SharedWeights weights,
    Duration warmUp) {
  /** Checks that nothing is missing. */
  public CompileOptions {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(warmUp, "warmUp");
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("a warm-up takes at least no time, got " + warmUp);
    }
  }

  /** Optimised, fast, with weights of its own, without a warm-up. */
  public static CompileOptions of(Backend backend) {
    return new CompileOptions(backend, Precision.FAST, true, new SharedWeights(), Duration.ZERO);
  }

  /** These, without algorithms that lose accuracy. */
  public CompileOptions strict() {
    return new CompileOptions(backend, Precision.STRICT, optimised, weights, warmUp);
  }

  /** These, without any optimisation. */
  public CompileOptions plain() {
    return new CompileOptions(backend, precision, false, weights, warmUp);
  }

  /** These, sharing weights with other compilations. */
  public CompileOptions sharing(SharedWeights others) {
    return new CompileOptions(backend, precision, optimised, others, warmUp);
  }

  /** These, with kernels warmed for at most so long. */
  public CompileOptions warmUp(Duration budget) {
    return new CompileOptions(backend, precision, optimised, weights, budget);
  }
}
