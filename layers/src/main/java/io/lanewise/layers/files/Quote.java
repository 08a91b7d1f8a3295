package io.lanewise.layers.files;

import java.nio.charset.StandardCharsets;

/** Text from a file, made safe for a message: in quotes, short, no control characters. */
public final class Quote {
  private static final int LONGEST = 120;

  private Quote() {}

  /** {@code 'text'}, cut after 120 characters, with unprintable ones as {@code \}{@code uXXXX}. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isPaired(text, i))) {
        quoted.append("\\u").append(String.format("%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(text.length() > LONGEST ? "...'" : "'").toString();
  }

  /** True if every surrogate has its other half, so that UTF-8 can hold the text. */
  public static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
