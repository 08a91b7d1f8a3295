package io.lanewise.propertytests.bits;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * Data whose sums show in which order they were added: of either sign and of sizes between 2^-8 and
 * 2^8, so that nearly every addition rounds. The same on every machine.
 */
final class BitData {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f
  };

  private final SplittableRandom random;

  private BitData(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Data that depend on {@code what} alone. */
  static BitData of(String what) {
    return new BitData(what.hashCode());
  }

  Tensor floats(Shape shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      double size = Math.scalb(1 + random.nextDouble(), random.nextInt(-8, 8));
      t.array()[i] = (float) (random.nextBoolean() ? size : -size);
    }
    return t;
  }

  /** Every third element is zero, infinite, NaN, or as large or small as a float can be. */
  Tensor special(Shape shape) {
    Tensor t = floats(shape);
    for (int i = 0; i < t.size(); i += 3) {
      t.array()[i] = SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return t;
  }

  int[] labels(int n, int classes) {
    return random.ints(n, 0, classes).toArray();
  }
}
