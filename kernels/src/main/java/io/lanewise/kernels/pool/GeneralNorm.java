package io.lanewise.kernels.pool;

import io.lanewise.kernels.micro.PoolSteps;

/**
 * The p-norm for any p, element by element in float64; arguments as in {@link
 * io.lanewise.kernels.micro.PoolKernels}. Whole p are products, the others and all roots come from
 * StrictMath: the same bits everywhere.
 */
final class GeneralNorm {
  private static final int MOST_FACTORS = 64;

  private final double p;
  private final PoolSteps steps;

  GeneralNorm(double p, PoolSteps steps) {
    this.p = p;
    this.steps = steps;
  }

  /** Within 700 units of float64's last place, far below float32's; pow itself would allocate. */
  private static double root(double v, double exponent) {
    return StrictMath.exp(StrictMath.log(v) * exponent);
  }

  private static double power(double v, double exponent) {
    if (exponent > MOST_FACTORS || exponent != Math.rint(exponent)) {
      return root(v, exponent);
    }
    double product = 1;
    for (int i = 0; i < (int) exponent; i++) {
      product *= v;
    }
    return product;
  }

  void run(
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff) {
    for (int i = 0; i < outputs; i++) {
      int pixel = first + i * steps.output();
      for (int c = 0; c < ld; c++) {
        double sum = 0;
        for (int z = 0; z < planes; z++) {
          for (int r = 0; r < rows; r++) {
            int at = xOff + (pixel + z * steps.plane() + r * steps.row()) * ld + c;
            for (int t = 0; t < taps; t++) {
              sum += power(Math.abs(x[at + t * steps.tap() * ld]), p);
            }
          }
        }
        y[yOff + i * ld + c] = (float) root(sum, 1 / p);
      }
    }
  }

  void spread(
      int ld,
      int outputs,
      int taps,
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff) {
    for (int i = 0; i < outputs; i++) {
      for (int c = 0; c < ld; c++) {
        double norm = y[yOff + i * ld + c];
        double slope = dy[dyOff + i * ld + c];
        for (int t = 0; t < taps; t++) {
          int at = (i * steps.output() + t * steps.tap()) * ld + c;
          double v = x[xOff + at];
          if (norm != 0 && v != 0) {
            double share = power(Math.abs(v) / norm, p - 1);
            dx[dxOff + at] += (float) (slope * Math.copySign(share, v));
          }
        }
      }
    }
  }
}
