package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;
import java.util.SplittableRandom;

/** Data for elementwise functions, which bend near 0 and saturate far from it. */
final class Values {
  private static final float[] EDGES = {
    0f,
    1f,
    0.5f,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    88f,
    1e9f,
    Float.MAX_VALUE
  };
  private static final float[] SPECIALS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0f,
    -0f,
    Float.MIN_NORMAL / 3,
    -Float.MIN_VALUE
  };

  private Values() {}

  /** Finite floats: most of them in [-10, 10], the rest of any exponent, subnormal ones too. */
  static Tensor finite(Shape shape, Trial trial) {
    SplittableRandom random = trial.random();
    return Elements.map(
        Tensor.zeros(shape),
        zero -> {
          float magnitude =
              switch (random.nextInt(6)) {
                case 0 -> Float.intBitsToFloat(random.nextInt(0x7f800000));
                case 1 -> EDGES[random.nextInt(EDGES.length)];
                default -> (float) (10 * random.nextDouble());
              };
          return random.nextBoolean() ? magnitude : -magnitude;
        });
  }

  /** Among finite ones NaN, infinities, zeros of both signs and subnormal floats. */
  static Tensor withSpecials(Shape shape, Trial trial) {
    SplittableRandom random = trial.random();
    return Elements.map(
        finite(shape, trial),
        v -> random.nextInt(3) == 0 ? SPECIALS[random.nextInt(SPECIALS.length)] : v);
  }

  /** Multiples of {@code step} in [-4, 4], 0 left out: sums of a few are exact. */
  static Tensor grid(Shape shape, float step, Trial trial) {
    int most = (int) (4 / step);
    return Elements.map(
        Tensor.zeros(shape),
        zero -> {
          float v = step * trial.random().nextInt(1, most + 1);
          return trial.random().nextBoolean() ? v : -v;
        });
  }
}
