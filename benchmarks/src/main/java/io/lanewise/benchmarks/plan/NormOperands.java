package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** What normalisations are given besides x, the same for all contenders. */
public final class NormOperands {
  /** Added to a variance. */
  public static final float EPSILON = 1e-5f;

  /** The sum of an LRN's window is multiplied by this over the window's size. */
  public static final float LRN_ALPHA = 1e-4f;

  /** An LRN's exponent. */
  public static final float LRN_BETA = 0.75f;

  /** What is added to an LRN's sum. */
  public static final float LRN_K = 1;

  private static final long SEED = 10;

  private NormOperands() {}

  /** The window and numbers of an LRN. */
  public static Lrn lrn() {
    return Lrn.onnx(Op.LRN_SIZE, LRN_ALPHA, LRN_BETA, LRN_K);
  }

  /** Factors, in [0.5, 1.5). */
  public static Tensor gamma(int c) {
    return around(1, c, SEED);
  }

  /** Summands, in [-0.5, 0.5). */
  public static Tensor beta(int c) {
    return around(0, c, SEED + 1);
  }

  /** Means, in [-0.5, 0.5). */
  public static Tensor mean(int c) {
    return around(0, c, SEED + 2);
  }

  /** Variances, in [0.5, 1.5). */
  public static Tensor variance(int c) {
    return around(1, c, SEED + 3);
  }

  private static Tensor around(float middle, int c, long seed) {
    Tensor t = Task.uniform(Shape.of(c), seed);
    for (int i = 0; i < c; i++) {
      t.array()[i] = middle + t.array()[i] / 2;
    }
    return t;
  }
}
