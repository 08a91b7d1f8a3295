package io.lanewise.kernels.shape;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The one-line form of a convolution of any rank, transposed or not, {@code "n1 ic64 ih56 oc128 kh3
 * s2 p1"}, and what a pooling has in common with it. Which axes it names tells the rank: depth 3,
 * width without height 1, else 2. Sizes come as arrays of depth, height and width, with {@code
 * otherwise} for an axis that is not there.
 */
final class ConvText {
  private static final String AXES = "dhw";

  private static final Set<String> CONV = Set.of("ic", "oc", "g");

  /** What each further axis adds. */
  private static final List<Set<String>> WORDS =
      List.of(
          Set.of("n", "iw", "kw", "s", "sw", "d", "dw", "p", "pl", "pr"),
          Set.of("ih", "kh", "sh", "dh", "pt", "pb"),
          Set.of("id", "kd", "sd", "dd", "pf", "pk"));

  private final ShapeText text;
  private final int rank;

  private ConvText(ShapeText text, int rank) {
    this.text = text;
    this.rank = rank;
  }

  /**
   * Reads the words.
   *
   * @param kind "convolution", or what else it is, for messages
   * @param more word that may come with an axis behind it, or alone for all, beside those of all
   *     convolutions; null for none
   */
  static ConvText of(String kind, String text, String more) {
    return of(kind, text, CONV, more, Set.of());
  }

  /** Reads a pooling's words, with {@code flag} among them. */
  static ConvText ofPooling(String text, String flag) {
    return of("pooling", text, Set.of("c"), null, Set.of(flag));
  }

  private static ConvText of(
      String kind, String text, Set<String> own, String more, Set<String> flags) {
    ShapeText any = new ShapeText("a " + kind + " shape", text, words(3, own, more), flags);
    boolean deep = any.has("id") || any.has("kd");
    boolean flat = any.has("iw") && !any.has("ih") && !any.has("kh");
    int rank = deep ? 3 : flat ? 1 : 2;
    String ranked = "a " + rank + "-D " + kind + " shape";
    return new ConvText(new ShapeText(ranked, text, words(rank, own, more), flags), rank);
  }

  private static Set<String> words(int rank, Set<String> own, String more) {
    Set<String> all = new HashSet<>(own);
    WORDS.subList(0, rank).forEach(all::addAll);
    if (more != null) {
      all.add(more);
      for (int axis = 3 - rank; axis < 3; axis++) {
        all.add(more + AXES.charAt(axis));
      }
    }
    return all;
  }

  int rank() {
    return rank;
  }

  boolean has(String flag) {
    return text.has(flag);
  }

  int need(String key) {
    return text.need(key);
  }

  int get(String key, int otherwise) {
    return text.get(key, otherwise);
  }

  int[] in() {
    return sizes("i");
  }

  int[] kernel() {
    return sizes("k");
  }

  /** Depth is there in 3-D only, height in 2-D too; a width that is left out is the height. */
  private int[] sizes(String key) {
    int d = rank < 3 ? 1 : need(key + "d");
    int h = rank < 2 ? 1 : need(key + "h");
    return new int[] {d, h, rank < 2 ? need(key + "w") : get(key + "w", h)};
  }

  /** What {@code key} alone sets for all axes, and with an axis' letter for one; 1 if not there. */
  int[] along(String key) {
    return along(key, 1);
  }

  int[] along(String key, int otherwise) {
    int[] each = {otherwise, otherwise, otherwise};
    for (int axis = 3 - rank; axis < 3; axis++) {
      each[axis] = get(key + AXES.charAt(axis), get(key, otherwise));
    }
    return each;
  }

  Padding padding() {
    return text.padding(rank);
  }

  /** Writes all, sizes of the axes that there are; each part that has its default is left out. */
  static String write(
      int n,
      int ic,
      int[] in,
      int oc,
      int[] k,
      int[] strides,
      int[] dilations,
      Padding padding,
      int groups) {
    StringBuilder t = new StringBuilder().append('n').append(n).append(" ic").append(ic);
    ShapeText.size(t, "i", in);
    t.append(" oc").append(oc);
    ShapeText.size(t, "k", k);
    ShapeText.window(t, strides, dilations, padding);
    if (groups != 1) {
      t.append(" g").append(groups);
    }
    return t.toString();
  }

  /** The numbers of the axes that there are. */
  static int[] last(int rank, int... each) {
    return Arrays.copyOfRange(each, 3 - rank, 3);
  }
}
