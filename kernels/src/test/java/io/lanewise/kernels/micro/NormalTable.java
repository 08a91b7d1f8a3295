package io.lanewise.kernels.micro;

import io.lanewise.kernels.reference.ReferenceNormal;

/**
 * {@link ReferenceNormal} fast enough for every float: R(a) = Φ(-a) / φ(a), of which R' = a · R - 1
 * gives all derivatives, by its Taylor series at the nearest multiple of 1/32. The step is at most
 * 1/64, so that nine terms leave less than 2^-50.
 */
final class NormalTable {
  private static final int NODES_PER_UNIT = 32;
  private static final int TERMS = 9;
  private static final int FAR = 16;
  private static final double[] RATIOS = ratios();

  private NormalTable() {}

  private static double[] ratios() {
    double[] r = new double[FAR * NODES_PER_UNIT + 1];
    for (int i = 0; i < r.length; i++) {
      double a = i / (double) NODES_PER_UNIT;
      r[i] = ReferenceNormal.cumulative(-a) / ReferenceNormal.density(a);
    }
    return r;
  }

  /** Φ(-a) for a &gt;= 0. */
  static double tail(double a) {
    if (!(a < FAR)) {
      return a >= FAR ? 0 : a; // e^-128 and less
    }
    int node = (int) Math.round(a * NODES_PER_UNIT);
    double at = node / (double) NODES_PER_UNIT;
    double h = a - at;
    // d = R^(n)(at): R' = at·R - 1, R^(n+1) = at·R^(n) + n·R^(n-1).
    double before = RATIOS[node];
    double d = at * before - 1;
    double sum = before + d * h;
    double power = h;
    for (int n = 1; n < TERMS; n++) {
      double next = at * d + n * before;
      before = d;
      d = next;
      power *= h / (n + 1);
      sum += d * power;
    }
    return sum * Math.exp(-a * a / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The error function. */
  static double erf(double x) {
    double a = Math.abs(x);
    if (x == 0) {
      return x; // of its sign
    }
    if (a < 0.5) {
      double term = x;
      double sum = x;
      for (int n = 1; n < 16; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return 2 / Math.sqrt(Math.PI) * sum;
    }
    return Math.copySign(1 - 2 * tail(a * Math.sqrt(2)), x);
  }
}
