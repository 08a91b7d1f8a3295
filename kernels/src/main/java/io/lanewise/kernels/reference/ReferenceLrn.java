package io.lanewise.kernels.reference;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Local response normalisation in float64, an element's window found by looking at every element of
 * its image.
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
    int image = shape.size() == 0 ? 1 : shape.size() / shape.dim(0);
    double[] q = new double[shape.size()];
    for (int e = 0; e < q.length; e++) {
      q[e] = get(dy, e) * get(x, e) * StrictMath.pow(base(x, e), -lrn.beta() - 1);
    }
    for (int e = 0; e < q.length; e++) {
      double sum = 0;
      for (int other = e / image * image; other < (e / image + 1) * image; other++) {
        sum += isNear(other, e) ? q[other] : 0;
      }
      double direct = get(dy, e) * StrictMath.pow(base(x, e), -lrn.beta());
      set(dx, e, direct - 2 * lrn.alpha() * lrn.beta() * get(x, e) * sum);
    }
  }

  private double base(Tensor x, int e) {
    int image = shape.size() / shape.dim(0);
    double sum = 0;
    for (int other = e / image * image; other < (e / image + 1) * image; other++) {
      sum += isNear(e, other) ? get(x, other) * get(x, other) : 0;
    }
    return lrn.k() + lrn.alpha() * sum;
  }

  /** Whether an element of the same image is in another's window. */
  private boolean isNear(int of, int other) {
    int a = of;
    int b = other;
    boolean near = true;
    for (int axis = shape.rank() - 1; axis > 0; axis--) {
      int distance = b % shape.dim(axis) - a % shape.dim(axis);
      boolean spans = within == axis > 1;
      near &= spans ? distance >= -lrn.before() && distance <= lrn.after() : distance == 0;
      a /= shape.dim(axis);
      b /= shape.dim(axis);
    }
    return near;
  }

  private double get(Tensor t, int e) {
    return t.array()[t.offset() + ReferenceNorm.position(shape, layout, e)];
  }

  private void set(Tensor t, int e, double value) {
    t.array()[t.offset() + ReferenceNorm.position(shape, layout, e)] = (float) value;
  }
}
