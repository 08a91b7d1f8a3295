package io.lanewise.propertytests.subject;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads texts such as {@code "n2 c3"}: words, each a key with a number behind it or alone. */
final class Words {
  private static final Pattern WORD = Pattern.compile("([a-z]+)(\\d{0,9})");

  private final String what;
  private final String text;
  private final Map<String, String> values = new HashMap<>();

  /**
   * Splits a text.
   *
   * @param what the text is, for messages
   * @throws IllegalArgumentException naming the word that is not understood or comes twice
   */
  Words(String what, String text, Set<String> keys) {
    this.what = what;
    this.text = text;
    for (String word :
        text.isBlank() ? List.<String>of() : List.of(text.strip().split("\\s+", -1))) {
      Matcher m = WORD.matcher(word);
      if (!m.matches() || !keys.contains(m.group(1))) {
        throw wrong("'" + word + "' is not a word of it");
      }
      if (values.put(m.group(1), m.group(2)) != null) {
        throw wrong("'" + m.group(1) + "' comes twice");
      }
    }
  }

  /** The number behind a key that has to be there. */
  int need(String key) {
    String digits = values.get(key);
    if (digits == null || digits.isEmpty()) {
      throw wrong("'" + key + "' with a number is missing");
    }
    return Integer.parseInt(digits);
  }

  /** The number behind a key, or another if it is not there. */
  int get(String key, int otherwise) {
    return values.containsKey(key) ? need(key) : otherwise;
  }

  /** True if the key is there, without a number. */
  boolean has(String key) {
    return "".equals(values.get(key));
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("not " + what + ": '" + text + "': " + why);
  }
}
