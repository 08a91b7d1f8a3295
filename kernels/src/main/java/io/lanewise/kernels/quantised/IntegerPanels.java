package io.lanewise.kernels.quantised;

/** Packs integer weights so that sums of their products with other integers stay exact. */
final class IntegerPanels {
  private IntegerPanels() {}

  /**
   * Weights less their zero points, in bytes if they fit, or else in the upper halves of floats,
   * which hold integers up to 256.
   *
   * @param w read
   * @param transposed w is [n][k]; otherwise [k][n]
   * @param q of w; per tensor, or n scales
   * @param reach the greatest absolute value of the other operand
   */
  static NarrowPanels pack(
      NarrowProduct product,
      String layout,
      int n,
      int k,
      ByteTensor w,
      boolean transposed,
      Quantisation q,
      int reach) {
    int[] values = new int[product.elements()];
    boolean fits = true;
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        byte bits = w.array()[w.offset() + (transposed ? j * k + p : p * n + j)];
        int value = q.type().code(bits) - q.zeroPoint(j);
        values[product.position(p, j)] = value;
        fits &= value == (byte) value;
      }
    }
    byte[] bytes = fits ? new byte[values.length] : null;
    short[] shorts = fits ? null : new short[values.length];
    for (int i = 0; i < values.length; i++) {
      if (fits) {
        bytes[i] = (byte) values[i];
      } else {
        shorts[i] = (short) (Float.floatToRawIntBits(values[i]) >>> Short.SIZE);
      }
    }
    WeightFormat format = fits ? WeightFormat.INT8 : WeightFormat.BFLOAT16;
    float[] scales = new float[n];
    for (int j = 0; j < n; j++) {
      scales[j] = q.scale(j);
    }
    int steps = steps(product, values, n, k, reach);
    return new NarrowPanels(layout, format, bytes, shorts, scales, steps);
  }

  /** The longest parts of equal length whose products cannot sum to more than 2^24. */
  private static int steps(NarrowProduct product, int[] values, int n, int k, int reach) {
    int most = NarrowProduct.EXACT / reach;
    for (int parts = 1; ; parts++) {
      int steps = Math.max(1, Math.ceilDiv(k, parts));
      if (greatest(product, values, n, k, steps) <= most) {
        return steps;
      }
    }
  }

  /** The greatest sum of absolute values of any part of a column. */
  private static long greatest(NarrowProduct product, int[] values, int n, int k, int steps) {
    long greatest = 0;
    for (int j = 0; j < n; j++) {
      long sum = 0;
      for (int p = 0; p < k; p++) {
        sum = (p % steps == 0 ? 0 : sum) + Math.abs(values[product.position(p, j)]);
        greatest = Math.max(greatest, sum);
      }
    }
    return greatest;
  }
}
