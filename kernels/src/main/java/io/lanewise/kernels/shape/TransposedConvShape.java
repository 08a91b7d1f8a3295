package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/**
 * Geometry of a transposed convolution (ConvTranspose of PyTorch and ONNX): each input pixel is
 * multiplied by the kernel and added to the outputs from its own position times the stride on. That
 * is the input gradient of a convolution, which is all that is kept: {@code conv} reads this one's
 * output y and gives its input x, so each size follows from one of {@code conv}'s.
 *
 * <p>Letters as in {@link ConvShape}. Tensors of 2-D shapes, others likewise: x [n][ic][ih][iw], w
 * [ic][oc/groups][kh][kw], y [n][oc][oh][ow], bias [oc]. {@code y[img][o][iy·strideH - top +
 * ky·dilationH][ix·strideW - left + kx·dilationW]}, if it exists, collects {@code x[img][c][iy][ix]
 * · w[c][o - g·ocg][ky][kx]} for all c of o's group g. Padding cuts the output: {@code oh = (ih -
 * 1) · strideH - top - bottom + (kh - 1) · dilationH + 1 + outputPaddingH}.
 *
 * <p>Output padding adds rows, columns or planes at the end that few or no inputs reach; it tells
 * apart the sizes that a convolution of this stride makes equal, and so is less than the stride.
 *
 * @param conv the convolution whose input gradient this is
 */
public record TransposedConvShape(ConvShape conv) {
  private static final String OUTPUT_PADDING = "op";

  /** Any convolution has a transposed one. */
  public TransposedConvShape {
    Objects.requireNonNull(conv, "conv");
  }

  /** Starts a 1-D transposed convolution from the input's sizes. */
  public static Builder input(int n, int ic, int iw) {
    return new Builder(1, n, ic, 1, 1, iw);
  }

  /** Starts a 2-D transposed convolution from the input's sizes. */
  public static Builder input(int n, int ic, int ih, int iw) {
    return new Builder(2, n, ic, 1, ih, iw);
  }

  /** Starts a 3-D transposed convolution from the input's sizes. */
  public static Builder input(int n, int ic, int id, int ih, int iw) {
    return new Builder(3, n, ic, id, ih, iw);
  }

  /** Axes that the window moves along. */
  public int rank() {
    return conv.rank();
  }

  /** Batch size. */
  public int n() {
    return conv.n();
  }

  /** Input channels. */
  public int ic() {
    return conv.oc();
  }

  /** Output channels. */
  public int oc() {
    return conv.ic();
  }

  /** Number of groups. */
  public int groups() {
    return conv.groups();
  }

  /** Input channels of one group. */
  public int icg() {
    return conv.ocg();
  }

  /** Output channels of one group. */
  public int ocg() {
    return conv.icg();
  }

  /** Pixels of an image of x. */
  public int xPixels() {
    return conv.yPixels();
  }

  /** Pixels of an image of y. */
  public int yPixels() {
    return conv.xPixels();
  }

  /** Taps of the kernel in one channel: kd · kh · kw. */
  public int area() {
    return conv.area();
  }

  /** Planes of y behind what the last input reaches without them. */
  public int outputPaddingD() {
    int padding = conv.padding().front() + conv.padding().back();
    return left(conv.id(), padding, conv.kd(), conv.dilationD(), conv.od(), conv.strideD());
  }

  /** Rows of y behind what the last input reaches without them. */
  public int outputPaddingH() {
    int padding = conv.padding().top() + conv.padding().bottom();
    return left(conv.ih(), padding, conv.kh(), conv.dilationH(), conv.oh(), conv.strideH());
  }

  /** Columns of y behind what the last input reaches without them. */
  public int outputPaddingW() {
    int padding = conv.padding().left() + conv.padding().right();
    return left(conv.iw(), padding, conv.kw(), conv.dilationW(), conv.ow(), conv.strideW());
  }

  /** Output padding along each axis that there is: depth, height, width. */
  public int[] outputPadding() {
    return ConvText.last(rank(), outputPaddingD(), outputPaddingH(), outputPaddingW());
  }

  /** What the convolution's last window leaves over. */
  private static int left(int out, int padding, int k, int dilation, int in, int stride) {
    return out + padding - Window.extent(k, dilation) - (in - 1) * stride;
  }

