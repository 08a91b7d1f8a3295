package io.lanewise.benchmarks.contender;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Random;

/**
 * What a contender is asked to compute. Its inputs are the same for all: uniform values in [-1, 1)
 * from a fixed seed for each operand.
 *
 * @param op the operation
 * @param shape in the text form of the operation's shape, such as {@code "n1 ic64 ih56 oc64 kh3
 *     p1"}
 */
public record Task(Op op, String shape) {
  /** Seed of x, or of A in a matrix product. */
  public static final long SEED_X = 1;

  /** Seed of w, or of B. */
  public static final long SEED_W = 2;

  /** Seed of dy. */
  public static final long SEED_DY = 3;

  /** The shape of a convolution's task. */
  public ConvShape conv() {
    return ConvShape.parse(shape);
  }

  /** Uniform values in [-1, 1), the same for the same seed. */
  public static Tensor uniform(Shape shape, long seed) {
    Tensor t = Tensor.zeros(shape);
    Random random = new Random(seed);
    float[] values = t.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return t;
  }

  /** Such as {@code "conv n1 ic64 ih56 oc64 kh3 p1"}. */
  @Override
  public String toString() {
    return op.option() + " " + shape;
  }
}
