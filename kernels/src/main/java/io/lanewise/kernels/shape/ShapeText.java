package io.lanewise.kernels.shape;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one-line form of a shape, such as {@code "n1 ic64 ih56 oc128 kh3 s2 p1"}: test names, shape
 * files, benchmark rows. Words in any order, each a key with a number, or a flag without one; the
 * words that all shapes with a window share ({@code ih iw kh kw s sh sw d dh dw p pt pb pl pr}) are
 * read and written here.
 */
final class ShapeText {
  private static final Pattern WORD = Pattern.compile("([a-z]+)(\\d{1,10})?");

  private final String text;
  private final Map<String, Integer> values = new HashMap<>();

  /**
   * Reads the words of {@code text}.
   *
   * @param kind what the text describes, for messages
   * @param keys the words that carry a number
   * @param flags the words that carry none
   * @throws IllegalArgumentException naming the word that is not understood
   */
  ShapeText(String kind, String text, Set<String> keys, Set<String> flags) {
    this.text = text;
    for (String word : text.strip().split("\\s+", -1)) {
      Matcher m = WORD.matcher(word);
      if (!m.matches() || !(m.group(2) == null ? flags : keys).contains(m.group(1))) {
        throw new IllegalArgumentException(
            "not a word of " + kind + ": '" + word + "' in '" + text + "'");
      }
      if (values.put(m.group(1), m.group(2) == null ? 1 : number(word, m.group(2))) != null) {
        throw new IllegalArgumentException("'" + m.group(1) + "' comes twice in '" + text + "'");
      }
    }
  }

  private int number(String word, String digits) {
    long value = Long.parseLong(digits);
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("'" + word + "' is above 2^31 - 1 in '" + text + "'");
    }
    return (int) value;
  }

  /** The number of a word that must be there. */
  int need(String key) {
    Integer value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing in '" + text + "'");
    }
    return value;
  }

  /** The number of a word that may be left out. */
  int get(String key, int otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  /** True if the flag is there. */
  boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** One direction of what {@code key} alone sets for both, 1 if neither word is there. */
  int along(String key, char axis) {
    return get(key + axis, get(key, 1));
  }

  /** The padding: {@code p} sets all sides, {@code pt pb pl pr} one. */
  Padding padding() {
    int p = get("p", 0);
    return new Padding(get("pt", p), get("pb", p), get("pl", p), get("pr", p));
  }

  /** Writes {@code " ih56"}, and {@code " iw28"} if the width is another. */
  static void size(StringBuilder t, String key, int h, int w) {
    t.append(' ').append(key).append('h').append(h);
    if (w != h) {
      t.append(' ').append(key).append('w').append(w);
    }
  }

  /** Writes stride, dilation and padding, each only if it is not the default. */
  static void window(
      StringBuilder t, int strideH, int strideW, int dilationH, int dilationW, Padding p) {
    pair(t, "s", strideH, strideW);
    pair(t, "d", dilationH, dilationW);
    if (!p.equals(Padding.of(p.top()))) {
      t.append(" pt").append(p.top()).append(" pb").append(p.bottom());
      t.append(" pl").append(p.left()).append(" pr").append(p.right());
    } else if (p.top() != 0) {
      t.append(" p").append(p.top());
    }
  }

  private static void pair(StringBuilder t, String key, int h, int w) {
    if (h != w) {
      t.append(' ').append(key).append('h').append(h);
      t.append(' ').append(key).append('w').append(w);
    } else if (h != 1) {
      t.append(' ').append(key).append(h);
    }
  }
}
