package io.lanewise.kernels.resample;

import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import java.util.Arrays;

/**
 * Which pixels positions of a grid read, with their weights and the weights' slopes by each
 * coordinate: for a block of positions, tap by tap. In float64, rounded at the end. Taps outside an
 * image of zeros get weight 0 and point at pixel 0.
 */
final class GridTaps {
  /** Positions of a block. */
  static final int BLOCK = 256;

  private static final double FAR = 1 << 30; // positions beyond fit in an int still
  private static final double CUBIC_A = -0.75;

  private final GridSampleShape shape;
  private final int axes;
  private final int each; // taps along one axis
  private final int taps;
  private final int[] digits; // [taps][axes], a tap's number along each axis
  private final boolean sloped;

  GridTaps(GridSampleShape shape) {
    this.shape = shape;
    this.axes = shape.axes();
    this.each =
        switch (shape.interpolation()) {
          case NEAREST -> 1;
          case LINEAR -> 2;
          case CUBIC -> 4;
        };
    this.taps = (int) Math.pow(each, axes);
    this.digits = new int[taps * axes];
    for (int t = 0; t < taps; t++) {
      int rest = t;
      for (int axis = axes - 1; axis >= 0; axis--) {
        digits[t * axes + axis] = rest % each;
        rest /= each;
      }
    }
    this.sloped = shape.interpolation() != Interpolation.NEAREST;
  }

  int taps() {
    return taps;
  }

  /** Whether the grid has a gradient at all. */
  boolean isSloped() {
    return sloped;
  }

  /** Each worker's memory for one position, kept by a call frame. */
  static final class Points {
    private Point[] points = {};

    /** Makes them for so many workers. */
    void require(int workers) {
      if (points.length < workers) {
        points = new Point[workers];
        Arrays.setAll(points, i -> new Point());
      }
    }

    Point of(int worker) {
      return points[worker];
    }
  }

  /** Along each axis. */
  static final class Point {
    private final int[] at = new int[3 * 4];
    private final double[] weight = new double[3 * 4];
    private final double[] slope = new double[3 * 4];
  }

  /**
   * Tables of n positions.
   *
   * @param grid from {@code off}, [n][axes], read
   * @param index [taps][BLOCK], written
   * @param table [taps][BLOCK] weights from {@code tableOff}, written; then, if {@code slopes},
   *     [axes][taps][BLOCK] slopes
   */
  void fill(
      float[] grid,
      int off,
      int n,
      Point p,
      int[] index,
      float[] table,
      int tableOff,
      boolean slopes) {
    for (int i = 0; i < n; i++) {
      for (int axis = 0; axis < axes; axis++) {
        along(axis, grid[off + i * axes + axes - 1 - axis], p); // the grid names width first
      }
      boolean none = true;
      for (int t = 0; t < taps; t++) {
        combine(t, i, p, index, table, tableOff, slopes);
        none &= table[tableOff + t * BLOCK + i] == 0;
      }
      if (none) {
        table[tableOff + i] = -0f; // the kernels make 0 of it, and -0 of 0
      }
    }
  }

  private void combine(
      int t, int i, Point p, int[] index, float[] table, int tableOff, boolean slopes) {
    int pixel = 0;
    double w = 1;
    for (int axis = 0; axis < axes; axis++) {
      int at = axis * 4 + digits[t * axes + axis];
      pixel = pixel * shape.in(axis) + p.at[at];
      w *= p.weight[at];
    }
    index[t * BLOCK + i] = pixel;
    table[tableOff + t * BLOCK + i] = (float) w;
    if (slopes) {
      for (int by = 0; by < axes; by++) {
        table[tableOff + ((by + 1) * taps + t) * BLOCK + i] = (float) slope(t, by, p);
      }
    }
  }

  private double slope(int t, int by, Point p) {
    double product = 1;
    for (int axis = 0; axis < axes; axis++) {
      int at = axis * 4 + digits[t * axes + axis];
      product *= axis == by ? p.slope[at] : p.weight[at];
    }
    return product;
  }

