package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Products in float64, one element after the other: partial products in float32 could overflow
 * where the product does not. The gradient tells products with no zero, one and more apart, since
 * the product of the others is a quotient only without.
 */
final class ProductReduction implements AxisReduction {
  private static final int TASK = 1 << 13;

  private final Shape x;
  private final Shape y;
  private final Layout layout;
  private final Axes axes;
  private final int results;
  private final int perTask;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  ProductReduction(Shape x, boolean[] reduced, boolean keepDims, Layout layout) {
    this.x = x;
    this.layout = layout;
    this.y = Arithmetic.reduced(x, reduced, keepDims);
    this.axes = new Axes(StoredDims.of(x, layout), StoredDims.flags(reduced, layout));
    this.results = y.size();
    this.perTask = Math.max(1, TASK / Math.max(1, axes.reduced()));
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, this.x, layout, "x");
    requireShape(y, this.y, layout, "y");
    requireDisjoint(y, "y", x, "x");
    try (Call call = calls.take()) {
      call.x = x;
      call.y = y;
      par.forWork(4L * x.size()).forEach(Math.ceilDiv(results, perTask), call.products);
    }
  }

  @Override
  public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(x, this.x, layout, "x");
    requireShape(y, this.y, layout, "y");
    requireShape(dy, this.y, layout, "dy");
    requireShape(dx, this.x, layout, "dx");
    requireDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", y, "y");
    requireDisjoint(dx, "dx", dy, "dy");
    try (Call call = calls.take()) {
      call.x = x;
      call.y = dy;
      call.dx = dx;
      par.forWork(20L * x.size()).forEach(Math.ceilDiv(results, perTask), call.slopes);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor y; // dy when backward
    private Tensor dx;
    private final TaskBody products = this::products;
    private final TaskBody slopes = this::slopes;

    private void products(int task, int worker) {
      for (int i = task * perTask; i < Math.min(results, (task + 1) * perTask); i++) {
        y.array()[y.offset() + i] = (float) product(axes.keptOffset(i), -1);
      }
    }

    /** The product of a result's elements but that at {@code except}. */
    private double product(int from, int except) {
      double product = 1;
      int run = axes.lastReduced();
      int step = axes.lastReducedStep();
      for (int i = 0; i < axes.reduced(); i += run) {
        int at = from + axes.reducedOffset(i);
        for (int j = 0; j < run; j++) {
          int place = at + j * step;
          product *= place == except ? 1 : x.array()[x.offset() + place];
        }
      }
      return product;
    }

    private void slopes(int task, int worker) {
      for (int i = task * perTask; i < Math.min(results, (task + 1) * perTask); i++) {
        slope(axes.keptOffset(i), y.array()[y.offset() + i]);
      }
    }

    private void slope(int from, float dy) {
      int zeros = 0;
      int zero = -1;
      double product = 1;
      int run = axes.lastReduced();
      int step = axes.lastReducedStep();
      for (int i = 0; i < axes.reduced(); i += run) {
        int at = from + axes.reducedOffset(i);
        for (int j = 0; j < run; j++) {
          float v = x.array()[x.offset() + at + j * step];
          product *= v == 0 ? 1 : v;
          if (v == 0) {
            zeros++;
            zero = at + j * step;
          }
        }
      }
      boolean exact = product != 0 && Double.isFinite(product);
      for (int i = 0; i < axes.reduced(); i += run) {
        int at = from + axes.reducedOffset(i);
        for (int j = 0; j < run; j++) {
          int place = at + j * step;
          double others;
          if (!exact) {
            others = product(from, place);
          } else if (zeros == 0) {
            others = product / x.array()[x.offset() + place];
          } else {
            others = zeros == 1 && place == zero ? product : 0;
          }
          dx.array()[dx.offset() + place] = (float) (dy * others);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      dx = null;
    }
  }
}