  /** Shape of x. */
  public Shape x() {
    return conv.y();
  }

  /** Shape of w. */
  public Shape w() {
    return conv.w();
  }

  /** Shape of y. */
  public Shape y() {
    return conv.x();
  }

  /** Shape of the bias. */
  public Shape bias() {
    return Shape.of(oc());
  }

  /** Floating-point operations, two a multiply-add, those that padding cuts off included. */
  public long flops() {
    return conv.flops();
  }

  /** The same at another batch size. */
  public TransposedConvShape withBatch(int batch) {
    return new TransposedConvShape(conv.withBatch(batch));
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "n1 ic64 ih28 oc32 kh2 s2"}; words may be
   * left out as in {@link ConvShape#parse}, and so may the output padding, 0 ({@code op}, or {@code
   * opd oph opw}).
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static TransposedConvShape parse(String text) {
    ConvText t = ConvText.of("transposed convolution", text, OUTPUT_PADDING);
    Builder builder = new Builder(t.rank(), t.get("n", 1), t.need("ic"), t.in()).read(t);
    builder.outputPadding = t.along(OUTPUT_PADDING, 0);
    return builder.build();
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder t =
        new StringBuilder(
            ConvText.write(
                n(),
                ic(),
                ConvText.last(rank(), conv.od(), conv.oh(), conv.ow()),
                oc(),
                conv.kernel(),
                conv.strides(),
                conv.dilations(),
                conv.padding(),
                groups()));
    ShapeText.equalOrEach(t, OUTPUT_PADDING, 0, outputPadding());
    return t.toString();
  }

  /** Collects a shape; everything but the filters has a default. */
  public static final class Builder extends ConvBuilder<Builder> {
    private static final String[] AXES = {"depth", "height", "width"};

    private int[] outputPadding = {0, 0, 0};

    private Builder(int rank, int n, int ic, int... in) {
      super(rank, n, ic, in);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Output padding along each axis (depth, height, width), or the same along all. */
    public Builder outputPadding(int... after) {
      this.outputPadding = axes("the output padding", 0, after);
      return this;
    }

    /**
     * The validated shape.
     *
     * @throws IllegalArgumentException saying which size is wrong, or that nothing is left of the
     *     output
     */
    public TransposedConvShape build() {
      if (ic < 1 || oc < 1) {
        throw new IllegalArgumentException(
            "ic and oc must be at least 1, got ic=" + ic + " oc=" + oc);
      }
      if (groups < 1 || ic % groups != 0 || oc % groups != 0) {
        throw new IllegalArgumentException(
            "groups must divide ic and oc, got groups=" + groups + " ic=" + ic + " oc=" + oc);
      }
      int d = output(0, padding.front(), padding.back());
      int h = output(1, padding.top(), padding.bottom());
      int w = output(2, padding.left(), padding.right());
      return new TransposedConvShape(
          new ConvShape(
              rank,
              n,
              oc,
              d,
              h,
              w,
              ic,
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
              groups));
    }

    private int output(int axis, int before, int after) {
      String along = " along " + AXES[axis];
      if (in[axis] < 1 || k[axis] < 1 || stride[axis] < 1 || dilation[axis] < 1) {
        throw new IllegalArgumentException(
            "input, kernel, stride and dilation must be at least 1, got %d, %d, %d and %d%s"
                .formatted(in[axis], k[axis], stride[axis], dilation[axis], along));
      }
      if (outputPadding[axis] < 0 || outputPadding[axis] >= stride[axis]) {
        throw new IllegalArgumentException(
            "output padding must be at least 0 and less than the stride "
                + stride[axis]
                + ", got "
                + outputPadding[axis]
                + along);
      }
      long reached = (in[axis] - 1L) * stride[axis] + (k[axis] - 1L) * dilation[axis] + 1;
      long out = reached + outputPadding[axis] - before - after;
      if (out < 1 || out > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the output must have 1 to 2^31 - 1 positions, got "
                + out
                + along
                + " (of "
                + reached
                + ", padding cuts "
                + ((long) before + after)
                + ")");
      }
      return (int) out;
    }
  }
}
