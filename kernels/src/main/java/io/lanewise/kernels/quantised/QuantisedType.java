package io.lanewise.kernels.quantised;

/** How eight bits are read. */
public enum QuantisedType {
  /** Two's complement, -128 to 127. */
  INT8(-128, 127),

  /** Without a sign, 0 to 255. */
  UINT8(0, 255);

  private final int min;
  private final int max;

  QuantisedType(int min, int max) {
    this.min = min;
    this.max = max;
  }

  /** The least code. */
  public int min() {
    return min;
  }

  /** The greatest code. */
  public int max() {
    return max;
  }

  /** True if codes have a sign. */
  public boolean signed() {
    return this == INT8;
  }

  /** The code that eight bits are. */
  public int code(byte bits) {
    return signed() ? bits : bits & 0xff;
  }
}