  /** Taps along one axis of coordinate g. */
  private void along(int axis, float g, Point p) {
    int in = shape.in(axis);
    double c = Float.isNaN(g) ? -1 : g;
    double perUnit = shape.alignCorners() ? (in - 1) / 2.0 : in / 2.0;
    double position = shape.alignCorners() ? (c + 1) * perUnit : ((c + 1) * in - 1) / 2;
    position = Math.max(-FAR, Math.min(FAR, position));
    if (shape.interpolation() == Interpolation.CUBIC) {
      cubic(axis, position, perUnit, p);
      return;
    }
    double inside = inside(position, in);
    if (shape.interpolation() == Interpolation.NEAREST) {
      set(p, axis, 0, (int) Math.rint(inside), 1, 0);
      return;
    }
    double slope = perUnit * turn(position, in);
    int low = (int) Math.floor(inside);
    set(p, axis, 0, low, low + 1 - inside, -slope);
    set(p, axis, 1, low + 1, inside - low, slope);
  }

  private void cubic(int axis, double position, double perUnit, Point p) {
    int low = (int) Math.floor(position);
    for (int t = 0; t < 4; t++) {
      int pixel = low - 1 + t;
      double distance = position - pixel;
      int at = (int) inside(pixel, shape.in(axis));
      set(p, axis, t, at, keys(distance), perUnit * keysSlope(distance));
    }
    if (shape.padding() != GridPadding.ZEROS && (low < 1 || low + 2 >= shape.in(axis))) {
      merge(axis * 4, p);
    }
  }

  /** Taps moved to one pixel are one: an infinite pixel would meet weights of either sign. */
  private static void merge(int from, Point p) {
    for (int t = from + 1; t < from + 4; t++) {
      int same = from;
      while (p.at[same] != p.at[t]) {
        same++;
      }
      if (same < t) {
        p.weight[same] += p.weight[t];
        p.slope[same] += p.slope[t];
        p.weight[t] = 0;
        p.slope[t] = 0;
      }
    }
  }

  private static double keys(double distance) {
    double d = Math.abs(distance);
    return d <= 1
        ? ((CUBIC_A + 2) * d - (CUBIC_A + 3)) * d * d + 1
        : d < 2 ? ((d - 5) * d + 8) * d * CUBIC_A - 4 * CUBIC_A : 0;
  }

  private static double keysSlope(double distance) {
    double d = Math.abs(distance);
    double slope =
        d <= 1
            ? (3 * (CUBIC_A + 2) * d - 2 * (CUBIC_A + 3)) * d
            : d < 2 ? ((3 * d - 10) * d + 8) * CUBIC_A : 0;
    return distance < 0 ? -slope : slope;
  }

  private void set(Point p, int axis, int tap, int pixel, double weight, double slope) {
    int at = axis * 4 + tap;
    boolean outside = pixel < 0 || pixel >= shape.in(axis);
    p.at[at] = outside ? 0 : pixel;
    p.weight[at] = outside ? 0 : weight;
    p.slope[at] = outside ? 0 : slope;
  }

  /** A position moved into the image, where the padding does that. */
  private double inside(double position, int in) {
    if (shape.padding() == GridPadding.ZEROS) {
      return position;
    }
    double p = shape.padding() == GridPadding.REFLECTION ? reflected(position, in) : position;
    return Math.max(0, Math.min(in - 1.0, p));
  }

  private double reflected(double position, int in) {
    double low = shape.alignCorners() ? 0 : -0.5;
    double span = shape.alignCorners() ? in - 1 : in;
    if (span == 0) {
      return 0;
    }
    double away = Math.abs(position - low);
    double rest = away % span;
    return low + (Math.floor(away / span) % 2 == 0 ? rest : span - rest);
  }

  /** The slope of {@link #inside}: 0 at the ends and beyond, -1 where mirrored. */
  private double turn(double position, int in) {
    if (shape.padding() == GridPadding.ZEROS) {
      return 1;
    }
    double sign = 1;
    double p = position;
    if (shape.padding() == GridPadding.REFLECTION) {
      double low = shape.alignCorners() ? 0 : -0.5;
      double span = shape.alignCorners() ? in - 1 : in;
      boolean even = span == 0 || Math.floor(Math.abs(position - low) / span) % 2 == 0;
      sign = even == position >= low ? 1 : -1;
      p = reflected(position, in);
    }
    return p <= 0 || p >= in - 1 ? 0 : sign;
  }
}
