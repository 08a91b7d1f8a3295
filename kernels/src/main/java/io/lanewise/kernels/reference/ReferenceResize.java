package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Resizing in float64: for each axis a whole matrix of weights [out][in], then one loop an index.
 */
public record ReferenceResize(ResizeShape shape, Layout layout) implements Resize {
  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape.x(), layout, "x");
    requireShape(y, shape.y(), layout, "y");
    requireDisjoint(y, "y", x, "x");
    double[][][] w = weights();
    Cells outputs = new Cells(y, shape);
    for (int o = 0; o < outputs.count(); o++) {
      outputs.at(o);
      double sum = 0;
      boolean outside = false;
      for (int axis = 0; axis < shape.axes(); axis++) {
        outside |= shape.isOutside(axis, outputs.spatial(axis));
      }
      Cells inputs = new Cells(x, shape);
      for (int i = 0; i < inputs.pixels(); i++) {
        inputs.at(outputs.plane(), i);
        double weight = product(w, outputs, inputs);
        sum += weight == 0 ? 0 : weight * inputs.get();
      }
      outputs.set(outside ? shape.extrapolation() : sum);
    }
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(dy, shape.y(), layout, "dy");
    requireShape(dx, shape.x(), layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    double[][][] w = weights();
    Cells inputs = new Cells(dx, shape);
    for (int i = 0; i < inputs.count(); i++) {
      inputs.at(i);
      double sum = 0;
      Cells outputs = new Cells(dy, shape);
      for (int o = 0; o < outputs.pixels(); o++) {
        outputs.at(inputs.plane(), o);
        double weight = product(w, outputs, inputs);
        sum += weight == 0 ? 0 : weight * outputs.get();
      }
      inputs.set(sum);
    }
  }

  private double product(double[][][] w, Cells outputs, Cells inputs) {
    double product = 1;
    for (int axis = 0; axis < shape.axes(); axis++) {
      product *= w[axis][outputs.spatial(axis)][inputs.spatial(axis)];
    }
    return product;
  }

  /** The weights along each axis, [axis][out][in]; rows of 0 for outputs outside. */
  public double[][][] weights() {
    double[][][] w = new double[shape.axes()][][];
    for (int axis = 0; axis < w.length; axis++) {
      w[axis] = new double[shape.out(axis)][];
      for (int o = 0; o < w[axis].length; o++) {
        w[axis][o] = row(axis, o);
      }
    }
    return w;
  }

  private double[] row(int axis, int o) {
    int in = shape.in(axis);
    double[] row = new double[in];
    double at = shape.position(axis, o);
    if (shape.isOutside(axis, o)) {
      return row;
    }
    if (shape.interpolation() == Interpolation.NEAREST) {
      row[clamp(shape.nearest().round(at), in)] = 1;
      return row;
    }
    double scale = shape.kernelScale(axis);
    double reach = shape.kernelReach() / scale + 1;
    double total = 0;
    for (double i = Math.floor(at - reach); i <= at + reach; i++) {
      if (!shape.excludeOutside() || (i >= 0 && i < in)) {
        double weight = shape.kernel((i - at) * scale);
        row[clamp(i, in)] += weight;
        total += weight;
      }
    }
    for (int i = 0; i < in; i++) {
      row[i] /= total;
    }
    return row;
  }

  private static int clamp(double i, int in) {
    return (int) Math.max(0, Math.min(in - 1.0, i));
  }

  /** Walks over a tensor's elements, plane by plane, whatever its layout. */
  private static final class Cells {
    private final Tensor t;
    private final int pixels;
    private final int[] index;

    Cells(Tensor t, ResizeShape shape) {
      this.t = t;
      this.index = new int[t.shape().rank()];
      int product = 1;
      for (int axis = 0; axis < shape.axes(); axis++) {
        product *= t.shape().dim(axis + 2);
      }
      this.pixels = product;
    }

    int count() {
      return t.size();
    }

    int pixels() {
      return pixels;
    }

    void at(int element) {
      at(element / pixels, element % pixels);
    }

    void at(int plane, int pixel) {
      index[0] = plane / t.shape().dim(1);
      index[1] = plane % t.shape().dim(1);
      int rest = pixel;
      for (int axis = index.length - 1; axis >= 2; axis--) {
        index[axis] = rest % t.shape().dim(axis);
        rest /= t.shape().dim(axis);
      }
    }

    int plane() {
      return index[0] * t.shape().dim(1) + index[1];
    }

    int spatial(int axis) {
      return index[axis + 2];
    }

    double get() {
      return t.get(index);
    }

    void set(double value) {
      t.set((float) value, index);
    }
  }
}
