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
public final class ErrorConstants {
  /**
   * Those of this project's backends. To first order Winograd's error is at most (ic + r)·u·|Aᵀ|·((
   * |G|·|w|·|Gᵀ|) ⊙ (|Bᵀ|·|x|·|B|))·|A|, r roundings of one element in the transforms. With all
   * magnitudes 1 that product is the square of the greatest row of |Aᵀ|·(|G|·1 ⊙ |Bᵀ|·1): 8² for
   * F(2 x 2), 48² for F(4 x 4), where the plain sum of 9 taps has 9. As r is at most 20, and the
   * plain bound counts 9·ic products, the constant is 64 / 9 and 2304 / 9 times (ic + 22) / (9·ic +
   * 2), greatest for one channel.
   */
  public static final ErrorConstants KNOWN =
      new ErrorConstants(
          Map.of(
              "winograd-f2x2-3x3", 64 / 9.0 * 23 / 11, "winograd-f4x4-3x3", 2304 / 9.0 * 23 / 11));

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
  public double of(String algorithm) {
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
