package io.lanewise.training.metrics;

import io.lanewise.kernels.tensor.Tensor;

/** The classes with the highest scores. A NaN counts as lower than any number. */
public final class TopK {
  private TopK() {}

  /**
   * The indices of the {@code k} highest probabilities, highest first; of equals, the lower index
   * first.
   *
   * @param probabilitiesRow one row, [classes] or [1][classes], read
   * @param k from 1 to the number of classes
   * @throws IllegalArgumentException if it is not one row, or {@code k} is out of range
   */
  public static int[] topK(Tensor probabilitiesRow, int k) {
    int classes = probabilitiesRow.size();
    int rank = probabilitiesRow.shape().rank();
    if (rank == 0 || probabilitiesRow.shape().dim(-1) != classes) {
      throw new IllegalArgumentException(
          "expected one row of probabilities, got shape " + probabilitiesRow.shape());
    }
    if (k < 1 || k > classes) {
      throw new IllegalArgumentException("expected k from 1 to " + classes + ", got " + k);
    }
    float[] p = probabilitiesRow.array();
    int pOff = probabilitiesRow.offset();
    int[] best = new int[k];
    int filled = 0;
    for (int c = 0; c < classes; c++) {
      int at = filled; // insertion sort of a short list: c goes behind all that are not lower
      while (at > 0 && isHigher(p[pOff + c], p[pOff + best[at - 1]])) {
        at--;
      }
      if (at < k) {
        filled = Math.min(filled + 1, k);
        System.arraycopy(best, at, best, at + 1, filled - 1 - at);
        best[at] = c;
      }
    }
    return best;
  }

  /**
   * The index, counted from {@code off}, of the highest of {@code n} scores; the first of equals.
   */
  static int best(float[] scores, int off, int n) {
    int best = 0;
    for (int c = 1; c < n; c++) {
      if (isHigher(scores[off + c], scores[off + best])) {
        best = c;
      }
    }
    return best;
  }

  private static boolean isHigher(float a, float b) {
    return a > b || (Float.isNaN(b) && !Float.isNaN(a));
  }
}
