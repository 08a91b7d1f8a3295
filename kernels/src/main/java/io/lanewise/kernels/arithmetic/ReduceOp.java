package io.lanewise.kernels.arithmetic;

/**
 * What many numbers are made into one by. Of no numbers: 0 for sums, 1 for products, NaN for means,
 * -Infinity and +Infinity for the greatest and the least, -Infinity for {@link #LOG_SUM_EXP}. Sums
 * are of float32 in an order that follows from the shape alone, within (k + 2) · 2^-24 of the sum
 * of the k terms' magnitudes. Where a greatest, a least or a logarithm is NaN or, for the
 * logarithm, infinite, its gradient is NaN.
 */
public enum ReduceOp {
  /** Σ x. */
  SUM,
  /** Σ x / count. */
  MEAN,
  /**
   * The greatest, NaN if one is NaN. Equal ones share the gradient evenly, as in PyTorch's amax.
   */
  MAX,
  /** The least, NaN if one is NaN. Equal ones share the gradient evenly. */
  MIN,
  /** Π x, in float64; each element's gradient is the product of the others, zeros or not. */
  PROD,
  /** Σ |x|; the slope at 0 is 0. */
  L1,
  /** sqrt(Σ x²), infinite where Σ x² is more than a float holds; the slope at all zeros is 0. */
  L2,
  /** Σ x². */
  SUM_OF_SQUARES,
  /** log Σ e^x, shifted by the greatest so that nothing overflows. */
  LOG_SUM_EXP
}
