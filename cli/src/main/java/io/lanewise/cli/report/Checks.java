package io.lanewise.cli.report;

/** What several of this package's records ask of their numbers. */
final class Checks {

  private Checks() {}

  /** A share of a whole, from 0 to 1; NaN stands for "not measured". */
  static void share(String name, double value) {
    if (value < 0 || value > 1) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, got " + value);
    }
  }

  static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
    }
  }
}
