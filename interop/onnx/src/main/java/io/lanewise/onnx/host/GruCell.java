package io.lanewise.onnx.host;

/** Gates z (update), r (reset) and candidate n: h' = (1 - z) n + z h. */
record GruCell(CellWeights weights) implements RecurrentCell {
  private static final int UPDATE = 0;
  private static final int RESET = 1;
  private static final int CANDIDATE = 2;

  @Override
  public double[] step(double[] x, int xOff, double[] h, double[] c) {
    int hidden = weights.hidden();
    double[] reset = new double[hidden];
    double[] resetState = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      reset[i] = gate(RESET, i, x, xOff, h);
      resetState[i] = reset[i] * h[i];
    }
    double[] next = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      double memory =
          weights.linearBeforeReset()
              ? reset[i] * weights.recurrence(CANDIDATE, i, h)
              : weights.recurrence(CANDIDATE, i, resetState);
      double candidate = weights.activate(1, weights.input(CANDIDATE, i, x, xOff) + memory);
      double update = gate(UPDATE, i, x, xOff, h);
      next[i] = (1 - update) * candidate + update * h[i];
    }
    return next;
  }

  private double gate(int gate, int i, double[] x, int xOff, double[] h) {
    return weights.activate(0, weights.input(gate, i, x, xOff) + weights.recurrence(gate, i, h));
  }
}
