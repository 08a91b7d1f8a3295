package io.lanewise.kernels.dropout;

/**
 * The sine of a part of a turn, in float64 and with the same bits everywhere; {@code
 * StrictMath.sin} makes an array a call.
 */
final class Turns {
  private Turns() {}

  /**
   * {@code sin(2 pi turn)}, within 4e-16: of the nearest point of an eighth by Taylor's series.
   *
   * @param turn in [0, 2), of which at least its eighths are exact in float64
   */
  static double sine(double turn) {
    double quarters = 4 * turn;
    int quadrant = (int) (quarters + 0.5); // the nearest multiple of a quarter
    double x = (quarters - quadrant) * (Math.PI / 2); // in [-pi/4, pi/4]
    double value = quadrant % 2 == 0 ? sinOf(x) : cosOf(x);
    return quadrant / 2 % 2 == 0 ? value : -value;
  }

  private static double sinOf(double x) {
    double q = x * x;
    double sum = 0;
    for (int k = 17; k > 1; k -= 2) {
      sum = (sum + 1) * -q / (k * (k - 1));
    }
    return x + x * sum;
  }

  private static double cosOf(double x) {
    double q = x * x;
    double sum = 0;
    for (int k = 18; k > 0; k -= 2) {
      sum = (sum + 1) * -q / (k * (k - 1));
    }
    return 1 + sum;
  }
}
