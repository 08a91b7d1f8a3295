package io.lanewise.propertytests.law;

import java.util.List;
import java.util.Map;

/**
 * By what factor the error of an algorithm may exceed the bound of {@link Bounds}. It is 1 for
 * whatever only sums products, in any order: direct loops, im2col, implicit matrix products. Those
 * that transform their input first (Winograd's tiles: Lavin and Gray, Fast Algorithms for
 * Convolutional Neural Networks, 2016, §4; their error: Vincent et al., On Improving the Numerical
 * Stability of Winograd Convolutions, 2017) are listed by name with a constant, and laws about
 * whole numbers pass over them.
 */
final class ErrorConstants {
  /**
   * Those of this project's backends. A transform of one side multiplies an error by at most its
   * matrix' greatest row sum of magnitudes: of the input, the weights and the products, twice each.
   * F(2 x 2): (2 · 1.5 · 3)² = 81; F(4 x 4): (10 · 1 · 19)² = 36,100, of which measurements see
   * less than a hundredth. The constants are the square roots, which hold with a wide margin.
   */
  static final ErrorConstants KNOWN =
      new ErrorConstants(Map.of("winograd-f2x2-3x3", 9.0, "winograd-f4x4-3x3", 190.0));

  private final Map<String, Double> transforms;

  /**
   * With the algorithms that are not plain sums.
   *
   * @param transforms constant by name of the algorithm
   */
  ErrorConstants(Map<String, Double> transforms) {
    this.transforms = Map.copyOf(transforms);
  }

  /** The constant of an algorithm. */
  double of(String algorithm) {
    return transforms.getOrDefault(algorithm, 1.0);
  }

  /**
   * The runs of algorithms that are exact on whole numbers.
   *
   * @throws UnsupportedOperationException if there are none
   */
  List<ConvRun> plainSums(List<ConvRun> runs) {
    List<ConvRun> sums = runs.stream().filter(run -> isPlainSum(run.algorithm())).toList();
    if (sums.isEmpty()) {
      throw new UnsupportedOperationException("no algorithm is exact on whole numbers");
    }
    return sums;
  }

  /** True if the algorithm is exact wherever its products and sums are. */
  boolean isPlainSum(String algorithm) {
    return !transforms.containsKey(algorithm);
  }
}
