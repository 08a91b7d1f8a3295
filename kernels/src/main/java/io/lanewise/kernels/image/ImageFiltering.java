package io.lanewise.kernels.image;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * An image filter applied to batches of one shape by a backend's depthwise convolution: a pixel is
 * the sum over the weights around it, whose middle (of an even size the one before) lies on the
 * pixel. It owns its memory: not for concurrent use.
 */
public final class ImageFiltering {
  private final Shape shape;
  private final ConvForward conv;
  private final PackedWeights weights;
  private final Tensor padded;
  private final int[] rows; // which row of x stands in each row of padded, -1 for zeros
  private final int[] columns;
  private final Workspace ws;
  private final Parallel par;
  private final Epilogue epilogue = Epilogue.none();

  private ImageFiltering(
      Backend backend, Shape shape, ImageFilter w, int[] rows, int[] columns, Parallel par) {
    int n = shape.dim(0);
    int c = shape.dim(1);
    this.shape = shape;
    this.rows = rows;
    this.columns = columns;
    this.par = par;
    ConvShape s =
        ConvShape.input(n, c, rows.length, columns.length)
            .filters(c, w.kh(), w.kw())
            .groups(c)
            .build();
    this.conv = backend.convForward(s);
    this.weights = conv.pack(w.weights(c));
    this.padded = Tensor.zeros(s.x());
    this.ws = Workspace.allocate(conv.workspace(), par.workers());
  }

  /**
   * Cross-correlation, what networks call convolution: {@code y[oy][ox] = Σ w[ky][kx] · x[oy + ky -
   * (kh - 1) / 2][ox + kx - (kw - 1) / 2]}.
   *
   * @param shape of x and y, [n][c][ih][iw]
   */
  public static ImageFiltering crossCorrelation(
      Backend backend, Shape shape, ImageFilter filter, ImageBorder border, Parallel par) {
    requireImages(shape);
    int[] rows = positions(shape.dim(2), filter.kh(), (filter.kh() - 1) / 2, border);
    int[] columns = positions(shape.dim(3), filter.kw(), (filter.kw() - 1) / 2, border);
    return new ImageFiltering(backend, shape, filter, rows, columns, par);
  }

  /**
   * Convolution in the sense of signal processing, the filter flipped: {@code y[oy][ox] = Σ
   * w[ky][kx] · x[oy - ky + (kh - 1) / 2][ox - kx + (kw - 1) / 2]}.
   *
   * @param shape of x and y, [n][c][ih][iw]
   */
  public static ImageFiltering convolution(
      Backend backend, Shape shape, ImageFilter filter, ImageBorder border, Parallel par) {
    requireImages(shape);
    int[] rows = positions(shape.dim(2), filter.kh(), filter.kh() / 2, border);
    int[] columns = positions(shape.dim(3), filter.kw(), filter.kw() / 2, border);
    return new ImageFiltering(backend, shape, filter.flipped(), rows, columns, par);
  }

  private static void requireImages(Shape shape) {
    if (shape.rank() != 4 || shape.dim(1) < 1 || shape.dim(2) < 1 || shape.dim(3) < 1) {
      throw new IllegalArgumentException(
          "filters need images [n][c][ih][iw] with at least one pixel, got " + shape);
    }
  }

  private static int[] positions(int in, int k, int before, ImageBorder border) {
    int[] pixels = new int[in + k - 1];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = border.pixel(i - before, in);
    }
    return pixels;
  }

  /** Of x and y. */
  public Shape shape() {
    return shape;
  }

  /**
   * Filters.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written; may not share elements with x
   */
  public void apply(Tensor x, Tensor y) {
    requireShape(x, shape, "x");
    requireShape(y, shape, "y");
    requireDisjoint(y, "y", x, "x");
    int ih = shape.dim(2);
    int iw = shape.dim(3);
    int planes = shape.dim(0) * shape.dim(1);
    for (int plane = 0; plane < planes; plane++) {
      for (int row = 0; row < rows.length; row++) {
        int to = (plane * rows.length + row) * columns.length;
        if (rows[row] >= 0) { // rows of zeros were made with the tensor
          copyRow(x.array(), x.offset() + (plane * ih + rows[row]) * iw, padded.array(), to);
        }
      }
    }
    conv.run(padded, weights, epilogue, y, ws, par);
  }

  private void copyRow(float[] x, int from, float[] dst, int to) {
    for (int i = 0; i < columns.length; i++) {
      dst[to + i] = columns[i] < 0 ? 0 : x[from + columns[i]];
    }
  }
}
