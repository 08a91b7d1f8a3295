package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Softmax, or its logarithm, along an axis, in float64.
 *
 * @param axis from 0, or from -1 backwards
 */
public record ReferenceAxisSoftmax(Shape shape, int axis, boolean log) implements AxisSoftmax {
  /** Checks the axis. */
  public ReferenceAxisSoftmax {
    axis = AxisSoftmax.axis(shape, axis);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape, "x");
    requireShape(y, shape, "y");
    requireSameOrDisjoint(y, "y", x, "x");
    double[] row = new double[shape.dim(axis)];
    for (int first = 0; first < shape.size(); first++) {
      if (isFirst(first)) {
        read(x, first, row);
        double max = Double.NEGATIVE_INFINITY;
        for (double v : row) {
          max = Math.max(max, v);
        }
        double sum = 0;
        for (double v : row) {
          sum += StrictMath.exp(v - max);
        }
        for (int c = 0; c < row.length; c++) {
          double below = row[c] - max;
          row[c] = log ? below - StrictMath.log(sum) : StrictMath.exp(below) / sum;
        }
        write(row, first, y);
      }
    }
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(y, shape, "y");
    requireShape(dy, shape, "dy");
    requireShape(dx, shape, "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    double[] out = new double[shape.dim(axis)];
    double[] slope = new double[shape.dim(axis)];
    for (int first = 0; first < shape.size(); first++) {
      if (isFirst(first)) {
        read(y, first, out);
        read(dy, first, slope);
        double sum = 0;
        for (int c = 0; c < out.length; c++) {
          sum += log ? slope[c] : slope[c] * out[c];
        }
        for (int c = 0; c < out.length; c++) {
          slope[c] = log ? slope[c] - StrictMath.exp(out[c]) * sum : out[c] * (slope[c] - sum);
        }
        write(slope, first, dx);
      }
    }
  }

  /** Elements between neighbours along the axis. */
  private int step() {
    int step = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      step *= shape.dim(i);
    }
    return step;
  }

  /** Whether an element is the first along the axis. */
  private boolean isFirst(int element) {
    return element / step() % shape.dim(axis) == 0;
  }

  private void read(Tensor t, int first, double[] row) {
    for (int c = 0; c < row.length; c++) {
      row[c] = t.array()[t.offset() + first + c * step()];
    }
  }

  private void write(double[] row, int first, Tensor t) {
    for (int c = 0; c < row.length; c++) {
      t.array()[t.offset() + first + c * step()] = (float) row[c];
    }
  }
}
