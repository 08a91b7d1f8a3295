package io.lanewise.benchmarks;

import io.lanewise.kernels.shape.GemmShape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one-line form of a plain matrix product: {@code "m n k"}, such as {@code "64 3136 576"}. */
public final class GemmText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s+(\\d{1,9})\\s+(\\d{1,9})");

  private GemmText() {}

  /**
   * Reads {@code "m n k"} as {@code C = A·B}.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static GemmShape parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "a matrix product is three numbers 'm n k', got '" + text + "'");
    }
    return GemmShape.of(
        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
  }

  /** What {@link #parse} reads. */
  public static String format(GemmShape s) {
    return s.m() + " " + s.n() + " " + s.k();
  }
}
