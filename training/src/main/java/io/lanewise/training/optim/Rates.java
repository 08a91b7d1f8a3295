package io.lanewise.training.optim;

/** Checks the optimisers' settings. */
final class Rates {
  private Rates() {}

  static void require(String name, double value, double max) {
    if (!(value >= 0 && value <= max)) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + (max == Double.MAX_VALUE ? "0 or more" : "in [0, " + max + "]")
              + ", got "
              + value);
    }
  }
}
