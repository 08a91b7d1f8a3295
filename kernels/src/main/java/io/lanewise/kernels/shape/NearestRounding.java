package io.lanewise.kernels.shape;

/** Which input is the nearest to a position between two: the modes of ONNX's Resize. */
public enum NearestRounding {
  /** The nearer one, of two at one distance the lower. */
  ROUND_PREFER_FLOOR,
  /** The nearer one, of two at one distance the higher. */
  ROUND_PREFER_CEIL,
  /** The lower one. */
  FLOOR,
  /** The higher one. */
  CEIL;

  /** The position as a whole number. */
  public double round(double position) {
    return switch (this) {
      case ROUND_PREFER_FLOOR -> Math.ceil(position - 0.5);
      case ROUND_PREFER_CEIL -> Math.floor(position + 0.5);
      case FLOOR -> Math.floor(position);
      case CEIL -> Math.ceil(position);
    };
  }
}
