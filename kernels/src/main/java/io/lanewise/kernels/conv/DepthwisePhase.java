package io.lanewise.kernels.conv;

/**
 * Inputs a stride apart along one axis, which the same taps of a depthwise convolution read. Their
 * gradient is itself a depthwise convolution, of stride 1: input {@code start + m · stride} is
 * output m, and tap j of it is tap {@code lastTap - j · tapStep} of the forward window, so that dy
 * is read in its own order.
 *
 * @param start the first of these inputs
 * @param lastTap the forward tap that is tap 0
 * @param tapStep forward taps from one tap to the next
 * @param axis outputs m, positions in dy
 */
record DepthwisePhase(int start, int lastTap, int tapStep, DepthwiseAxis axis) {
  /**
   * The inputs {@code start, start + stride, ...} below {@code in}.
   *
   * @param before padding before the first input
   * @param out outputs of the forward pass
   */
  static DepthwisePhase of(
      int start, int in, int taps, int stride, int dilation, int before, int out) {
    int inputs = Math.ceilDiv(in - start, stride);
    int first = 0;
    while (first < stride && Math.floorMod(start + before - (long) first * dilation, stride) != 0) {
      first++;
    }
    int common = gcd(stride, dilation);
    int step = stride / common;
    boolean none = first == stride; // no tap reads these inputs
    int count = none || first >= taps ? 0 : Math.ceilDiv(taps - first, step);
    int last = first + Math.max(0, count - 1) * step;
    int position = Math.floorDiv(start + before - last * dilation, stride);
    return new DepthwisePhase(
        start, last, step, new DepthwiseAxis(inputs, count, 1, dilation / common, position, out));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
