package io.lanewise.kernels.micro;

/**
 * Functions of an element a of one window, b of another, and two numbers. Every product and sum is
 * rounded. NaN in a or b gives NaN where no other value is named.
 */
public enum PairStep {
  /** a + b. */
  ADD,
  /** a · b. */
  MULTIPLY,
  /** a · (1 - b). */
  REMAINDER,
  /** a · (1 - 2b): a, turned round where b is 1. */
  MARGIN,
  /** a where a &gt; 0, else a · b. */
  LEAKY,
  /** 1 where a &gt; 0, else b. */
  LEAKY_SLOPE,
  /** 0 where a &gt; 0, else a · b. */
  WHERE_NOT_POSITIVE,
  /** p · a + q · b. */
  COMBINE,
  /** p · a + q. */
  LINE,
  /** q · (a - b + p). */
  DIFFERENCE,
  /** (a - b + p)². */
  SQUARE,
  /** |a - b|. */
  ABSOLUTE,
  /** The sign of a - b: 1, -1, 0 where they are equal. */
  SIGN,
  /** (a - b)² / 2 where |a - b| &lt;= p, else p · (|a - b| - p / 2). */
  HUBER,
  /** a - b, but at least -p and at most p. */
  HUBER_SLOPE,
  /** p - a · b, but at least 0. */
  HINGE,
  /** -b where a · b &lt; p, else 0. */
  HINGE_SLOPE,
  /** a · b, but 0 where b is 0. */
  ENTROPY,
  /** (a - b) / (a · (1 - a)), the divisor at least 10^-12. */
  LIKELIHOOD_SLOPE;
}
