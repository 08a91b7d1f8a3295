package io.lanewise.kernels.micro;

/**
 * A function of one number; its steps are in {@code tools/kernel-templates/arithmetic.py}. NaN
 * gives NaN, except for {@link #LOGICAL_NOT}.
 */
public enum UnaryCurve {
  /** |x|; its slope at 0 is 0. */
  ABS_VALUE,
  /** -x. */
  NEG,
  /** 1, 0, -0 or -1, with x's sign; its slope is 0. */
  SIGN,
  /** x · x. */
  SQUARE,
  /** The square root; NaN of what is below 0. */
  SQUARE_ROOT,
  /** 1 / x. */
  RECIPROCAL,
  /** 1 / sqrt(x), in two roundings. */
  RECIPROCAL_ROOT,
  /** The nearest integer, the even one of two; its slope is 0. */
  ROUND,
  /** The greatest integer that is not above x; its slope is 0. */
  FLOOR,
  /** The least integer that is not below x; its slope is 0. */
  CEIL,
  /** x, but at least p and at most q; the slope is 1 at p and q. */
  CLIP,
  /** 1 if x is 0, else 0; has no slope. */
  LOGICAL_NOT,
  /** e^x. */
  EXP,
  /** Natural logarithm. */
  LOG,
  /** The error function. */
  ERF,
  /** Sine, within 2 ulp; above 65,536 from float64. */
  SIN,
  /** Cosine, within 2 ulp; above 65,536 from float64. */
  COS
}
