package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * Geometry of im2col and col2im, as PyTorch's unfold and fold number it: images [n][c][spatial...]
 * of one to three spatial axes, columns [n][c · taps][windows], a row for each channel and tap (the
 * last axis' taps fastest), a column for each window. Immutable; each setter gives a new one.
 */
public final class UnfoldShape {
  private final Shape image;
  private final int[] kernel;
  private final int[] stride;
  private final int[] dilation;
  private final int[] padding;
  private final int[] out;

  private UnfoldShape(Shape image, int[] kernel, int[] stride, int[] dilation, int[] padding) {
    this.image = image;
    this.kernel = each("kernel", 1, kernel, image);
    this.stride = each("stride", 1, stride, image);
    this.dilation = each("dilation", 1, dilation, image);
    this.padding = each("padding", 0, padding, image);
    this.out = new int[Axes.spatial(image)];
    for (int i = 0; i < out.length; i++) {
      long room = image.dim(i + 2) + 2L * this.padding[i];
      long window = this.dilation[i] * (this.kernel[i] - 1L) + 1;
      if (window > room) {
        throw new IllegalArgumentException(
            "a window of "
                + window
                + " does not fit in axis "
                + (i + 2)
                + " of images "
                + image
                + ", padded "
                + room);
      }
      out[i] = (int) Math.min(Integer.MAX_VALUE, (room - window) / this.stride[i] + 1);
    }
    columns(); // refuses what is too large
  }

  /**
   * Windows of neighbouring elements, at every position, without padding.
   *
   * @param image [n][c][spatial...]
   * @param kernel the window's size along each spatial axis, or one number for all
   * @throws IllegalArgumentException if a window does not fit
   */
  public static UnfoldShape of(Shape image, int... kernel) {
    int[] one = {1};
    return new UnfoldShape(image, kernel, one, one, new int[1]);
  }

  /**
   * Everything at once; each argument has a number for each spatial axis, or one for all.
   *
   * @param kernel the window's size, at least 1
   * @param stride between windows, at least 1
   * @param dilation between the elements of a window, at least 1
   * @param padding zeros on either side, at least 0
   * @throws IllegalArgumentException if a window does not fit, or a number is too small
   */
  public static UnfoldShape of(
      Shape image, int[] kernel, int[] stride, int[] dilation, int[] padding) {
    return new UnfoldShape(image, kernel, stride, dilation, padding);
  }

  private static int[] each(String name, int least, int[] values, Shape image) {
    int spatial = Axes.spatial(image);
    int[] all = values.clone();
    if (values.length == 1) {
      all = new int[spatial];
      Arrays.fill(all, values[0]);
    }
    boolean fits = all.length == spatial;
    for (int v : all) {
      fits &= v >= least;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          name
              + " must have a number for each spatial axis of "
              + image
              + ", or one for all, of at least "
              + least
              + ", got "
              + Arrays.toString(values));
    }
    return all;
  }

  /** With other strides. */
  public UnfoldShape stride(int... s) {
    return new UnfoldShape(image, kernel, s, dilation, padding);
  }

  /** With other dilations. */
  public UnfoldShape dilation(int... d) {
    return new UnfoldShape(image, kernel, stride, d, padding);
  }

  /** With other padding on either side. */
  public UnfoldShape padding(int... p) {
    return new UnfoldShape(image, kernel, stride, dilation, p);
  }

  /** Shape of the images. */
  public Shape image() {
    return image;
  }

  /** Shape of the columns. */
  public Shape columns() {
    int windows = 1;
    int taps = 1;
    for (int i = 0; i < out.length; i++) {
      windows = Axes.times(windows, out[i]);
      taps = Axes.times(taps, kernel[i]);
    }
    return Shape.of(image.dim(0), Axes.times(taps, image.dim(1)), windows);
  }

  /** Number of spatial axes. */
  public int spatial() {
    return out.length;
  }

  /** Windows along spatial axis {@code i}. */
  public int out(int i) {
    return out[i];
  }

  /** The window's size along spatial axis {@code i}. */
  public int kernel(int i) {
    return kernel[i];
  }

  /** Distance between windows along spatial axis {@code i}. */
  public int step(int i) {
    return stride[i];
  }

  /** Where in spatial axis {@code i} a window's tap lies; outside in the padding. */
  public int position(int i, int window, int tap) {
    return window * stride[i] + tap * dilation[i] - padding[i];
  }
}
