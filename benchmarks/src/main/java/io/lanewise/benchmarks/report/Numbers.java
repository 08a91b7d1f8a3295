package io.lanewise.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers are written. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(3);

  private Numbers() {}

  /** Three digits that count: 0.0386, 4.87, 99.1, 1230. */
  static String three(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    int decimals = rounded.scale() - rounded.precision() + DIGITS.getPrecision();
    return fixed(rounded.doubleValue(), value == 0 ? 0 : Math.max(0, decimals));
  }

  /** With so many decimals. */
  static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A part of a whole: {@code 46 %}. */
  static String percent(double value) {
    return fixed(100 * value, 0) + " %";
  }

  /** "1 fork", "3 forks". */
  static String count(long count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }
}
