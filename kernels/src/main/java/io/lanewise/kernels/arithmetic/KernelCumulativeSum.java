package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link CumulativeSum}: row after row with lanes on the elements behind the axis; along the last
 * axis one element after the other.
 */
final class KernelCumulativeSum implements CumulativeSum {
  private static final int TASK = 1 << 14;
  private static final int STRIP = 1024; // of a row

  private final Shape shape;
  private final boolean exclusive;
  private final boolean reverse;
  private final int length;
  private final int outer;
  private final int inner;
  private final int strips;
  private final int perTask;
  private final ArithmeticKernels kernels;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelCumulativeSum(Shape shape, int axis, boolean exclusive, boolean reverse, Target target) {
    Arithmetic.broadcast(shape); // checks the rank
    int at = axisOf(shape, axis);
    this.shape = shape;
    this.exclusive = exclusive;
    this.reverse = reverse;
    this.length = shape.dim(at);
    int before = 1;
    int after = 1;
    for (int i = 0; shape.size() > 0 && i < shape.rank(); i++) {
      before *= i < at ? shape.dim(i) : 1;
      after *= i > at ? shape.dim(i) : 1;
    }
    this.outer = before;
    this.inner = after;
    this.strips = Math.ceilDiv(inner, STRIP);
    this.perTask = Math.max(1, TASK / Math.max(1, length * Math.min(inner, STRIP)));
    this.kernels = target.kernels().arithmetic();
  }

  private static int axisOf(Shape shape, int axis) {
    boolean[] meant = Arithmetic.axes(shape, axis);
    int at = 0;
    while (!meant[at]) {
      at++;
    }
    return at;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(x, shape, "x");
    requireShape(y, shape, "y");
    requireDisjoint(y, "y", x, "x");
    run(x, y, reverse, par);
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, shape, "dy");
    requireShape(dx, shape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    run(dy, dx, !reverse, par);
  }

  private void run(Tensor src, Tensor dst, boolean backwards, Parallel par) {
    if (shape.size() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.src = src;
      call.dst = dst;
      call.backwards = backwards;
      par.forWork(2L * shape.size()).forEach(Math.ceilDiv(outer * strips, perTask), call.part);
    }
  }

  private final class Call extends CallFrame {
    private Tensor src;
    private Tensor dst;
    private boolean backwards;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int end = Math.min(outer * strips, (task + 1) * perTask);
      for (int i = task * perTask; i < end; i++) {
        int at = i / strips * length * inner + i % strips * STRIP;
        if (inner == 1) {
          line(src.offset() + at, dst.offset() + at);
        } else {
          rows(at, Math.min(STRIP, inner - i % strips * STRIP));
        }
      }
    }

    private void line(int from, int to) {
      float[] x = src.array();
      float[] y = dst.array();
      int step = backwards ? -1 : 1;
      int at = backwards ? length - 1 : 0;
      float sum = 0;
      for (int i = 0; i < length; i++, at += step) {
        if (exclusive) {
          y[to + at] = sum;
          sum += x[from + at];
        } else {
          sum += x[from + at];
          y[to + at] = sum;
        }
      }
    }

    private void rows(int at, int n) {
      int step = backwards ? -inner : inner;
      int row = at + (backwards ? (length - 1) * inner : 0);
      float[] y = dst.array();
      int to = dst.offset() + row;
      Arrays.fill(y, to, to + n, 0f);
      int from = src.offset() + row;
      if (!exclusive) {
        kernels.binary(BinaryCurve.ADD, y, to, src.array(), from, y, to, n);
        from += step;
      }
      for (int i = 1; i < length; i++) {
        kernels.binary(BinaryCurve.ADD, y, to, src.array(), from, y, to + step, n);
        to += step;
        from += step;
      }
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
    }
  }
}
