package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;
import java.util.Set;

/**
 * Geometry of one 2-D convolution (1-D: height 1); validated once, here. Every derived size is a
 * method here and nowhere else.
 *
 * <table>
 * <caption>The letters, and the words that the layers use</caption>
 * <tr><td>n</td><td>batch size; may be 0</td></tr>
 * <tr><td>ic, oc</td><td>input and output channels</td></tr>
 * <tr><td>ih iw, oh ow</td><td>input and output height and width</td></tr>
 * <tr><td>kh kw</td><td>kernel height and width</td></tr>
 * <tr><td>strideH strideW</td><td>steps of the window; 1 = every position</td></tr>
 * <tr><td>dilationH dilationW</td><td>distance between taps; 1 = dense</td></tr>
 * <tr><td>groups</td><td>groups of channels that do not see each other; ic = depthwise</td></tr>
 * </table>
 *
 * <p>Tensors: x [n][ic][ih][iw], w [oc][ic/groups][kh][kw], y [n][oc][oh][ow], bias [oc]. The
 * operation is the cross-correlation that the field calls convolution: {@code y[img][o][oy][ox] =
 * bias[o] + Σ over c,ky,kx of w[o][c][ky][kx] · x[img][g·icg + c][oy·strideH - top +
 * ky·dilationH][ox·strideW - left + kx·dilationW]}, with x = 0 in the padding (where an infinite or
 * NaN weight may, but need not, give NaN).
 */
