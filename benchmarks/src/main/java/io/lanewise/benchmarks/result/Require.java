package io.lanewise.benchmarks.result;

import java.util.List;

/** The records' checks, each with the message that a reader of a broken file gets. */
final class Require {
  private Require() {}

  static <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must not be null");
    }
    return value;
  }

  static String text(String name, String value) {
    if (present(name, value).isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  static <T> List<T> list(String name, List<T> values) {
    for (T value : present(name, values)) {
      present("an element of " + name, value);
    }
    return List.copyOf(values);
  }

  static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
    }
  }

  /** Null where nothing was compared. */
  static void error(String name, Double value) {
    if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be at least 0 and finite, got " + value);
    }
  }
}
