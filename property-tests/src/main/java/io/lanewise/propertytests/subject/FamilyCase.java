package io.lanewise.propertytests.subject;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An operation of a family on one shape.
 *
 * @param operation its name in the family, such as {@code "batch-norm"}
 * @param x shape of its first input
 * @param layout of its images, where it works on images
 * @param variant picks what else there is to say, such as an axis or a stride
 */
public record FamilyCase(String operation, Shape x, Layout layout, int variant) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9-]+)( [0-9x]+)?( last)? v(\\d{1,6})");

  /** All must be there. */
  public FamilyCase {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(layout, "layout");
  }

  /**
   * Reads what {@link #toString()} writes.
   *
   * @throws IllegalArgumentException saying what is not understood
   */
  public static FamilyCase parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      throw wrong(text);
    }
    int[] dims = {};
    String sizes = m.group(2) == null ? "" : m.group(2).strip();
    if (!sizes.isEmpty()) {
      if (!sizes.matches("\\d{1,9}(x\\d{1,9})*")) {
        throw wrong(text);
      }
      dims = Arrays.stream(sizes.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    }
    Layout layout = m.group(3) == null ? Layout.CHANNELS_FIRST : Layout.CHANNELS_LAST;
    return new FamilyCase(m.group(1), Shape.of(dims), layout, Integer.parseInt(m.group(4)));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "expected a case such as 'batch-norm 2x3x5 last v7', got '" + text + "'");
  }

  /** So many variants later. */
  public FamilyCase later(int variants) {
    return new FamilyCase(operation, x, layout, variant + variants);
  }

  /** Chance that depends on the variant alone. */
  public SplittableRandom parameters() {
    return new SplittableRandom(variant);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    String sizes =
        Arrays.stream(x.toArray()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    return operation
        + (sizes.isEmpty() ? "" : " " + sizes)
        + (layout == Layout.CHANNELS_LAST ? " last" : "")
        + " v"
        + variant;
  }
}
