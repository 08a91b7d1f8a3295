package io.lanewise.benchmarks;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Random;

/** What benches run on: repeatable values and a backend by name. */
final class Inputs {
  private Inputs() {}

  /** Uniform values in [-1, 1); the same for the same seed. */
  static Tensor uniform(Shape shape, long seed) {
    Tensor t = Tensor.zeros(shape);
    Random random = new Random(seed);
    float[] values = t.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return t;
  }

  /**
   * The backend called {@code simd} or {@code scalar}.
   *
   * @throws IllegalArgumentException for another name
   * @throws UnsupportedOperationException if this JVM cannot run it, saying why
   */
  static CpuBackend backend(String name) {
    return switch (name) {
      case "simd" -> CpuBackend.simd();
      case "scalar" -> CpuBackend.scalar();
      default ->
          throw new IllegalArgumentException("backend must be simd or scalar, got '" + name + "'");
    };
  }
}
