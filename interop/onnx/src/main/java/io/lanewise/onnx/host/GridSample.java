package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** GridSample in any number of spatial axes, and AffineGrid, which makes grids. */
final class GridSample {
  private GridSample() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("GridSample", 16, GridSample::gridSample);
    table.add("AffineGrid", 20, GridSample::affineGrid);
  }

  /** The grid's last axis holds coordinates from -1 to 1, the fastest axis first. */
  private static List<TypedTensor> gridSample(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor grid = call.ranked(1, x.shape().rank());
    int axes = x.shape().rank() - 2;
    if (axes < 1 || grid.shape().dim(-1) != axes || grid.shape().dim(0) != x.shape().dim(0)) {
      throw call.wrong("grid %s does not fit input %s", grid, x);
    }
    Sampler sampler = Sampler.of(call, Arrays.copyOfRange(x.shape().toArray(), 2, axes + 2));
    int[] dims = x.shape().toArray();
    System.arraycopy(grid.shape().toArray(), 1, dims, 2, axes);
    Shape shape = Shape.of(dims);
    double[] xs = Elements.doubles(x);
    double[] y = new double[shape.size()];
    int channels = dims[1];
    int pixels = Elements.count(shape, 2, dims.length);
    int plane = Elements.count(x.shape(), 2, dims.length);
    double[] at = new double[axes];
    for (int i = 0; i < dims[0] * pixels; i++) {
      for (int axis = 0; axis < axes; axis++) {
        at[axis] = sampler.coordinate(grid.doubleAt((i + 1) * axes - 1 - axis), axis);
      }
      for (int c = 0; c < channels; c++) {
        int first = (i / pixels * channels + c) * plane;
        y[(i / pixels * channels + c) * pixels + i % pixels] = sampler.sample(xs, first, at, 0, 0);
      }
    }
    return Elements.one(x.type(), shape, y);
  }

  /** Reads images between pixels. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sampler(int[] sizes, String mode, String padding, boolean alignCorners) {
    static Sampler of(HostCall call, int[] sizes) {
      String mode = call.node().textOr("mode", call.opset() < 20 ? "bilinear" : "linear");
      String known =
          switch (mode) {
            case "bilinear", "linear" -> "linear";
            case "bicubic", "cubic" -> "cubic";
            case "nearest" -> mode;
            default -> throw call.wrong("unknown mode '%s'", mode);
          };
      String padding = call.node().textOr("padding_mode", "zeros");
      if (!List.of("zeros", "border", "reflection").contains(padding)) {
        throw call.wrong("unknown padding_mode '%s'", padding);
      }
      return new Sampler(sizes, known, padding, call.node().intOr("align_corners", 0) != 0);
    }

    /** A pixel's coordinate of one from -1 to 1. */
    double coordinate(double g, int axis) {
      int size = sizes[axis];
      double x = alignCorners ? (g + 1) / 2 * (size - 1) : ((g + 1) * size - 1) / 2;
      if (mode.equals("nearest")) {
        x = Math.rint(x);
      }
      // Between pixels the cubic curve pads each pixel that it reads, the others the coordinate.
      return mode.equals("cubic") ? x : padded(x, size);
    }

    private double padded(double x, int size) {
      return switch (padding) {
        case "border" -> Math.clamp(x, 0, size - 1.0);
        case "reflection" ->
            alignCorners ? reflected(x, 0, size - 1.0) : reflected(x, -0.5, size - 0.5);
        default -> x;
      };
    }

    private static double reflected(double x, double low, double high) {
      double range = high - low;
      if (range == 0) {
        return 0;
      }
      double period = 2 * range;
      double d = (x - low) - period * Math.floor((x - low) / period);
      return low + Math.min(d, period - d);
    }

    /** The value at a point, from axis {@code axis} on; {@code at} is the offset so far. */
    double sample(double[] x, int first, double[] point, int axis, int at) {
      if (axis == sizes.length) {
        return x[first + at];
      }
      double p = point[axis];
      if (Double.isNaN(p)) {
        return mode.equals("nearest") ? 0 : Double.NaN;
      }
      int reach = mode.equals("nearest") ? 0 : mode.equals("linear") ? 1 : 2;
      int base = (int) Math.floor(p);
      double sum = 0;
      for (int i = reach == 0 ? base : base - reach + 1; i <= base + reach; i++) {
        double weight =
            reach == 0 ? 1 : reach == 1 ? Math.max(0, 1 - Math.abs(i - p)) : cubic(i - p);
        int source = source(i, sizes[axis]);
        if (source >= 0 && weight != 0) {
          sum += weight * sample(x, first, point, axis + 1, at * sizes[axis] + source);
        }
      }
      return sum;
    }

    /** A pixel's index after padding, or -1 for a zero. */
    private int source(int i, int size) {
      if (i >= 0 && i < size) {
        return i;
      }
      if (padding.equals("zeros")) {
        return -1;
      }
      return (int) Math.clamp(Math.rint(padded(i, size)), 0, size - 1.0);
    }

    private static double cubic(double distance) {
      return new ResizeRule("cubic", "", "", -0.75, false, false, 0).weight(distance);
    }
  }

  /** For each pixel of the wanted size, theta times its homogeneous coordinates. */
  private static List<TypedTensor> affineGrid(HostCall call) {
    TypedTensor theta = call.ranked(0, 3);
    long[] size = call.longs(1);
    int axes = size.length - 2;
    if (axes < 2
        || axes > 3
        || theta.shape().dim(1) != axes
        || theta.shape().dim(2) != axes + 1
        || theta.shape().dim(0) != size[0]) {
      throw call.wrong("theta %s does not fit size %s", theta, Arrays.toString(size));
    }
    boolean alignCorners = call.node().intOr("align_corners", 0) != 0;
    long[] dims = new long[axes + 2];
    dims[0] = size[0];
    System.arraycopy(size, 2, dims, 1, axes);
    dims[axes + 1] = axes;
    Shape shape = call.shape(dims);
    double[] y = new double[shape.size()];
    for (IndexWalk w = new IndexWalk(shape); w.hasNext(); w.advance()) {
      int row = (w.index(0) * axes + w.index(axes + 1)) * (axes + 1);
      double sum = theta.doubleAt(row + axes);
      for (int k = 0; k < axes; k++) {
        int axis = axes - k; // x, the fastest axis, comes first
        double n = dims[axis];
        double i = w.index(axis);
        double v = alignCorners ? (n == 1 ? 0 : 2 * i / (n - 1) - 1) : (2 * i + 1) / n - 1;
        sum += theta.doubleAt(row + k) * v;
      }
      y[w.position()] = sum;
    }
    return Elements.one(theta.type(), shape, y);
  }
}
