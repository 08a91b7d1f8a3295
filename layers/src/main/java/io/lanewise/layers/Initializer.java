package io.lanewise.layers;

import io.lanewise.kernels.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * Fills a new weight tensor. Every value is drawn in order from the generator that is passed in, so
 * a seed decides all bits.
 */
@FunctionalInterface
public interface Initializer {
  /**
   * Fills {@code w}.
   *
   * @param w written
   * @param fanIn inputs that reach one output
   * @param fanOut outputs that one input reaches
   */
  void fill(Tensor w, int fanIn, int fanOut, RandomGenerator random);

  /**
   * Uniform with variance 2 / (fanIn + fanOut), for tanh and the like (Glorot and Bengio,
   * Understanding the difficulty of training deep feedforward neural networks, 2010, eq. 16).
   */
  static Initializer xavierUniform() {
    return (w, in, out, random) -> uniform(w, StrictMath.sqrt(6.0 / ((double) in + out)), random);
  }

  /** Normal with variance 2 / (fanIn + fanOut). */
  static Initializer xavierNormal() {
    return (w, in, out, random) -> normal(w, StrictMath.sqrt(2.0 / ((double) in + out)), random);
  }

  /**
   * Uniform with variance 2 / fanIn, for ReLU (He, Zhang, Ren, Sun, Delving deep into rectifiers,
   * 2015, eq. 10).
   */
  static Initializer heUniform() {
    return (w, in, out, random) -> uniform(w, StrictMath.sqrt(6.0 / in), random);
  }

  /** Normal with variance 2 / fanIn, for ReLU. */
  static Initializer heNormal() {
    return (w, in, out, random) -> normal(w, StrictMath.sqrt(2.0 / in), random);
  }

  /** All {@code value}. */
  static Initializer constant(float value) {
    return (w, in, out, random) -> w.fill(value);
  }

  private static void uniform(Tensor w, double limit, RandomGenerator random) {
    for (int i = 0; i < w.size(); i++) {
      w.array()[w.offset() + i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  /**
   * Box and Muller's method with StrictMath: the library's own nextGaussian may change between
   * releases.
   */
  private static void normal(Tensor w, double deviation, RandomGenerator random) {
    for (int i = 0; i < w.size(); i++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double angle = 2 * StrictMath.PI * random.nextDouble();
      w.array()[w.offset() + i] = (float) (deviation * radius * StrictMath.cos(angle));
    }
  }
}