public record ConvShape(
    int n,
    int ic,
    int ih,
    int iw,
    int oc,
    int kh,
    int kw,
    int strideH,
    int strideW,
    int dilationH,
    int dilationW,
    Padding padding,
    int groups) {
  private static final Set<String> WORDS =
      Set.of(
          "n", "ic", "ih", "iw", "oc", "kh", "kw", "s", "sh", "sw", "d", "dh", "dw", "p", "pt",
          "pb", "pl", "pr", "g");

  /** Validates; see the messages. */
  public ConvShape {
    Objects.requireNonNull(padding, "padding");
    if (n < 0) {
      throw new IllegalArgumentException("batch size n must be at least 0, got " + n);
    }
    atLeastOne("ic", ic);
    atLeastOne("ih", ih);
    atLeastOne("iw", iw);
    atLeastOne("oc", oc);
    atLeastOne("kh", kh);
    atLeastOne("kw", kw);
    atLeastOne("strideH", strideH);
    atLeastOne("strideW", strideW);
    atLeastOne("dilationH", dilationH);
    atLeastOne("dilationW", dilationW);
    atLeastOne("groups", groups);
    if (ic % groups != 0 || oc % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide ic and oc, got groups=" + groups + " ic=" + ic + " oc=" + oc);
    }
    int oh =
        Window.outputSize("height", ih, kh, strideH, dilationH, padding.top(), padding.bottom());
    int ow =
        Window.outputSize("width", iw, kw, strideW, dilationW, padding.left(), padding.right());
    // Shape refuses what does not fit in one tensor.
    Shape.of(n, ic, ih, iw);
    Shape.of(n, oc, oh, ow);
    Shape.of(oc, ic / groups, kh, kw);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  /** Starts from the input's sizes. */
  public static Builder input(int n, int ic, int ih, int iw) {
    return new Builder(n, ic, ih, iw);
  }

  /** Output height. */
  public int oh() {
    return Window.outputSize("height", ih, kh, strideH, dilationH, padding.top(), padding.bottom());
  }

  /** Output width. */
  public int ow() {
    return Window.outputSize("width", iw, kw, strideW, dilationW, padding.left(), padding.right());
  }

  /** Input channels of one group. */
  public int icg() {
    return ic / groups;
  }

  /** Output channels of one group. */
  public int ocg() {
    return oc / groups;
  }

  /** Length of one output's sum: icg · kh · kw. */
  public int reduction() {
    return icg() * kh * kw;
  }

  /** Shape of x. */
  public Shape x() {
    return Shape.of(n, ic, ih, iw);
  }

  /** Shape of w. */
  public Shape w() {
    return Shape.of(oc, icg(), kh, kw);
  }

  /** Shape of y. */
  public Shape y() {
    return Shape.of(n, oc, oh(), ow());
  }

  /** Shape of the bias. */
  public Shape bias() {
    return Shape.of(oc);
  }

  /** Floating-point operations of the direct algorithm, two a multiply-add. */
  public long flops() {
    return 2L * n * oc * oh() * ow() * reduction();
  }

  /** True for 1x1 kernels that read each pixel once: no stride, no padding, one group. */
  public boolean isPointwise() {
    return kh == 1 && kw == 1 && strideH == 1 && strideW == 1 && padding.isNone() && groups == 1;
  }

  /** True if each input channel is a group of its own. */
  public boolean isDepthwise() {
    return groups == ic && groups > 1;
  }

  /** The same convolution at another batch size. */
  public ConvShape withBatch(int batch) {
    return new ConvShape(
        batch, ic, ih, iw, oc, kh, kw, strideH, strideW, dilationH, dilationW, padding, groups);
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "n1 ic64 ih56 oc128 kh3 s2 p1"}. Left
   * out: n 1, iw as ih, kw as kh, strides 1 ({@code s2} sets both, {@code sh} {@code sw} one),
   * dilations 1 ({@code d}, {@code dh}, {@code dw}), padding 0 ({@code p} sets all four, {@code pt
   * pb pl pr} one), groups 1 ({@code g}).
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static ConvShape parse(String text) {
    ShapeText t = new ShapeText("a convolution shape", text, WORDS, Set.of());
    return new ConvShape(
        t.get("n", 1),
        t.need("ic"),
        t.need("ih"),
        t.get("iw", t.need("ih")),
        t.need("oc"),
        t.need("kh"),
        t.get("kw", t.need("kh")),
        t.along("s", 'h'),
        t.along("s", 'w'),
        t.along("d", 'h'),
        t.along("d", 'w'),
        t.padding(),
        t.get("g", 1));
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder t = new StringBuilder().append('n').append(n).append(" ic").append(ic);
    ShapeText.size(t, "i", ih, iw);
    t.append(" oc").append(oc);
    ShapeText.size(t, "k", kh, kw);
    ShapeText.window(t, strideH, strideW, dilationH, dilationW, padding);
    if (groups != 1) {
      t.append(" g").append(groups);
    }
    return t.toString();
  }

  /** Collects a shape; everything but the filters has a default. */
  public static final class Builder {
    private final int n;
    private final int ic;
    private final int ih;
    private final int iw;
    private int oc;
    private int kh;
    private int kw;
    private int strideH = 1;
    private int strideW = 1;
    private int dilationH = 1;
    private int dilationW = 1;
    private Padding padding = Padding.NONE;
    private int groups = 1;

    private Builder(int n, int ic, int ih, int iw) {
      this.n = n;
      this.ic = ic;
      this.ih = ih;
      this.iw = iw;
    }

    /** Number of filters (output channels) and their extent. */
    public Builder filters(int oc, int kh, int kw) {
      this.oc = oc;
      this.kh = kh;
      this.kw = kw;
      return this;
    }

    /** The same stride both ways. */
    public Builder stride(int both) {
      return stride(both, both);
    }

    /** Stride down and across. */
    public Builder stride(int h, int w) {
      this.strideH = h;
      this.strideW = w;
      return this;
    }

    /** The same dilation both ways. */
    public Builder dilation(int both) {
      return dilation(both, both);
    }

    /** Dilation down and across. */
    public Builder dilation(int h, int w) {
      this.dilationH = h;
      this.dilationW = w;
      return this;
    }

    /** The same padding on all sides. */
    public Builder padding(int all) {
      return padding(Padding.of(all));
    }

    /** Padding side by side. */
    public Builder padding(Padding p) {
      this.padding = p;
      return this;
    }

    /** Number of groups. */
    public Builder groups(int g) {
      this.groups = g;
      return this;
    }

    /** The validated shape. */
    public ConvShape build() {
      return new ConvShape(
          n, ic, ih, iw, oc, kh, kw, strideH, strideW, dilationH, dilationW, padding, groups);
    }
  }
}
