package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Grid sampling in float64: for each position the weights of all pixels along each axis, and their
 * slopes.
 */
public record ReferenceGridSample(GridSampleShape shape) implements GridSample {
  private static final double FAR = 1 << 30;

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor grid, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape.x(), "x");
    requireShape(grid, shape.grid(), "grid");
    requireShape(y, shape.y(), "y");
    requireDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", grid, "grid");
    for (int o = 0; o < y.size(); o++) {
      double[][][] w = weights(grid, o);
      double sum = 0;
      for (int pixel = 0; pixel < pixels(); pixel++) {
        double weight = weight(w, pixel, -1);
        sum += weight == 0 ? 0 : weight * at(x, plane(o) * pixels() + pixel);
      }
      y.array()[y.offset() + o] = (float) sum;
    }
  }

  @Override
  public void backwardImage(Tensor dy, Tensor grid, Tensor dx, Workspace ws, Parallel par) {
    requireShape(dy, shape.y(), "dy");
    requireShape(grid, shape.grid(), "grid");
    requireShape(dx, shape.x(), "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    requireDisjoint(dx, "dx", grid, "grid");
    double[] sums = new double[dx.size()];
    for (int o = 0; o < dy.size(); o++) {
      double[][][] w = weights(grid, o);
      for (int pixel = 0; pixel < pixels(); pixel++) {
        double weight = weight(w, pixel, -1);
        sums[plane(o) * pixels() + pixel] += weight == 0 ? 0 : weight * at(dy, o);
      }
    }
    store(sums, dx);
  }

  @Override
  public void backwardGrid(
      Tensor dy, Tensor x, Tensor grid, Tensor dgrid, Workspace ws, Parallel par) {
    requireShape(dy, shape.y(), "dy");
    requireShape(x, shape.x(), "x");
    requireShape(grid, shape.grid(), "grid");
    requireShape(dgrid, shape.grid(), "dgrid");
    requireDisjoint(dgrid, "dgrid", dy, "dy");
    requireDisjoint(dgrid, "dgrid", x, "x");
    requireDisjoint(dgrid, "dgrid", grid, "grid");
    double[] sums = new double[dgrid.size()];
    for (int o = 0; o < dy.size(); o++) {
      double[][][] w = weights(grid, o);
      for (int axis = 0; axis < shape.axes(); axis++) {
        double sum = 0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
          double slope = weight(w, pixel, axis);
          sum += slope == 0 ? 0 : slope * at(x, plane(o) * pixels() + pixel);
        }
        sums[gridAt(o) + shape.axes() - 1 - axis] += sum * at(dy, o);
      }
    }
    store(sums, dgrid);
  }

  private static void store(double[] sums, Tensor dst) {
    for (int i = 0; i < sums.length; i++) {
      dst.array()[dst.offset() + i] = (float) sums[i];
    }
  }

  private static double at(Tensor t, int i) {
    return t.array()[t.offset() + i];
  }

  private int pixels() {
    int product = 1;
    for (int axis = 0; axis < shape.axes(); axis++) {
      product *= shape.in(axis);
    }
    return product;
  }

  private int positions() {
    return shape.y().size() / shape.y().dim(0) / shape.y().dim(1);
  }

  /** Image and channel of an output. */
  private int plane(int o) {
    return o / positions();
  }

  /** Where in the grid an output's coordinates begin. */
  private int gridAt(int o) {
    int img = plane(o) / shape.x().dim(1);
    return (img * positions() + o % positions()) * shape.axes();
  }

  /** A pixel's weight; its slope by one coordinate if {@code by} is an axis. */
  private double weight(double[][][] w, int pixel, int by) {
    double product = 1;
    int rest = pixel;
    for (int axis = shape.axes() - 1; axis >= 0; axis--) {
      product *= w[axis][axis == by ? 1 : 0][rest % shape.in(axis)];
      rest /= shape.in(axis);
    }
    return product;
  }

  /** [axis][weights and slopes][in] of an output. */
  private double[][][] weights(Tensor grid, int o) {
    double[][][] w = new double[shape.axes()][][];
    for (int axis = 0; axis < w.length; axis++) {
      w[axis] = along(axis, at(grid, gridAt(o) + shape.axes() - 1 - axis));
    }
    return w;
  }

  private double[][] along(int axis, double coordinate) {
    int in = shape.in(axis);
    double c = Double.isNaN(coordinate) ? -1 : coordinate;
    double p = shape.alignCorners() ? (c + 1) * ((in - 1) / 2.0) : ((c + 1) * in - 1) / 2;
    double unit = shape.alignCorners() ? (in - 1) / 2.0 : in / 2.0;
    p = Math.max(-FAR, Math.min(FAR, p));
    double[][] w = new double[2][in];
    if (shape.interpolation() == Interpolation.CUBIC) {
      for (double pixel = Math.floor(p) - 1; pixel <= Math.floor(p) + 2; pixel++) {
        double d = p - pixel;
        double a = Math.abs(d);
        boolean near = a <= 1;
        double weight =
            near
                ? 1.25 * a * a * a - 2.25 * a * a + 1
                : -0.75 * (a * a * a - 5 * a * a + 8 * a - 4);
        double slope = near ? 3.75 * a * a - 4.5 * a : -0.75 * (3 * a * a - 10 * a + 8);
        add(w, moved(pixel, in)[0], weight, unit * Math.signum(d) * slope);
      }
      return w;
    }
    double[] moved = moved(p, in);
    if (shape.interpolation() == Interpolation.NEAREST) {
      add(w, Math.rint(moved[0]), 1, 0);
      return w;
    }
    double low = Math.floor(moved[0]);
    add(w, low, low + 1 - moved[0], -unit * moved[1]);
    add(w, low + 1, moved[0] - low, unit * moved[1]);
    return w;
  }

  private static void add(double[][] w, double pixel, double weight, double slope) {
    if (pixel >= 0 && pixel < w[0].length) {
      w[0][(int) pixel] += weight;
      w[1][(int) pixel] += slope;
    }
  }

  /** Where the padding moves a position, and how much that moves with it. */
  private double[] moved(double position, int in) {
    double p = position;
    double slope = 1;
    if (shape.padding() == GridPadding.ZEROS) {
      return new double[] {p, slope};
    }
    if (shape.padding() == GridPadding.REFLECTION) {
      double low = shape.alignCorners() ? 0 : -0.5;
      double high = shape.alignCorners() ? in - 1 : in - 0.5;
      while (high > low && (p < low || p > high)) {
        p = p < low ? 2 * low - p : 2 * high - p;
        slope = -slope;
      }
    }
    return p <= 0 || p >= in - 1
        ? new double[] {p <= 0 || in == 1 ? 0 : in - 1, 0}
        : new double[] {p, slope};
  }
}
