package io.lanewise.kernels.micro;

/**
 * Loops on 8-bit codes and on sums of their products. A sum comes as a float that holds an integer
 * below 2^24, {@code low[i]}, or as two: {@code 4096 · high[i] + low[i]}, taken modulo 2^32. Every
 * result has one value on every machine.
 */
public interface QuantisedKernels {
  /**
   * {@code y[i] = min(max(rint(x[i] / scales[i]) + zeros[i], lo), hi)}; rint to the nearest, halves
   * to even. NaN gives {@code zeros[i]}.
   *
   * @param scales positive
   * @param zeros in [lo, hi]
   * @param table where scales and zeros begin
   * @param step 1, or 0 for the first scale and zero throughout
   * @param y the lower eight bits
   */
  void quantise(
      int n,
      float[] x,
      int xOff,
      float[] scales,
      float[] zeros,
      int table,
      int step,
      int lo,
      int hi,
      byte[] y,
      int yOff);

  /**
   * {@code y[i] = (x[i] - zeros[i]) · scales[i]}, rounded once.
   *
   * @param signed whether x's bits have a sign
   * @param table where scales and zeros begin
   * @param step 1, or 0 for the first scale and zero throughout
   */
  void dequantise(
      int n,
      byte[] x,
      int xOff,
      boolean signed,
      float[] scales,
      float[] zeros,
      int table,
      int step,
      float[] y,
      int yOff);

  /** {@code y[i] = x[i] - zero}, exactly. */
  void widen(int n, byte[] x, int xOff, boolean signed, int zero, float[] y, int yOff);

  /**
   * Adds a sum to one of two parts: {@code 4096 · high[i] + low[i] += part[i]}, exactly.
   *
   * @param part integers of at most 2^24, read
   * @param sums high from {@code high}, low from {@code low}; of at most 2^12 parts
   */
  void fold(int n, float[] part, int partOff, float[] sums, int high, int low);

  /**
   * {@code y[i] = sum[i] + bias[i]} modulo 2^32.
   *
   * @param high where the sums' high parts begin in {@code sums}; -1 if there are none
   * @param step 1, or 0 for the first bias throughout
   */
  void accumulate(
      int n, float[] sums, int high, int low, int[] bias, int biasOff, int step, int[] y, int yOff);

  /**
   * {@code y[i] = min(max(rint((float) (sum[i] + bias[i]) · scales[i]) + zero, lo), hi)}, the
   * product rounded to float, rint with halves to even; of some rows that follow each other, all by
   * the same biases and scales.
   *
   * @param n elements of a row
   * @param high where the sums' high parts begin in {@code sums}; -1 if there are none
   * @param at where scales begin
   * @param step 1, or 0 for the first bias and scale throughout
   * @param zero in [lo, hi]
   * @param y the lower eight bits
   */
  void requantise(
      int rows,
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      float[] scales,
      int at,
      int step,
      int zero,
      int lo,
      int hi,
      byte[] y,
      int yOff);

  /**
   * {@code y[i] = min(max(((sum[i] + bias[i]) · multipliers[i] + 2^(shifts[i] - 1)) >> shifts[i]) +
   * zero, lo), hi)} in 64-bit integers: to the nearest, halves up.
   *
   * @param high where the sums' high parts begin in {@code sums}; -1 if there are none
   * @param shifts 1 to 62
   * @param at where multipliers and shifts begin
   * @param step 1, or 0 for the first bias, multiplier and shift throughout
   * @param zero in [lo, hi]
   * @param y the lower eight bits
   */
  void requantiseFixed(
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      int[] multipliers,
      int[] shifts,
      int at,
      int step,
      int zero,
      int lo,
      int hi,
      byte[] y,
      int yOff);

  /**
   * {@code y[i] = sum[i] · (factor · scales[i]) + bias[i]}: the sum and the factors' product are
   * rounded to float, what follows is fused.
   *
   * @param high where the sums' high parts begin in {@code sums}; -1 if there are none
   * @param at where scales and bias begin
   */
  void scale(
      int n,
      float[] sums,
      int high,
      int low,
      float factor,
      float[] scales,
      int at,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff);

  /**
   * Codes of a row, less their zero point: with min and max over the row and 0, {@code s = (max -
   * min) / 255}, {@code z = clamp(rint(-min / s), 0, 255)}, {@code y[i] = min(max(rint(x[i] / s) +
   * z, 0), 255) - z}. If s would be below the least normal float, codes are 0 and s is 1; if it is
   * not finite or x holds NaN, codes are 0 and s is NaN.
   *
   * @return s
   */
  float dynamicCodes(int n, float[] x, int xOff, float[] y, int yOff);
}
