package io.lanewise.benchmarks.compare;

import java.util.Arrays;

/**
 * The bootstrap of a median to its end: with what probability a sample drawn with replacement from
 * n values has which of them in its middle follows from binomial counts, so that nothing has to be
 * drawn.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1978.10480027">Maritz and Jarrett, A note on
 *     estimating the variance of the sample median, 1978</a>
 */
final class MedianBootstrap {
  private MedianBootstrap() {}

  /** Variance of the median of a sample drawn from {@code values}, as many as there are. */
  static double variance(double... values) {
    double[] x = values.clone();
    Arrays.sort(x);
    int n = x.length;
    int lower = (n + 1) / 2; // of the middle ranks, from 1: they are one if n is odd
    double mean = 0;
    double squares = 0;
    for (int a = 1; a <= n; a++) {
      double here = atMost(lower, a, n) - atMost(lower, a - 1, n); // rank `lower` is x[a]
      if (n % 2 == 0) {
        for (int b = a + 1; b <= n; b++) {
          double both = apart(a, b, n);
          double median = (x[a - 1] + x[b - 1]) / 2;
          mean += both * median;
          squares += both * median * median;
          here -= both;
        }
      }
      mean += here * x[a - 1];
      squares += here * x[a - 1] * x[a - 1];
    }
    return Math.max(0, squares - mean * mean);
  }

  /** Probability that rank {@code k} of the drawn ones is at most value {@code a} of n. */
  private static double atMost(int k, int a, int n) {
    double p = (double) a / n;
    double sum = 0;
    for (int count = k; count <= n; count++) {
      sum += choose(n, count) * Math.pow(p, count) * Math.pow(1 - p, n - count);
    }
    return sum;
  }

  /**
   * Probability that the lower half of the drawn ones ends with value a, the upper begins with b.
   */
  private static double apart(int a, int b, int n) {
    int half = n / 2;
    double below = Math.pow((double) a / n, half) - Math.pow((a - 1.0) / n, half);
    double above = Math.pow((n - b + 1.0) / n, half) - Math.pow((double) (n - b) / n, half);
    return choose(n, half) * below * above;
  }

  private static double choose(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product = product * (n - k + i) / i;
    }
    return product;
  }
}
