package io.lanewise.cli.benchreport;

import io.lanewise.cli.page.Html;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How measured numbers are written: three digits that count, the same in every locale. */
final class Figures {
  private static final int DIGITS = 3;
  private static final String SPACE = "\u202F"; // narrow, and no line breaks at it

  private Figures() {}

  /** 0.0123, 1.20, 45.6, 1,230; what needs more than seven places as 1.23e-9. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Html.NONE;
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent > 6) {
      return String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value)
          .replaceFirst("e([+-])0*(?=\\d)", "e$1")
          .replace("e+", "e");
    }
    int decimals = Math.max(0, DIGITS - 1 - exponent);
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** As {@link #number}, without zeros at the end of a fraction: 0.25, 1, 50. */
  static String plain(double value) {
    return number(value).replaceFirst("\\.0+(?=e|$)|(?<=\\.\\d{1,9})0+(?=e|$)", "");
  }

  /** A part of a whole, 0.4567 as 45.7 %. */
  static String share(double value) {
    return Double.isFinite(value) ? number(value * 100) + SPACE + "%" : Html.NONE;
  }

  /** A factor, 0.787 as 0.787×. */
  static String times(double value) {
    return Double.isFinite(value) ? number(value) + "×" : Html.NONE;
  }

  /** A relative error, or {@link Html#NONE} where nothing was compared: 0, 2.1e-7. */
  static String error(Double value) {
    if (value == null) {
      return Html.NONE;
    }
    return value == 0
        ? "0"
        : String.format(Locale.ROOT, "%.1e", value).replaceFirst("e([+-])0*(?=\\d)", "e$1");
  }

  /** A size of memory, such as 48 KiB. */
  static String memory(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double scaled = bytes;
    int unit = 0;
    while (scaled >= 1024 && unit < units.length - 1) {
      scaled /= 1024;
      unit++;
    }
    String digits = scaled == Math.rint(scaled) ? Html.count((long) scaled) : number(scaled);
    return digits + SPACE + units[unit];
  }

  /** "1 task", "1,234 tasks". */
  static String count(long count, String one) {
    return Html.count(count) + " " + (count == 1 ? one : one + "s");
  }
}
