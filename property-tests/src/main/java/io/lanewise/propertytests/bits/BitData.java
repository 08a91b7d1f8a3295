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

  private static final int SIGN_AND_MANTISSA = 0x807F_FFFF;
  private static final int MANTISSA_BITS = 23;

  /** Made once, as tensors take stretches of it: an interpreter takes long to draw each value. */
  private static final float[] POOL = pool();

  /** The same, but every third is zero, infinite, NaN, or as large or small as a float can be. */
  private static final float[] SPECIAL_POOL = specialPool();

  private final SplittableRandom random;

  private BitData(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Data that depend on {@code what} alone. */
  static BitData of(String what) {
    return new BitData(what.hashCode());
  }

  private static float[] pool() {
    SplittableRandom random = new SplittableRandom(1);
    float[] pool = new float[1 << 17];
    for (int i = 0; i < pool.length; i++) {
      long bits = random.nextLong();
      int exponent = (int) (bits >>> 60) - 8; // 16 of them
      pool[i] =
          Float.intBitsToFloat(
              ((int) bits & SIGN_AND_MANTISSA) | ((127 + exponent) << MANTISSA_BITS));
    }
    return pool;
  }

  private static float[] specialPool() {
    SplittableRandom random = new SplittableRandom(2);
    float[] pool = POOL.clone();
    for (int i = 0; i < pool.length; i += 3) {
      pool[i] = SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return pool;
  }

  Tensor floats(Shape shape) {
    return drawn(shape, POOL);
  }

  /** Every third element is zero, infinite, NaN, or as large or small as a float can be. */
  Tensor special(Shape shape) {
    return drawn(shape, SPECIAL_POOL);
  }

  private Tensor drawn(Shape shape, float[] pool) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); ) {
      int start = random.nextInt(pool.length);
      int n = Math.min(t.size() - i, pool.length - start);
      System.arraycopy(pool, start, t.array(), i, n);
      i += n;
    }
    return t;
  }

  int[] labels(int n, int classes) {
    return random.ints(n, 0, classes).toArray();
  }
}
