package io.lanewise.kernels.micro;

/** What many numbers are made into one by. */
public enum Fold {
  /** Their sum. */
  SUM(0),
  /** The sum of their magnitudes. */
  SUM_OF_MAGNITUDES(0),
  /** The sum of their squares, each added by one fused multiply-add. */
  SUM_OF_SQUARES(0),
  /** The greatest, NaN if one is NaN. */
  MAX(Float.NEGATIVE_INFINITY),
  /** The least, NaN if one is NaN. */
  MIN(Float.POSITIVE_INFINITY);

  private final float none;

  Fold(float none) {
    this.none = none;
  }

  /** The result of no numbers. */
  public float none() {
    return none;
  }
}
