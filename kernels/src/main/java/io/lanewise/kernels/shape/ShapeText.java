package io.lanewise.kernels.shape;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one-line form of a shape, such as {@code "n1 ic64 ih56 oc128 kh3 s2 p1"}: test names, shape
 * files, benchmark rows. Words in any order, each a key with a number, or a flag without one; the
 * words that all shapes with a window share ({@code ih iw kh kw s sh sw d dh dw p pt pb pl pr}, in
 * 3-D also {@code id kd sd dd pf pk}) are read and written here.
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

  /** One direction of what {@code key} alone sets for all, 1 if neither word is there. */
  int along(String key, char axis) {
    return get(key + axis, get(key, 1));
  }

  /**
   * The padding: {@code p} sets all sides that there are along {@code axes} axes, {@code pf pk pt
   * pb pl pr} one.
   */
  Padding padding(int axes) {
    int p = get("p", 0);
    int h = axes < 2 ? 0 : p;
    int d = axes < 3 ? 0 : p;
    return new Padding(
        get("pf", d), get("pk", d), get("pt", h), get("pb", h), get("pl", p), get("pr", p));
  }

  /**
   * Writes the sizes of the last axes of depth, height and width, {@code " id8 ih56 iw28"}; a width
   * like the height is left out.
   */
  static void size(StringBuilder t, String key, int... axes) {
    boolean square = axes.length > 1 && axes[axes.length - 1] == axes[axes.length - 2];
    each(t, key, square ? axes.length - 1 : axes.length, axes);
  }

  /** Writes stride, dilation and padding, each only if it is not the default. */
  static void window(StringBuilder t, int[] strides, int[] dilations, Padding p) {
    equalOrEach(t, "s", 1, strides);
    equalOrEach(t, "d", 1, dilations);
    int all = p.left();
    int axes = strides.length;
    if (p.equals(Padding.of(axes < 3 ? 0 : all, axes < 2 ? 0 : all, all))) {
      t.append(all == 0 ? "" : " p" + all);
      return;
    }
    if (axes > 2) {
      t.append(" pf").append(p.front()).append(" pk").append(p.back());
    }
    if (axes > 1) {
      t.append(" pt").append(p.top()).append(" pb").append(p.bottom());
    }
    t.append(" pl").append(p.left()).append(" pr").append(p.right());
  }

  /** One number if it is the same along all axes, none if that is {@code otherwise}. */
  static void equalOrEach(StringBuilder t, String key, int otherwise, int... axes) {
    if (Arrays.stream(axes).distinct().count() > 1) {
      each(t, key, axes.length, axes);
    } else if (axes[0] != otherwise) {
      t.append(' ').append(key).append(axes[0]);
    }
  }

  /** The first {@code count} of the last axes of depth, height and width. */
  private static void each(StringBuilder t, String key, int count, int... axes) {
    for (int i = 0; i < count; i++) {
      t.append(' ').append(key).append("dhw".charAt(3 - axes.length + i)).append(axes[i]);
    }
  }
}
