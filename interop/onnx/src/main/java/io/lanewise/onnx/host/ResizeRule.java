package io.lanewise.onnx.host;

/**
 * How a resized axis is made.
 *
 * @param mode nearest, linear or cubic
 * @param coordinates how an output's index becomes an input's coordinate
 * @param nearest how a coordinate is rounded
 * @param cubic the parameter of the cubic curve
 * @param excludeOutside whether weights outside of the axis count as 0
 * @param antialias whether the curve is widened when the axis shrinks
 * @param extrapolation what lies outside when a region is cut out
 */
record ResizeRule(
    String mode,
    String coordinates,
    String nearest,
    double cubic,
    boolean excludeOutside,
    boolean antialias,
    double extrapolation) {
  static ResizeRule of(HostCall call) {
    return new ResizeRule(
        mode(call),
        call.node().textOr("coordinate_transformation_mode", "half_pixel"),
        call.node().textOr("nearest_mode", "round_prefer_floor"),
        call.node().floatOr("cubic_coeff_a", -0.75f),
        call.node().intOr("exclude_outside", 0) != 0,
        call.node().intOr("antialias", 0) != 0,
        call.node().floatOr("extrapolation_value", 0));
  }

  /** The one rule that Upsample and the first Resize have. */
  static ResizeRule asymmetric(HostCall call) {
    return new ResizeRule(mode(call), "asymmetric", "floor", -0.75, false, false, 0);
  }

  private static String mode(HostCall call) {
    String mode = call.node().textOr("mode", "nearest");
    return switch (mode) {
      case "nearest", "linear", "cubic" -> mode;
      case "bilinear" -> "linear";
      default -> throw call.unsupported("mode '" + mode + "'");
    };
  }

  /**
   * The input's coordinate of an output's index.
   *
   * @param out the output's size
   * @param in the input's size
   * @param start where the region begins, as a fraction of the input
   * @param end where it ends
   */
  double coordinate(int o, int out, int in, double scale, double start, double end) {
    double resized = scale * in; // not rounded, as the standard's own cases have it
    return switch (coordinates) {
      case "half_pixel" -> (o + 0.5) / scale - 0.5;
      case "half_pixel_symmetric" -> {
        double adjustment = out / resized;
        double centre = in / 2.0;
        yield centre * (1 - adjustment) + (o + 0.5) / scale - 0.5;
      }
      case "pytorch_half_pixel" -> resized > 1 ? (o + 0.5) / scale - 0.5 : 0;
      case "align_corners" -> resized == 1 ? 0 : o * (in - 1) / (resized - 1);
      case "asymmetric" -> o / scale;
      case "tf_half_pixel_for_nn" -> (o + 0.5) / scale;
      case "tf_crop_and_resize" ->
          out > 1
              ? start * (in - 1) + o * (end - start) * (in - 1) / (out - 1)
              : 0.5 * (start + end) * (in - 1);
      default ->
          throw new IllegalArgumentException(
              "unknown coordinate_transformation_mode '" + coordinates + "'");
    };
  }

  /** A coordinate rounded to an index, not yet cut to the axis. */
  int round(double x) {
    return (int)
        switch (nearest) {
          case "round_prefer_floor" -> Math.ceil(x - 0.5);
          case "round_prefer_ceil" -> Math.floor(x + 0.5);
          case "floor" -> Math.floor(x);
          case "ceil" -> Math.ceil(x);
          default -> throw new IllegalArgumentException("unknown nearest_mode '" + nearest + "'");
        };
  }

  /** The curve's value at a distance. */
  double weight(double distance) {
    double d = Math.abs(distance);
    if (mode.equals("linear")) {
      return Math.max(0, 1 - d);
    }
    if (d <= 1) {
      return ((cubic + 2) * d - (cubic + 3)) * d * d + 1;
    }
    return d < 2 ? ((cubic * d - 5 * cubic) * d + 8 * cubic) * d - 4 * cubic : 0;
  }

  /** How far the curve reaches. */
  int reach() {
    return mode.equals("linear") ? 1 : 2;
  }
}
