package io.lanewise.kernels.quantised;

import io.lanewise.kernels.micro.QuantisedKernels;

/** Sums become codes by whatever {@link Requantisation} there is. */
final class CodeEnding {
  private CodeEnding() {}

  /**
   * Some rows of outputs that follow each other.
   *
   * @param n outputs of a row
   * @param high where the sums' high parts begin; -1 if there are none
   * @param channel the first output
   * @param step 1, or 0 if it is the only one
   */
  static void run(
      QuantisedKernels kernels,
      int rows,
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      Requantisation out,
      int channel,
      int step,
      byte[] y,
      int yOff) {
    int zero = out.zeroPoint();
    int lo = out.lo();
    int hi = out.hi();
    if (out.isFixedPoint()) {
      int[] multipliers = out.multipliers();
      int[] shifts = out.shifts();
      for (int row = 0; row < rows * n; row += n) {
        kernels.requantiseFixed(
            n,
            sums,
            high < 0 ? high : high + row,
            low + row,
            bias,
            biasOff,
            multipliers,
            shifts,
            channel,
            step,
            zero,
            lo,
            hi,
            y,
            yOff + row);
      }
    } else {
      kernels.requantise(
          rows,
          n,
          sums,
          high,
          low,
          bias,
          biasOff,
          out.scales(),
          channel,
          step,
          zero,
          lo,
          hi,
          y,
          yOff);
    }
  }
}
