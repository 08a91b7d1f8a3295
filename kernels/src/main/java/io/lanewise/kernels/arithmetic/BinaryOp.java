package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.micro.BinaryCurve;

/**
 * A function of two numbers a and b. NaN gives NaN unless its line says otherwise; infinities, -0
 * and subnormal numbers count as what they are.
 */
public enum BinaryOp {
  /** a + b. */
  ADD(BinaryCurve.ADD, true),
  /** a - b. */
  SUB(BinaryCurve.SUB, true),
  /** a · b. */
  MUL(BinaryCurve.MUL, true),
  /** a / b; by 0 an infinity or NaN, as IEEE 754 has it. */
  DIV(BinaryCurve.DIV, true),
  /** The lesser; -0 is less than 0. Equal numbers get half of the gradient each, as in PyTorch. */
  MIN(BinaryCurve.MIN, true),
  /** The greater; 0 is greater than -0. Equal numbers get half of the gradient each. */
  MAX(BinaryCurve.MAX, true),
  /**
   * a^b as C's pow, within 2 ulp: 1 where b = 0 or a = 1, even of NaN; NaN of a negative a unless b
   * is an integer. The gradient with respect to a is 0 where b = 0, that with respect to b is 0
   * where a = 0 and b &gt;= 0, as in PyTorch.
   */
  POW(BinaryCurve.POW, true),
  /**
   * a - trunc(a / b) · b, exact, with a's sign: C's fmod. The gradients are 1 and -trunc(a / b).
   */
  FMOD(BinaryCurve.FMOD, true),
  /**
   * a - floor(a / b) · b with b's sign, also of a 0: Python's and NumPy's modulus. The gradients
   * are 1 and -floor(a / b).
   */
  MOD(BinaryCurve.MOD, true),
  /** 1 if a = b, else 0; NaN equals nothing. Has no gradient. */
  EQUAL(BinaryCurve.EQUAL, false),
  /** 0 if a = b, else 1. Has no gradient. */
  NOT_EQUAL(BinaryCurve.NOT_EQUAL, false),
  /** 1 if a &lt; b, else 0. Has no gradient. */
  LESS(BinaryCurve.LESS, false),
  /** 1 if a &lt;= b, else 0. Has no gradient. */
  LESS_OR_EQUAL(BinaryCurve.LESS_OR_EQUAL, false),
  /** 1 if a &gt; b, else 0. Has no gradient. */
  GREATER(BinaryCurve.GREATER, false),
  /** 1 if a &gt;= b, else 0. Has no gradient. */
  GREATER_OR_EQUAL(BinaryCurve.GREATER_OR_EQUAL, false),
  /** 1 if neither is 0, else 0; NaN is not 0. Has no gradient. */
  AND(BinaryCurve.LOGICAL_AND, false),
  /** 0 if both are 0, else 1. Has no gradient. */
  OR(BinaryCurve.LOGICAL_OR, false),
  /** 1 if one is 0 and the other is not, else 0. Has no gradient. */
  XOR(BinaryCurve.LOGICAL_XOR, false);

  private final BinaryCurve curve;
  private final boolean gradient;

  BinaryOp(BinaryCurve curve, boolean gradient) {
    this.curve = curve;
    this.gradient = gradient;
  }

  /** Whether it has gradients. */
  public boolean hasGradient() {
    return gradient;
  }

  /** The kernel's function. */
  BinaryCurve curve() {
    return curve;
  }
}
