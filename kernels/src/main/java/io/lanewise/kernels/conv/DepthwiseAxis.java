package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.Window;

/**
 * One axis of a depthwise convolution: tap t of output o reads position {@code o · stride + t ·
 * dilation + first}, if that is inside.
 *
 * @param out outputs
 * @param taps taps of a window, may be none
 * @param first the position of tap 0 of output 0, negative in the padding
 * @param in positions
 */
record DepthwiseAxis(int out, int taps, int stride, int dilation, int first, int in) {
  /** From this output on no tap lies before the first position. */
  int insideAll() {
    return Window.firstInside(first, stride, out);
  }

  /** From {@link #insideAll} to here outputs have all their taps inside; not below it. */
  int endAll() {
    int last = first + Math.max(0, taps - 1) * dilation;
    return Math.max(insideAll(), Window.endInside(last, stride, in, out));
  }

  /** The first tap of an output that is inside. */
  int firstTap(int o) {
    return Window.firstInside(o * stride + first, dilation, taps);
  }

  /** One past the last tap of an output that is inside; not above {@link #firstTap} if none is. */
  int endTap(int o) {
    return Window.endInside(o * stride + first, dilation, in, taps);
  }
}
