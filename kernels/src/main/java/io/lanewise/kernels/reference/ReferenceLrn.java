package io.lanewise.kernels.reference;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.IntToDoubleFunction;

/**
 * Local response normalisation in float64, each sum taken anew over the elements around one.
 *
 * @param within whether over positions of a channel, not over channels of a position
 */
record ReferenceLrn(Shape shape, Layout layout, Lrn lrn, boolean within)
    implements LocalResponseNorm {
  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    LocalResponseNorm.checkForward(this, x, y);
    for (int e = 0; e < shape.size(); e++) {
      set(y, e, get(x, e) * StrictMath.pow(base(x, e), -lrn.beta()));
    }
  }

  @Override
  public void backward(Tensor x, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    LocalResponseNorm.checkBackward(this, x, dy, dx);
    double[] q = new double[shape.size()];
    double[] direct = new double[shape.size()];
    for (int e = 0; e < q.length; e++) {
      double base = base(x, e);
      q[e] = get(dy, e) * get(x, e) * StrictMath.pow(base, -lrn.beta() - 1);
      direct[e] = get(dy, e) * StrictMath.pow(base, -lrn.beta());
    }
    for (int e = 0; e < q.length; e++) {
      // e is in the windows of the elements that lie as far before it as windows reach behind.
      double sum = sum(1, e, lrn.after(), lrn.before(), other -> q[other]);
      set(dx, e, direct[e] - 2 * lrn.alpha() * lrn.beta() * get(x, e) * sum);
    }
  }

  private double base(Tensor x, int e) {
    double sum = sum(1, e, lrn.before(), lrn.after(), other -> get(x, other) * get(x, other));
    return lrn.k() + lrn.alpha() * sum;
  }

  /** Over the elements up to so many before and behind {@code e} along the axes from one on. */
  private double sum(int axis, int e, int before, int after, IntToDoubleFunction value) {
    if (axis == shape.rank()) {
      return value.applyAsDouble(e);
    }
    boolean spans = within == axis > 1;
    int stride = 1;
    for (int inner = axis + 1; inner < shape.rank(); inner++) {
      stride *= shape.dim(inner);
    }
    int at = e / stride % shape.dim(axis);
    int first = spans ? Math.max(0, at - before) : at;
    int last = spans ? Math.min(shape.dim(axis) - 1, at + after) : at;
    double sum = 0;
    for (int i = first; i <= last; i++) {
      sum += sum(axis + 1, e + (i - at) * stride, before, after, value);
    }
    return sum;
  }

  private double get(Tensor t, int e) {
    return t.array()[t.offset() + ReferenceNorm.position(shape, layout, e)];
  }

  private void set(Tensor t, int e, double value) {
    t.array()[t.offset() + ReferenceNorm.position(shape, layout, e)] = (float) value;
  }
}
