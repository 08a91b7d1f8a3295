package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An operation's examples on a backend, compared with another's.
 *
 * @param operation whose
 * @param offered whether the backend has it, for every number of axes
 * @param forward greatest difference over all numbers of axes; NaN if something is NaN on one side
 *     alone; empty if nothing was compared
 * @param backward that of gradients
 */
public record OperationCheck(
    Operation operation, boolean offered, OptionalDouble forward, OptionalDouble backward) {
  /**
   * Examples are small and well-conditioned, so that no operation comes near it; what bounds each
   * one's error, its own tests say.
   */
  public static final double TOLERANCE = 1e-4;

  /** Runs the examples on both. */
  public static OperationCheck of(Operation operation, Backend backend, Backend reference) {
    try {
      double forward = 0;
      double backward = 0;
      for (int axes : operation.axes()) {
        forward = greater(forward, difference(operation.forward(), axes, backend, reference));
        if (operation.backward().isPresent()) {
          Example gradient = operation.backward().get();
          backward = greater(backward, difference(gradient, axes, backend, reference));
        }
      }
      return new OperationCheck(
          operation,
          true,
          OptionalDouble.of(forward),
          operation.backward().isPresent() ? OptionalDouble.of(backward) : OptionalDouble.empty());
    } catch (UnsupportedOperationException e) {
      return new OperationCheck(operation, false, OptionalDouble.empty(), OptionalDouble.empty());
    }
  }

  /** Whether every difference is within {@link #TOLERANCE}, or nothing was compared. */
  public boolean agrees() {
    return !(forward.orElse(0) > TOLERANCE)
        && !(backward.orElse(0) > TOLERANCE)
        && !Double.isNaN(forward.orElse(0))
        && !Double.isNaN(backward.orElse(0));
  }

  /**
   * The greatest {@code |got - want| / max(1, |want|)} of an example's results; Infinity if their
   * number or shapes differ.
   */
  public static double difference(Example example, int axes, Backend backend, Backend reference) {
    List<Tensor> want = example.run(reference, axes);
    List<Tensor> got = example.run(backend, axes);
    if (want.size() != got.size()) {
      return Double.POSITIVE_INFINITY;
    }
    double greatest = 0;
    for (int i = 0; i < want.size(); i++) {
      greatest = greater(greatest, difference(want.get(i), got.get(i)));
    }
    return greatest;
  }

  private static double difference(Tensor want, Tensor got) {
    if (!want.shape().equals(got.shape())) {
      return Double.POSITIVE_INFINITY;
    }
    float[] w = want.toArray();
    float[] g = got.toArray();
    double greatest = 0;
    for (int i = 0; i < w.length; i++) {
      if (Float.compare(w[i], g[i]) != 0) {
        double off = Math.abs((double) w[i] - g[i]) / Math.max(1, Math.abs(w[i]));
        greatest = greater(greatest, off);
      }
    }
    return greatest;
  }

  private static double greater(double a, double b) {
    return Math.max(a, b); // NaN of either
  }
}
