package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.micro.UnaryCurve;

/**
 * A function of one number. NaN gives NaN except of {@link #NOT}; -0 and subnormal numbers count as
 * what they are.
 */
public enum UnaryOp {
  /** |x|; the slope at 0 is 0. */
  ABS(UnaryCurve.ABS_VALUE),
  /** -x. */
  NEG(UnaryCurve.NEG),
  /** 1, 0, -0 or -1, with x's sign; the slope is 0. */
  SIGN(UnaryCurve.SIGN),
  /** x · x. */
  SQUARE(UnaryCurve.SQUARE),
  /** The square root, correctly rounded; NaN below 0, and -0 of -0. */
  SQRT(UnaryCurve.SQUARE_ROOT),
  /** 1 / sqrt(x) in two roundings; an infinity of a 0. */
  RSQRT(UnaryCurve.RECIPROCAL_ROOT),
  /** 1 / x; an infinity of a 0. */
  RECIPROCAL(UnaryCurve.RECIPROCAL),
  /** e^x, within 2 ulp. */
  EXP(UnaryCurve.EXP),
  /** Natural logarithm, within 2 ulp; -Infinity of a 0, NaN below. */
  LOG(UnaryCurve.LOG),
  /** Sine, within 2 ulp; NaN of an infinity. */
  SIN(UnaryCurve.SIN),
  /** Cosine, within 2 ulp; NaN of an infinity. */
  COS(UnaryCurve.COS),
  /** The error function, within 2 ulp. */
  ERF(UnaryCurve.ERF),
  /** The greatest integer that is not above x; the slope is 0. */
  FLOOR(UnaryCurve.FLOOR),
  /** The least integer that is not below x; -0 above -1. The slope is 0. */
  CEIL(UnaryCurve.CEIL),
  /** The nearest integer, the even one of two, with x's sign; the slope is 0. */
  ROUND(UnaryCurve.ROUND),
  /** 1 if x is 0, else 0, also of NaN; has no gradient. */
  NOT(UnaryCurve.LOGICAL_NOT);

  private final UnaryCurve curve;

  UnaryOp(UnaryCurve curve) {
    this.curve = curve;
  }

  /** Whether it has a gradient. */
  public boolean hasGradient() {
    return this != NOT;
  }

  /** The kernel's function. */
  UnaryCurve curve() {
    return curve;
  }
}
