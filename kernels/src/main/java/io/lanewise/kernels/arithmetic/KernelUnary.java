package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.UnaryCurve;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Unary} by the kernels, in tasks of {@value #TASK} elements. */
final class KernelUnary implements Unary {
  private static final int TASK = 1 << 14;
  private static final long FLOPS_PER_ELEMENT = 5;

  private final UnaryCurve curve;
  private final float p;
  private final float q;
  private final ArithmeticKernels kernels;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelUnary(UnaryCurve curve, float p, float q, Target target) {
    this.curve = curve;
    this.p = p;
    this.q = q;
    this.kernels = target.kernels().arithmetic();
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(y, x.shape(), x.layout(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    run(x, null, y, par);
  }

  @Override
  public void backward(Tensor x, Tensor dy, Tensor dx, Parallel par) {
    if (curve == UnaryCurve.LOGICAL_NOT) {
      throw new UnsupportedOperationException("NOT has no gradient");
    }
    requireShape(dy, x.shape(), x.layout(), "dy");
    requireShape(dx, x.shape(), x.layout(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", x, "x");
    run(x, dy, dx, par);
  }

  private void run(Tensor x, Tensor dy, Tensor out, Parallel par) {
    try (Call call = calls.take()) {
      call.x = x;
      call.dy = dy;
      call.out = out;
      par.forWork(x.size() * FLOPS_PER_ELEMENT).forEach(Math.ceilDiv(x.size(), TASK), call.part);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor dy; // null when forward
    private Tensor out;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int at = task * TASK;
      int n = Math.min(TASK, x.size() - at);
      int from = x.offset() + at;
      int to = out.offset() + at;
      if (dy == null) {
        kernels.unary(curve, p, q, x.array(), from, out.array(), to, n);
      } else {
        int g = dy.offset() + at;
        kernels.unarySlope(curve, p, q, x.array(), from, dy.array(), g, out.array(), to, n);
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      out = null;
    }
  }
}
