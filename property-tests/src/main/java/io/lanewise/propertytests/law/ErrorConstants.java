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
  /** Those of every algorithm that a backend of this project has: all are plain sums. */
  static final ErrorConstants KNOWN = new ErrorConstants(Map.of());

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
