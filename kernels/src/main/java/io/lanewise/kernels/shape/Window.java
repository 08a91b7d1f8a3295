package io.lanewise.kernels.shape;

/**
 * The arithmetic that convolution and pooling share: where a sliding window's taps lie along one
 * axis.
 */
public final class Window {
  private Window() {}

  /** Input positions that {@code k} taps span: {@code (k - 1) * dilation + 1}. */
  public static int extent(int k, int dilation) {
    return Math.addExact(Math.multiplyExact(k - 1, dilation), 1);
  }

  /**
   * Output positions along one axis: {@code floor((in + before + after - extent) / stride) + 1}.
   *
   * @param axis the axis' name, for the message
   * @throws IllegalArgumentException if the window is larger than the padded input
   */
  public static int outputSize(
      String axis, int in, int k, int stride, int dilation, int before, int after) {
    return outputSize(axis, in, k, stride, dilation, before, after, false);
  }

  /**
   * Output positions along one axis, rounded up if {@code ceil}: then the last window may reach
   * beyond the padding, but starts in the input or in the padding before it, as in PyTorch.
   *
   * @param axis the axis' name, for the message
   * @throws IllegalArgumentException if there is none
   */
  public static int outputSize(
      String axis, int in, int k, int stride, int dilation, int before, int after, boolean ceil) {
    long padded = (long) in + before + after;
    long extent = (k - 1L) * dilation + 1;
    if (padded > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the padded input has " + padded + " positions along " + axis + ", more than 2^31 - 1");
    }
    if (padded < extent && (!ceil || padded - extent + stride <= 0)) {
      throw new IllegalArgumentException(
          "the window spans "
              + extent
              + " along "
              + axis
              + " (size "
              + k
              + ", dilation "
              + dilation
              + ") but the padded input has only "
              + padded);
    }
    if (!ceil) {
      return (int) ((padded - extent) / stride) + 1;
    }
    int out = (int) ((padded - extent + stride - 1) / stride) + 1;
    return (out - 1L) * stride >= (long) in + before ? out - 1 : out;
  }

  /**
   * First output position whose tap lies inside the input: the least {@code o} in [0, out] with
   * {@code o * stride + tapOffset >= 0}.
   *
   * @param tapOffset the tap's input position for output 0 (tap * dilation - padding before)
   */
  public static int firstInside(int tapOffset, int stride, int out) {
    return tapOffset >= 0 ? 0 : Math.min(out, Math.ceilDiv(-tapOffset, stride));
  }

  /**
   * One past the last output position whose tap lies inside an input of {@code in}: the least
   * {@code o} in [0, out] with {@code o * stride + tapOffset >= in}. May be below {@link
   * #firstInside} when no position is inside.
   */
  public static int endInside(int tapOffset, int stride, int in, int out) {
    int room = in - tapOffset; // positions o with o * stride < room are inside
    return room <= 0 ? 0 : Math.min(out, Math.ceilDiv(room, stride));
  }
}
