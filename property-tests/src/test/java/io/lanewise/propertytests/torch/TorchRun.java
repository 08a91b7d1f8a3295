package io.lanewise.propertytests.torch;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Set;
import java.util.TreeSet;

/** A case on a backend: what an operation's code reads, and what it has to say of its results. */
final class TorchRun {
  private final TorchCase of;
  private final Backend backend;
  private final Set<String> open;

  /** Nothing agrees yet. */
  TorchRun(TorchCase of, Backend backend) {
    this.of = of;
    this.backend = backend;
    this.open = new TreeSet<>(of.outputs().keySet());
  }

  /** Computes. */
  Backend backend() {
    return backend;
  }

  /** A parameter's text. */
  String text(String key) {
    String text = of.parameter(key);
    if (text == null) {
      throw new IllegalArgumentException(of.name() + " has no parameter " + key);
    }
    return text;
  }

  /** Whether there is such a parameter. */
  boolean has(String key) {
    return of.parameter(key) != null;
  }

  /** A parameter that is a whole number. */
  int integer(String key) {
    return Integer.parseInt(text(key));
  }

  /** A parameter that is a number. */
  double number(String key) {
    return Double.parseDouble(text(key));
  }

  /** A parameter that is true or false. */
  boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  /** A copy of an input, which may be overwritten. */
  Tensor input(String key) {
    return of.input(key);
  }

  /** Whether there is such an input. */
  boolean hasInput(String key) {
    return of.hasInput(key);
  }

  /** Integers that are an input. */
  int[] integers(String key) {
    return of.integers(key);
  }

  /** Memory for one worker. */
  Workspace workspace(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  /** A tensor for a result, full of NaN. */
  Tensor blank(Shape shape) {
    return Tensor.zeros(shape).fill(Float.NaN);
  }

  /** Compares a result. */
  void agrees(String key, Tensor got) {
    agrees(key, got, 1);
  }

  /** Compares a result that is one number. */
  void agrees(String key, double got) {
    agrees(key, Tensor.of(Shape.of(), (float) got), 1);
  }

  /**
   * Compares a result.
   *
   * @param got the stored shape, or one with as many elements in the same order
   * @param factor how much further off it may be, by a bound of the algorithm's
   */
  void agrees(String key, Tensor got, double factor) {
    TorchCase.Output output = of.outputs().get(key);
    if (output == null) {
      throw new AssertionError(of.name() + " has no result " + key);
    }
    float[] want = output.expected().toArray();
    float[] have = got.toArray();
    if (want.length != have.length) {
      throw new AssertionError(
          where(key) + " must have shape " + output.expected().shape() + ", got " + got.shape());
    }
    for (int i = 0; i < want.length; i++) {
      double off = Math.abs((double) want[i] - have[i]);
      if (!(off <= output.within() * factor)) { // NaN, too, is off
        throw new AssertionError(
            "%s, element %d of %s: expected %s, got %s, %.3g apart, not within %.3g"
                .formatted(
                    where(key), i, got.shape(), want[i], have[i], off, output.within() * factor));
      }
    }
    open.remove(key);
  }

  private String where(String key) {
    return of.name() + " on " + backend.describe() + ": " + key;
  }

  /** Fails if a result was never compared. */
  void requireAll() {
    if (!open.isEmpty()) {
      throw new AssertionError(of.name() + ": never compared " + String.join(", ", open));
    }
  }
}
