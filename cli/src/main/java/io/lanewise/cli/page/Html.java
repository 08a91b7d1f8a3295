package io.lanewise.cli.page;

import java.util.List;
import java.util.Locale;

/** How text and numbers are written on a page; all of it the same in every locale. */
public final class Html {

  /** Stands where a number does not exist (0 of 0) or was not measured. */
  public static final String NONE = "–";

  private Html() {}

  /** Text for an element or a double-quoted attribute. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case 0 -> out.append('\uFFFD');
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** The inside of a description list. */
  public static String facts(List<Fact> facts) {
    StringBuilder html = new StringBuilder();
    for (Fact fact : facts) {
      html.append("<div><dt>").append(escape(fact.label())).append("</dt><dd>");
      html.append(escape(fact.value())).append("</dd></div>\n");
    }
    return html.toString();
  }

  /** 1234567 as 1,234,567. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** 0.98765 as 98.77 %; never 100.00 % for less than all, nor 0.00 % for more than none. */
  public static String percent(double share) {
    if (!Double.isFinite(share)) {
      return NONE;
    }
    double hundredths = Math.round(share * 10_000);
    if (share < 1) {
      hundredths = Math.min(hundredths, 9_999);
    }
    if (share > 0) {
      hundredths = Math.max(hundredths, 1);
    }
    return String.format(Locale.ROOT, "%.2f\u202F%%", hundredths / 100);
  }

  /** part / whole as {@link #percent}; {@link #NONE} when the whole is 0. */
  public static String percent(long part, long whole) {
    return whole == 0 ? NONE : percent((double) part / whole);
  }

  /** A loss, to four digits after the point. */
  public static String loss(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : NONE;
  }

  /** Operations with a unit: 1.23 M, 4.56 G; whole numbers below a thousand. */
  public static String operations(long value) {
    String[] units = {" k", " M", " G", " T", " P"};
    if (value < 1000) {
      return Long.toString(value);
    }
    double scaled = value / 1000.0;
    int unit = 0;
    while (scaled >= 999.995 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%s", scaled, units[unit].replace(' ', '\u202F'));
  }
}
