package io.lanewise.kernels.shape;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one-line form of a {@link ConvShape}: test names, shape files, benchmark rows. */
final class ConvShapeText {
  private static final Pattern WORD = Pattern.compile("([a-z]+)(\\d{1,10})");
  private static final Set<String> KEYS =
      Set.of(
          "n", "ic", "ih", "iw", "oc", "kh", "kw", "s", "sh", "sw", "d", "dh", "dw", "p", "pt",
          "pb", "pl", "pr", "g");

  private ConvShapeText() {}

  static ConvShape parse(String text) {
    Map<String, Integer> v = new HashMap<>();
    for (String word : text.strip().split("\\s+", -1)) {
      Matcher m = WORD.matcher(word);
      if (!m.matches() || !KEYS.contains(m.group(1))) {
        throw new IllegalArgumentException(
            "not a word of a convolution shape: '" + word + "' in '" + text + "'");
      }
      if (v.put(m.group(1), number(word, m.group(2), text)) != null) {
        throw new IllegalArgumentException("'" + m.group(1) + "' comes twice in '" + text + "'");
      }
    }
    int ih = need(v, "ih", text);
    int kh = need(v, "kh", text);
    int s = v.getOrDefault("s", 1);
    int d = v.getOrDefault("d", 1);
    int p = v.getOrDefault("p", 0);
    return new ConvShape(
        v.getOrDefault("n", 1),
        need(v, "ic", text),
        ih,
        v.getOrDefault("iw", ih),
        need(v, "oc", text),
        kh,
        v.getOrDefault("kw", kh),
        v.getOrDefault("sh", s),
        v.getOrDefault("sw", s),
        v.getOrDefault("dh", d),
        v.getOrDefault("dw", d),
        new Padding(
            v.getOrDefault("pt", p),
            v.getOrDefault("pb", p),
            v.getOrDefault("pl", p),
            v.getOrDefault("pr", p)),
        v.getOrDefault("g", 1));
  }

  private static int number(String word, String digits, String text) {
    long value = Long.parseLong(digits);
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("'" + word + "' is above 2^31 - 1 in '" + text + "'");
    }
    return (int) value;
  }

  private static int need(Map<String, Integer> v, String key, String text) {
    Integer value = v.get(key);
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing in '" + text + "'");
    }
    return value;
  }

  static String format(ConvShape s) {
    StringBuilder t = new StringBuilder();
    t.append('n').append(s.n()).append(" ic").append(s.ic()).append(" ih").append(s.ih());
    if (s.iw() != s.ih()) {
      t.append(" iw").append(s.iw());
    }
    t.append(" oc").append(s.oc()).append(" kh").append(s.kh());
    if (s.kw() != s.kh()) {
      t.append(" kw").append(s.kw());
    }
    pair(t, "s", s.strideH(), s.strideW());
    pair(t, "d", s.dilationH(), s.dilationW());
    Padding p = s.padding();
    if (p.equals(Padding.of(p.top()))) {
      if (p.top() != 0) {
        t.append(" p").append(p.top());
      }
    } else {
      t.append(" pt").append(p.top()).append(" pb").append(p.bottom());
      t.append(" pl").append(p.left()).append(" pr").append(p.right());
    }
    if (s.groups() != 1) {
      t.append(" g").append(s.groups());
    }
    return t.toString();
  }

  private static void pair(StringBuilder t, String key, int h, int w) {
    if (h == w) {
      if (h != 1) {
        t.append(' ').append(key).append(h);
      }
    } else {
      t.append(' ').append(key).append('h').append(h);
      t.append(' ').append(key).append('w').append(w);
    }
  }
}
