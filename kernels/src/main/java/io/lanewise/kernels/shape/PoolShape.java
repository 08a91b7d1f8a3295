package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/**
 * Geometry of one pooling along one, two or three axes; letters as in {@link ConvShape}, c the
 * channels (the same in and out). Tensors: x [n][c][iw], [n][c][ih][iw] or [n][c][id][ih][iw], y
 * alike. An axis that the rank leaves out has size 1, window 1, stride 1, dilation 1 and no
 * padding. Padding may exceed the window; what a window made of padding alone gives, each pooling
 * says.
 *
 * @param ceil true to round the number of outputs up: the last windows may then reach beyond the
 *     padding, and count as if cut off there ({@link Window#outputSize})
 */
public record PoolShape(
    int rank,
    int n,
    int c,
    int id,
    int ih,
    int iw,
    int kd,
    int kh,
    int kw,
    int strideD,
    int strideH,
    int strideW,
    int dilationD,
    int dilationH,
    int dilationW,
    Padding padding,
    boolean ceil) {
  private static final String CEIL = "ceil";

  /** Validates; see the messages. */
  public PoolShape {
    Objects.requireNonNull(padding, "padding");
    if (rank < 1 || rank > 3) {
      throw new IllegalArgumentException("a pooling has rank 1, 2 or 3, got " + rank);
    }
    if (n < 0) {
      throw new IllegalArgumentException("batch size n must be at least 0, got " + n);
    }
    atLeastOne("c", c);
    atLeastOne("id", id);
    atLeastOne("ih", ih);
    atLeastOne("iw", iw);
    atLeastOne("kd", kd);
    atLeastOne("kh", kh);
    atLeastOne("kw", kw);
    atLeastOne("strideD", strideD);
    atLeastOne("strideH", strideH);
    atLeastOne("strideW", strideW);
    atLeastOne("dilationD", dilationD);
    atLeastOne("dilationH", dilationH);
    atLeastOne("dilationW", dilationW);
    if (rank < 3) {
      requireNoAxis(rank, "depth", id, kd, strideD, dilationD, padding.front(), padding.back());
    }
    if (rank < 2) {
      requireNoAxis(rank, "height", ih, kh, strideH, dilationH, padding.top(), padding.bottom());
    }
    // Shape refuses what does not fit in one tensor.
    int od =
        Window.outputSize(
            "depth", id, kd, strideD, dilationD, padding.front(), padding.back(), ceil);
    int oh =
        Window.outputSize(
            "height", ih, kh, strideH, dilationH, padding.top(), padding.bottom(), ceil);
    int ow =
        Window.outputSize(
            "width", iw, kw, strideW, dilationW, padding.left(), padding.right(), ceil);
    tensor(rank, n, c, id, ih, iw);
    tensor(rank, n, c, od, oh, ow);
  }

  /** A 2-D pooling that rounds its outputs' number down. */
  public PoolShape(
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
    this(
        2, n, c, 1, ih, iw, 1, kh, kw, 1, strideH, strideW, 1, dilationH, dilationW, padding,
        false);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  private static void requireNoAxis(
      int rank, String axis, int in, int k, int stride, int dilation, int before, int after) {
    if (in != 1 || k != 1 || stride != 1 || dilation != 1 || before != 0 || after != 0) {
      throw new IllegalArgumentException(
          "a %d-D pooling has no %s (size 1, window 1, stride 1, dilation 1, padding 0), got size %d, window %d, stride %d, dilation %d, padding %d and %d"
              .formatted(rank, axis, in, k, stride, dilation, before, after));
    }
  }

  private static Shape tensor(int rank, int n, int c, int d, int h, int w) {
    return switch (rank) {
      case 1 -> Shape.of(n, c, w);
      case 2 -> Shape.of(n, c, h, w);
      default -> Shape.of(n, c, d, h, w);
    };
  }

  /** A square window of a plane, without dilation. */
  public static PoolShape square(int n, int c, int ih, int iw, int k, int stride, int padding) {
    return new PoolShape(n, c, ih, iw, k, k, stride, stride, 1, 1, Padding.of(padding));
  }

  /**
   * One window as large as the images: global pooling.
   *
   * @param x [n][c] and one to three axes
   */
  public static PoolShape global(Shape x) {
    int[] axes = new int[Math.max(0, x.rank() - 2)];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = x.dim(i + 2);
    }
    return input(x).window(axes).build();
  }

  /**
   * Starts from the input's shape.
   *
   * @param x [n][c] and one to three axes
   * @throws IllegalArgumentException if it has another number of axes
   */
  public static Builder input(Shape x) {
    return switch (x.rank()) {
      case 3 -> input(x.dim(0), x.dim(1), x.dim(2));
      case 4 -> input(x.dim(0), x.dim(1), x.dim(2), x.dim(3));
      case 5 -> input(x.dim(0), x.dim(1), x.dim(2), x.dim(3), x.dim(4));
      default ->
          throw new IllegalArgumentException(
              "a pooling's input has a batch, channels and 1 to 3 axes, got shape " + x);
    };
  }

  /** Starts a 1-D pooling from the input's sizes. */
  public static Builder input(int n, int c, int iw) {
    return new Builder(1, n, c, 1, 1, iw);
  }

  /** Starts a 2-D pooling from the input's sizes. */
  public static Builder input(int n, int c, int ih, int iw) {
    return new Builder(2, n, c, 1, ih, iw);
  }

  /** Starts a 3-D pooling from the input's sizes. */
  public static Builder input(int n, int c, int id, int ih, int iw) {
    return new Builder(3, n, c, id, ih, iw);
  }

  /** Output depth. */
  public int od() {
    return Window.outputSize(
        "depth", id, kd, strideD, dilationD, padding.front(), padding.back(), ceil);
  }

  /** Output height. */
  public int oh() {
    return Window.outputSize(
        "height", ih, kh, strideH, dilationH, padding.top(), padding.bottom(), ceil);
  }

  /** Output width. */
  public int ow() {
    return Window.outputSize(
        "width", iw, kw, strideW, dilationW, padding.left(), padding.right(), ceil);
  }

  /** The same windows on so many images of so many channels. */
  public PoolShape with(int batch, int channels) {
    return new PoolShape(
        rank, batch, channels, id, ih, iw, kd, kh, kw, strideD, strideH, strideW, dilationD,
        dilationH, dilationW, padding, ceil);
  }

  /** Taps of a window: kd · kh · kw, which may exceed 2^31. */
  public long area() {
    return Math.multiplyExact((long) kd * kh, (long) kw);
  }

  /** Shape of x. */
  public Shape x() {
    return tensor(rank, n, c, id, ih, iw);
  }

  /** Shape of y. */
  public Shape y() {
    return tensor(rank, n, c, od(), oh(), ow());
  }

  /** Planes of the window at output plane {@code oz} that lie inside the input. */
  public int planesInside(int oz) {
    return inside(oz * strideD - padding.front(), kd, dilationD, id);
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
   * Reads what {@link #toString()} writes, such as {@code "n1 c64 ih112 kh3 s2 p1"}, with {@code
   * ceil} behind it to round up; axes are told and words may be left out as in {@link
   * ConvShape#parse} (the stride, too, is then 1).
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static PoolShape parse(String text) {
    ConvText t = ConvText.ofPooling(text, CEIL);
    Builder b = new Builder(t.rank(), t.get("n", 1), t.need("c"), t.in());
    b.k = t.kernel();
    b.stride = t.along("s");
    b.dilation = t.along("d");
    b.padding = t.padding();
    b.ceil = t.has(CEIL);
    return b.build();
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder t = new StringBuilder().append('n').append(n).append(" c").append(c);
    ShapeText.size(t, "i", ConvText.last(rank, id, ih, iw));
    ShapeText.size(t, "k", ConvText.last(rank, kd, kh, kw));
    int[] strides = ConvText.last(rank, strideD, strideH, strideW);
    int[] dilations = ConvText.last(rank, dilationD, dilationH, dilationW);
    ShapeText.window(t, strides, dilations, padding);
    return t.append(ceil ? " " + CEIL : "").toString();
  }

  /** Collects a shape; everything but the window has a default. */
  public static final class Builder {
    private final int rank;
    private final int n;
    private final int c;
    private final int[] in; // depth, height, width, as all that follow
    private int[] k = {1, 1, 1};
    private int[] stride = {1, 1, 1};
    private int[] dilation = {1, 1, 1};
    private Padding padding = Padding.NONE;
    private boolean ceil;

    private Builder(int rank, int n, int c, int... in) {
      this.rank = rank;
      this.n = n;
      this.c = c;
      this.in = in;
    }

    private int[] axes(String what, int otherwise, int... given) {
      return ConvBuilder.axes(what + " of a " + rank + "-D pooling", rank, otherwise, given);
    }

    /** The window's extent along each axis (depth, height, width), or the same along all. */
    public Builder window(int... extent) {
      this.k = axes("the window", 1, extent);
      return this;
    }

    /** Stride along each axis (depth, height, width), or the same along all. */
    public Builder stride(int... steps) {
      this.stride = axes("the stride", 1, steps);
      return this;
    }

    /** Dilation along each axis (depth, height, width), or the same along all. */
    public Builder dilation(int... distances) {
      this.dilation = axes("the dilation", 1, distances);
      return this;
    }

    /** Padding before and after, along each axis (depth, height, width) or the same along all. */
    public Builder padding(int... both) {
      int[] p = axes("the padding", 0, both);
      return padding(Padding.of(p[0], p[1], p[2]));
    }

    /** Padding side by side. */
    public Builder padding(Padding p) {
      this.padding = p;
      return this;
    }

    /** Rounds the number of outputs up. */
    public Builder ceil() {
      this.ceil = true;
      return this;
    }

    /** The validated shape. */
    public PoolShape build() {
      return new PoolShape(
          rank,
          n,
          c,
          in[0],
          in[1],
          in[2],
          k[0],
          k[1],
          k[2],
          stride[0],
          stride[1],
          stride[2],
          dilation[0],
          dilation[1],
          dilation[2],
          padding,
          ceil);
    }
  }
}
