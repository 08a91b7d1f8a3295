package io.lanewise.kernels.reference;

import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** PReLU, in float64. */
record ReferencePRelu(Shape shape, Layout layout, int slopes) implements PRelu {
  ReferencePRelu {
    PRelu.requireSlopes(shape, layout, slopes);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  private int channel(int i) {
    if (slopes == 1) {
      return 0;
    }
    int positions = shape.size() / (shape.dim(0) * slopes);
    return layout == Layout.CHANNELS_LAST ? i % slopes : i / positions % slopes;
  }

  @Override
  public void forward(Tensor x, Tensor slope, Tensor y, Workspace ws, Parallel par) {
    PRelu.requireForward(this, x, slope, y);
    for (int i = 0; i < shape.size(); i++) {
      double v = x.array()[x.offset() + i];
      double s = slope.array()[slope.offset() + channel(i)];
      y.array()[y.offset() + i] = (float) (v > 0 ? v : s * v);
    }
  }

  @Override
  public void backward(
      Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope, Workspace ws, Parallel par) {
    PRelu.requireBackward(this, x, slope, dy, dx, dslope);
    double[] sums = new double[slopes];
    for (int i = 0; i < shape.size(); i++) {
      double v = x.array()[x.offset() + i];
      double d = dy.array()[dy.offset() + i];
      double s = slope.array()[slope.offset() + channel(i)];
      dx.array()[dx.offset() + i] = (float) (v > 0 ? d : s * d);
      sums[channel(i)] += v > 0 ? 0 : v * d;
    }
    for (int c = 0; c < slopes; c++) {
      dslope.array()[dslope.offset() + c] += (float) sums[c];
    }
  }
}
