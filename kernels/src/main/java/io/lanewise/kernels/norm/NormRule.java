package io.lanewise.kernels.norm;

import java.util.Objects;

/**
 * How a group of elements is scaled: {@code y = (x - mean) · r}. Pure functions of the group's sums
 * in float64.
 *
 * @param kind the formula of r
 * @param epsilon keeps r finite
 */
record NormRule(Kind kind, double epsilon) {
  /** The formulas of r. */
  enum Kind {
    /** {@code 1 / sqrt(variance + epsilon)}. */
    VARIANCE,
    /** {@code 1 / (sqrt(variance) + epsilon)}. */
    DEVIATION,
    /** {@code 1 / sqrt(Σx²/m + epsilon)}, the mean being left in. */
    MEAN_SQUARE,
    /** {@code 1 / max(sqrt(Σx²), epsilon)}, the mean being left in. */
    LENGTH
  }

  NormRule {
    Objects.requireNonNull(kind, "kind");
    boolean mayBeZero = kind == Kind.VARIANCE || kind == Kind.MEAN_SQUARE;
    Normalisations.requireEpsilon(epsilon, mayBeZero ? 0 : Float.MIN_NORMAL);
  }

  private static final double ROUNDING = 0x1p-20; // r was a float

  boolean isCentred() {
    return kind == Kind.VARIANCE || kind == Kind.DEVIATION;
  }

  /** Mean of m elements; 0 if it is left in. */
  double mean(double sum, long m) {
    return isCentred() ? sum / m : 0;
  }

  /** The mean of squares of distances from the mean; rounding does not make it negative. */
  static double variance(double sum, double square, long m) {
    double mean = sum / m;
    return Math.max(0, square / m - mean * mean);
  }

  /** The scale r. */
  double scale(double sum, double square, long m) {
    return switch (kind) {
      case VARIANCE -> 1 / Math.sqrt(variance(sum, square, m) + epsilon);
      case DEVIATION -> 1 / (Math.sqrt(variance(sum, square, m)) + epsilon);
      case MEAN_SQUARE -> 1 / Math.sqrt(square / m + epsilon);
      case LENGTH -> 1 / Math.max(Math.sqrt(square), epsilon);
    };
  }

  /**
   * What r's own slope adds to dx, as a factor of {@code x - mean}.
   *
   * @param dot {@code Σ g · (x - mean)}
   */
  double pull(double r, double dot, long m) {
    return switch (kind) {
      case VARIANCE, MEAN_SQUARE -> -r * r * r * dot / m;
      case DEVIATION -> {
        double deviation = 1 / r - epsilon;
        boolean none = deviation <= epsilon * ROUNDING;
        yield none ? 0 : -r * r * dot / (m * deviation);
      }
      case LENGTH -> r >= (float) (1 / epsilon) ? 0 : -r * r * r * dot;
    };
  }
}
