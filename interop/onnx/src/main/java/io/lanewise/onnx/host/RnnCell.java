package io.lanewise.onnx.host;

/** h' = f(W x + R h + b). */
record RnnCell(CellWeights weights) implements RecurrentCell {
  @Override
  public double[] step(double[] x, int xOff, double[] h, double[] c) {
    double[] next = new double[weights.hidden()];
    for (int i = 0; i < next.length; i++) {
      next[i] = weights.activate(0, weights.input(0, i, x, xOff) + weights.recurrence(0, i, h));
    }
    return next;
  }
}
