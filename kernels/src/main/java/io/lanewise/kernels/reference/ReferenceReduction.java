package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.tensor.Tensor;

/** Reduces terms in float64. */
final class ReferenceReduction {
  private ReferenceReduction() {}

  /**
   * Writes the terms, their sum, or their sum over {@code divisor}.
   *
   * @param divisor of the mean; 0 gives 0
   */
  static void write(double[] terms, Reduction reduction, double divisor, Tensor out) {
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      sum += terms[i];
      if (reduction == Reduction.NONE) {
        out.array()[out.offset() + i] = (float) terms[i];
      }
    }
    if (reduction == Reduction.SUM) {
      out.array()[out.offset()] = (float) sum;
    } else if (reduction == Reduction.MEAN) {
      out.array()[out.offset()] = (float) (divisor == 0 ? 0 : sum / divisor);
    }
  }

  /** How the loss changes with its term i, times dloss. */
  static double factor(Tensor dloss, int i, Reduction reduction, double divisor) {
    return switch (reduction) {
      case NONE -> dloss.array()[dloss.offset() + i];
      case SUM -> dloss.array()[dloss.offset()];
      case MEAN -> divisor == 0 ? 0 : dloss.array()[dloss.offset()] / divisor;
    };
  }
}
