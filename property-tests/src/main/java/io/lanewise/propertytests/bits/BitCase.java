package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * One computation on fixed data.
 *
 * @param op the operation's name, such as {@code "conv"}
 * @param name what is computed, shape included; one of its kind in its operation
 * @param body computes it
 */
record BitCase(String op, String name, Body body) {

  /** Computes a case. */
  @FunctionalInterface
  interface Body {
    /**
     * Runs the computation.
     *
     * @param out takes what came out
     * @throws UnsupportedOperationException if the backend does not offer it
     */
    void run(Backend backend, Parallel par, Output out);
  }

  /** Takes results. */
  @FunctionalInterface
  interface Output {
    /**
     * Takes one result.
     *
     * @param way which of several ways to compute it, such as an algorithm's name; may be empty
     * @param tensors what was computed, read
     */
    void add(String way, Tensor... tensors);
  }
}
