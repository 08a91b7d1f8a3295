package io.lanewise.kernels.micro;

/**
 * The loop of a weight gradient whose weights meet inputs and outputs that lie in the same lane, as
 * in a depthwise convolution.
 */
public interface LaneGradientKernel {
  /**
   * Adds lines of outputs to the gradient of a window: {@code dw[r][t][c] += Σ over line < lines
   * and i < pixels of x[line][i][r][t][c] · dy[line][i][c]}, each one chain of fused multiply-adds
   * in the order of line, and of i within a line.
   *
   * @param rows rows of the window
   * @param taps taps of a row
   * @param x channels of tap t in row r of output i of a line from {@code xOff + line·lineStep +
   *     i·pixelStep + r·rowStep + t·tapStep}, read
   * @param dy channels of output i of a line from {@code dyOff + line·dyLineStep + i·dyStep}, read
   * @param dw channels of tap t in row r from {@code dwOff + r·dwRowStep + t·dwStep}, added to
   */
  void add(
      int rows,
      int taps,
      int lines,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep);
}
