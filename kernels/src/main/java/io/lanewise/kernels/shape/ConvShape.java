package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/**
 * Geometry of one convolution along one, two or three axes; validated once, here. Every derived
 * size is a method here and nowhere else.
 *
 * <table>
 * <caption>The letters, and the words that the layers use</caption>
 * <tr><td>rank</td><td>axes that the window moves along: 1 (width), 2 (and height), 3 (and depth)
 * </td></tr>
 * <tr><td>n</td><td>batch size; may be 0</td></tr>
 * <tr><td>ic, oc</td><td>input and output channels</td></tr>
 * <tr><td>id ih iw, od oh ow</td><td>input and output depth, height and width</td></tr>
 * <tr><td>kd kh kw</td><td>kernel depth, height and width</td></tr>
 * <tr><td>strideD strideH strideW</td><td>steps of the window; 1 = every position</td></tr>
 * <tr><td>dilationD dilationH dilationW</td><td>distance between taps; 1 = dense</td></tr>
 * <tr><td>groups</td><td>groups of channels that do not see each other; ic = depthwise</td></tr>
 * </table>
 *
 * <table>
 * <caption>The tensors; bias is [oc] always</caption>
 * <tr><th>rank</th><th>x</th><th>w</th><th>y</th></tr>
 * <tr><td>1</td><td>[n][ic][iw]</td><td>[oc][ic/groups][kw]</td><td>[n][oc][ow]</td></tr>
 * <tr><td>2</td><td>[n][ic][ih][iw]</td><td>[oc][ic/groups][kh][kw]</td><td>[n][oc][oh][ow]</td>
 * </tr>
 * <tr><td>3</td><td>[n][ic][id][ih][iw]</td><td>[oc][ic/groups][kd][kh][kw]</td>
 * <td>[n][oc][od][oh][ow]</td></tr>
 * </table>
 *
 * <p>An axis that the rank leaves out has size 1, stride 1, dilation 1 and no padding, so that the
 * formulas of rank 3 hold for all. The operation is the cross-correlation that the field calls
 * convolution: {@code y[img][o][oz][oy][ox] = bias[o] + Σ over c,kz,ky,kx of w[o][c][kz][ky][kx] ·
 * x[img][g·icg + c][oz·strideD - front + kz·dilationD][oy·strideH - top + ky·dilationH][ox·strideW
 * - left + kx·dilationW]}, with x = 0 in the padding (where an infinite or NaN weight may, but need
 * not, give NaN).
 */
