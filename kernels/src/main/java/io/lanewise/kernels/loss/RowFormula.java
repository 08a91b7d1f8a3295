package io.lanewise.kernels.loss;

/** A loss of a row of classes, and its slopes. */
interface RowFormula {
  /**
   * A row's term.
   *
   * @param label its class number, if it has one
   * @param t its targets, if it has some, else null
   * @param e [classes], scratch memory
   */
  double loss(float[] x, int xOff, int label, float[] t, int tOff, float[] e, int eOff);

  /**
   * {@code dx = factor · } its derivatives.
   *
   * @param dx written; may be x
   */
  void slope(
      float[] x,
      int xOff,
      int label,
      float[] t,
      int tOff,
      double factor,
      float[] e,
      int eOff,
      float[] dx,
      int dxOff);
}
