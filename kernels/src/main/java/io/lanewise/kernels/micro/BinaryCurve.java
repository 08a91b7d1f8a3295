package io.lanewise.kernels.micro;

/**
 * A function of two numbers a and b; its steps are in {@code tools/kernel-templates/arithmetic.py}.
 */
public enum BinaryCurve {
  /** a + b; its slopes are 1 and have no kernel. */
  ADD,
  /** a + b if that is above 0, else 0; NaN of NaN. Its slopes have no kernel. */
  ADD_RELU,
  /** a - b; its slopes are 1 and -1 and have no kernel. */
  SUB,
  /** a · b. */
  MUL,
  /** a / b. */
  DIV,
  /** The lesser, as Math.min; equal numbers share the slope. */
  MIN,
  /** The greater, as Math.max; equal numbers share the slope. */
  MAX,
  /** 1 if a = b, else 0. */
  EQUAL,
  /** 0 if a = b, else 1. */
  NOT_EQUAL,
  /** 1 if a &lt; b, else 0. */
  LESS,
  /** 1 if a &lt;= b, else 0. */
  LESS_OR_EQUAL,
  /** 1 if a &gt; b, else 0. */
  GREATER,
  /** 1 if a &gt;= b, else 0. */
  GREATER_OR_EQUAL,
  /** 1 if neither is 0, else 0. */
  LOGICAL_AND,
  /** 0 if both are 0, else 1. */
  LOGICAL_OR,
  /** 1 if one is 0 and the other is not, else 0. */
  LOGICAL_XOR,
  /** a - trunc(a / b) · b, exact; with a's sign. */
  FMOD,
  /** a - floor(a / b) · b; with b's sign. */
  MOD,
  /** a^b, within 2 ulp; 1 where b = 0 or a = 1. */
  POW
}
