package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;
import java.util.Set;

/**
 * Geometry of one 2-D pooling; letters as in {@link ConvShape}, c the channels (the same in and
 * out). Tensors: x [n][c][ih][iw], y [n][c][oh][ow]. Padding may exceed the window; what a window
 * made of padding alone gives, each pooling says.
 */
public record PoolShape(
    int n,
    int c,
    int ih,
    int iw,
    int kh,
    int kw,
    int strideH,
    int strideW,
    int dilationH,
    int dilationW,
    Padding padding) {
  private static final Set<String> WORDS =
      Set.of(
          "n", "c", "ih", "iw", "kh", "kw", "s", "sh", "sw", "d", "dh", "dw", "p", "pt", "pb", "pl",
          "pr");

  /** Validates; see the messages. */
  public PoolShape {
    Objects.requireNonNull(padding, "padding");
    if (n < 0) {
      throw new IllegalArgumentException("batch size n must be at least 0, got " + n);
    }
    int[] values = {c, ih, iw, kh, kw, strideH, strideW, dilationH, dilationW};
    String[] names = {"c", "ih", "iw", "kh", "kw", "strideH", "strideW", "dilationH", "dilationW"};
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 1) {
        throw new IllegalArgumentException(names[i] + " must be at least 1, got " + values[i]);
      }
    }
    if (padding.front() != 0 || padding.back() != 0) {
      throw new IllegalArgumentException(
          "a 2-D pooling has no depth to pad, got front="
              + padding.front()
              + " back="
              + padding.back());
    }
    Shape.of(n, c, ih, iw);
    Shape.of(
        n,
        c,
        Window.outputSize("height", ih, kh, strideH, dilationH, padding.top(), padding.bottom()),
        Window.outputSize("width", iw, kw, strideW, dilationW, padding.left(), padding.right()));
  }

  /** A square window without dilation. */
  public static PoolShape square(int n, int c, int ih, int iw, int k, int stride, int padding) {
    return new PoolShape(n, c, ih, iw, k, k, stride, stride, 1, 1, Padding.of(padding));
  }

  /** Output height. */
  public int oh() {
    return Window.outputSize("height", ih, kh, strideH, dilationH, padding.top(), padding.bottom());
  }

  /** Output width. */
  public int ow() {
    return Window.outputSize("width", iw, kw, strideW, dilationW, padding.left(), padding.right());
  }

  /** Shape of x. */
  public Shape x() {
    return Shape.of(n, c, ih, iw);
  }

  /** Shape of y. */
  public Shape y() {
    return Shape.of(n, c, oh(), ow());
  }

  /** Rows of the window at output row {@code oy} that lie inside the input. */
  public int rowsInside(int oy) {
    return inside(oy * strideH - padding.top(), kh, dilationH, ih);
  }

  /** Columns of the window at output column {@code ox} that lie inside the input. */
  public int columnsInside(int ox) {
    return inside(ox * strideW - padding.left(), kw, dilationW, iw);
  }

  private static int inside(int first, int k, int dilation, int in) {
    int count = 0;
    for (int tap = 0; tap < k; tap++) {
      int at = first + tap * dilation;
      if (at >= 0 && at < in) {
        count++;
      }
    }
    return count;
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "n1 c64 ih112 kh3 s2 p1"}; words may be
   * left out as in {@link ConvShape#parse} (the stride, too, is then 1).
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static PoolShape parse(String text) {
    ShapeText t = new ShapeText("a pooling shape", text, WORDS, Set.of());
    return new PoolShape(
        t.get("n", 1),
        t.need("c"),
        t.need("ih"),
        t.get("iw", t.need("ih")),
        t.need("kh"),
        t.get("kw", t.need("kh")),
        t.along("s", 'h'),
        t.along("s", 'w'),
        t.along("d", 'h'),
        t.along("d", 'w'),
        t.padding(2));
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder t = new StringBuilder().append('n').append(n).append(" c").append(c);
    ShapeText.size(t, "i", ih, iw);
    ShapeText.size(t, "k", kh, kw);
    int[] strides = {strideH, strideW};
    int[] dilations = {dilationH, dilationW};
    ShapeText.window(t, strides, dilations, padding);
    return t.toString();
  }
}