public record ConvShape(
    int rank,
    int n,
    int ic,
    int id,
    int ih,
    int iw,
    int oc,
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
    int groups) {
  /** Validates; see the messages. */
  public ConvShape {
    Objects.requireNonNull(padding, "padding");
    if (rank < 1 || rank > 3) {
      throw new IllegalArgumentException("a convolution has rank 1, 2 or 3, got " + rank);
    }
    if (n < 0) {
      throw new IllegalArgumentException("batch size n must be at least 0, got " + n);
    }
    atLeastOne("ic", ic);
    atLeastOne("id", id);
    atLeastOne("ih", ih);
    atLeastOne("iw", iw);
    atLeastOne("oc", oc);
    atLeastOne("kd", kd);
    atLeastOne("kh", kh);
    atLeastOne("kw", kw);
    atLeastOne("strideD", strideD);
    atLeastOne("strideH", strideH);
    atLeastOne("strideW", strideW);
    atLeastOne("dilationD", dilationD);
    atLeastOne("dilationH", dilationH);
    atLeastOne("dilationW", dilationW);
    atLeastOne("groups", groups);
    if (rank < 3) {
      requireNoAxis(
          rank, "depth", id, kd, strideD, dilationD, (long) padding.front() + padding.back());
    }
    if (rank < 2) {
      requireNoAxis(
          rank, "height", ih, kh, strideH, dilationH, (long) padding.top() + padding.bottom());
    }
    if (ic % groups != 0 || oc % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide ic and oc, got groups=" + groups + " ic=" + ic + " oc=" + oc);
    }
    int od =
        Window.outputSize("depth", id, kd, strideD, dilationD, padding.front(), padding.back());
    int oh =
        Window.outputSize("height", ih, kh, strideH, dilationH, padding.top(), padding.bottom());
    int ow =
        Window.outputSize("width", iw, kw, strideW, dilationW, padding.left(), padding.right());
    // Shape refuses what does not fit in one tensor.
    tensor(rank, n, ic, id, ih, iw);
    tensor(rank, n, oc, od, oh, ow);
    tensor(rank, oc, ic / groups, kd, kh, kw);
  }

  /** A 2-D convolution. */
  public ConvShape(
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
    this(
        2, n, ic, 1, ih, iw, oc, 1, kh, kw, 1, strideH, strideW, 1, dilationH, dilationW, padding,
        groups);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  private static void requireNoAxis(
      int rank, String axis, int in, int k, int stride, int dilation, long padding) {
    if (in != 1 || k != 1 || stride != 1 || dilation != 1 || padding != 0) {
      throw new IllegalArgumentException(
          "a %d-D convolution has no %s (size 1, kernel 1, stride 1, dilation 1, padding 0), got size %d, kernel %d, stride %d, dilation %d, padding %d"
              .formatted(rank, axis, in, k, stride, dilation, padding));
    }
  }

  /** The sizes of the axes that {@code rank} has, behind two others. */
  private static Shape tensor(int rank, int first, int second, int d, int h, int w) {
    return switch (rank) {
      case 1 -> Shape.of(first, second, w);
      case 2 -> Shape.of(first, second, h, w);
      default -> Shape.of(first, second, d, h, w);
    };
  }

  /** Starts a 1-D convolution from the input's sizes. */
  public static Builder input(int n, int ic, int iw) {
    return new Builder(1, n, ic, 1, 1, iw);
  }

  /** Starts a 2-D convolution from the input's sizes. */
  public static Builder input(int n, int ic, int ih, int iw) {
    return new Builder(2, n, ic, 1, ih, iw);
  }

  /** Starts a 3-D convolution from the input's sizes. */
  public static Builder input(int n, int ic, int id, int ih, int iw) {
    return new Builder(3, n, ic, id, ih, iw);
  }

  /** Output depth. */
  public int od() {
    return Window.outputSize("depth", id, kd, strideD, dilationD, padding.front(), padding.back());
  }

  /** Output height. */
  public int oh() {
    return Window.outputSize("height", ih, kh, strideH, dilationH, padding.top(), padding.bottom());
  }

  /** Output width. */
  public int ow() {
    return Window.outputSize("width", iw, kw, strideW, dilationW, padding.left(), padding.right());
  }

  /** Pixels of an image of x: id · ih · iw. */
  public int xPixels() {
    return id * ih * iw;
  }

  /** Pixels of an image of y: od · oh · ow. */
  public int yPixels() {
    return od() * oh() * ow();
  }

  /** Input channels of one group. */
  public int icg() {
    return ic / groups;
  }

  /** Output channels of one group. */
  public int ocg() {
    return oc / groups;
  }

  /** Taps of a window in one channel: kd · kh · kw. */
  public int area() {
    return kd * kh * kw;
  }

  /** Length of one output's sum: icg · kd · kh · kw. */
  public int reduction() {
    return icg() * area();
  }

  /** Shape of x. */
  public Shape x() {
    return tensor(rank, n, ic, id, ih, iw);
  }

  /** Shape of w. */
  public Shape w() {
    return tensor(rank, oc, icg(), kd, kh, kw);
  }

  /** Shape of y. */
  public Shape y() {
    return tensor(rank, n, oc, od(), oh(), ow());
  }

  /** Shape of the bias. */
  public Shape bias() {
    return Shape.of(oc);
  }

  /** Extent of the kernel along each axis that there is: depth, height, width. */
  public int[] kernel() {
    return ConvText.last(rank, kd, kh, kw);
  }

  /** Stride along each axis that there is. */
  public int[] strides() {
    return ConvText.last(rank, strideD, strideH, strideW);
  }

  /** Dilation along each axis that there is. */
  public int[] dilations() {
    return ConvText.last(rank, dilationD, dilationH, dilationW);
  }

  /** Padding in front, on top and on the left, as far as there are such sides. */
  public int[] paddingBefore() {
    return ConvText.last(rank, padding.front(), padding.top(), padding.left());
  }

  /** Padding behind, at the bottom and on the right, as far as there are such sides. */
  public int[] paddingAfter() {
    return ConvText.last(rank, padding.back(), padding.bottom(), padding.right());
  }

  /** Floating-point operations of the direct algorithm, two a multiply-add. */
  public long flops() {
    return 2L * n * oc * yPixels() * reduction();
  }

  /** True for kernels of one tap that read each pixel once: no stride, no padding, one group. */
  public boolean isPointwise() {
    return area() == 1
        && strideD == 1
        && strideH == 1
        && strideW == 1
        && padding.isNone()
        && groups == 1;
  }

  /** True if each input channel is a group of its own. */
  public boolean isDepthwise() {
    return groups == ic && groups > 1;
  }

  /** True if each plane of x gives one plane of y by itself, as in every 1-D and 2-D shape. */
  public boolean isPlaneByPlane() {
    return kd == 1 && strideD == 1 && padding.front() == 0 && padding.back() == 0;
  }

  /**
   * The 2-D convolution of all planes as if they were images: the same arithmetic where {@link
   * #isPlaneByPlane}, and the same order in memory if channels are last.
   */
  public ConvShape planes() {
    if (!isPlaneByPlane()) {
      throw new IllegalArgumentException("planes are not convolved one by one in " + this);
    }
    return new ConvShape(
        Math.multiplyExact(n, id),
        ic,
        ih,
        iw,
        oc,
        kh,
        kw,
        strideH,
        strideW,
        dilationH,
        dilationW,
        padding,
        groups);
  }

  /** The same convolution at another batch size. */
  public ConvShape withBatch(int batch) {
    return new ConvShape(
        rank, batch, ic, id, ih, iw, oc, kd, kh, kw, strideD, strideH, strideW, dilationD,
        dilationH, dilationW, padding, groups);
  }

  /** The same windows on other channels. */
  public ConvShape withChannels(int inputs, int outputs, int groupsOfThem) {
    return new ConvShape(
        rank,
        n,
        inputs,
        id,
        ih,
        iw,
        outputs,
        kd,
        kh,
        kw,
        strideD,
        strideH,
        strideW,
        dilationD,
        dilationH,
        dilationW,
        padding,
        groupsOfThem);
  }

  /**
   * The same windows on images of another size.
   *
   * @param depth 1 where there is no such axis, and so for {@code height}
   */
  public ConvShape withImage(int depth, int height, int width, Padding around) {
    return new ConvShape(
        rank, n, ic, depth, height, width, oc, kd, kh, kw, strideD, strideH, strideW, dilationD,
        dilationH, dilationW, around, groups);
  }

  /**
   * Reads what {@link #toString()} writes: {@code "n1 ic64 ih56 oc128 kh3 s2 p1"}, in 1-D, without
   * ih and kh, {@code "n1 ic64 iw1000 oc64 kw5 p2"}, in 3-D {@code "n1 ic16 id16 ih56 oc32 kd3 kh3
   * p1"}. Left out: n 1, iw as ih, kw as kh, strides 1 ({@code s2} sets all, {@code sd sh sw} one),
   * dilations 1 ({@code d}, {@code dd dh dw}), padding 0 ({@code p} sets all sides, {@code pf pk pt
   * pb pl pr} front, back, top, bottom, left, right), groups 1 ({@code g}).
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static ConvShape parse(String text) {
    ConvText t = ConvText.of("convolution", text, null);
    return new Builder(t.rank(), t.get("n", 1), t.need("ic"), t.in()).read(t).build();
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    return ConvText.write(
        n,
        ic,
        ConvText.last(rank, id, ih, iw),
        oc,
        kernel(),
        strides(),
        dilations(),
        padding,
        groups);
  }

  /** Collects a shape; everything but the filters has a default. */
  public static final class Builder extends ConvBuilder<Builder> {
    private Builder(int rank, int n, int ic, int... in) {
      super(rank, n, ic, in);
    }

    @Override
    Builder self() {
      return this;
    }

    /** The validated shape. */
    public ConvShape build() {
      return new ConvShape(
          rank,
          n,
          ic,
          in[0],
          in[1],
          in[2],
          oc,
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
          groups);
    }
  }
}
