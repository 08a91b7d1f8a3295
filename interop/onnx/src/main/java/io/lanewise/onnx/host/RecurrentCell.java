package io.lanewise.onnx.host;

/** One step of a recurrent layer for one sequence. */
interface RecurrentCell {
  /**
   * Computes the next hidden state.
   *
   * @param x where the step's input lies, from {@code xOff}
   * @param h hidden state, read
   * @param c cell state, overwritten by cells that have one
   */
  double[] step(double[] x, int xOff, double[] h, double[] c);
}
