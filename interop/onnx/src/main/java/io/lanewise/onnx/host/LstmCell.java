package io.lanewise.onnx.host;

/** Gates i, o, f and candidate c: c' = f c + i g, h' = o tanh(c'), with peepholes to the cell. */
record LstmCell(CellWeights weights) implements RecurrentCell {
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final int FORGET = 2;
  private static final int CANDIDATE = 3;

  @Override
  public double[] step(double[] x, int xOff, double[] h, double[] c) {
    double[] next = new double[weights.hidden()];
    for (int i = 0; i < next.length; i++) {
      double input = weights.activate(0, sum(INPUT, i, x, xOff, h) + peephole(INPUT, i) * c[i]);
      double forget =
          weights.inputForget()
              ? 1 - input
              : weights.activate(0, sum(FORGET, i, x, xOff, h) + peephole(FORGET, i) * c[i]);
      double candidate = weights.activate(1, sum(CANDIDATE, i, x, xOff, h));
      c[i] = forget * c[i] + input * candidate;
      double output = weights.activate(0, sum(OUTPUT, i, x, xOff, h) + peephole(OUTPUT, i) * c[i]);
      next[i] = output * weights.activations().get(2).applyAsDouble(c[i]);
    }
    return next;
  }

  private double sum(int gate, int i, double[] x, int xOff, double[] h) {
    return weights.input(gate, i, x, xOff) + weights.recurrence(gate, i, h);
  }

  private double peephole(int gate, int i) {
    return weights.peepholes()[gate * weights.hidden() + i];
  }
}
