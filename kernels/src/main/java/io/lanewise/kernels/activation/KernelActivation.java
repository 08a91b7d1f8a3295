package io.lanewise.kernels.activation;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/** {@link ActivationOp} by the kernels, in tasks of {@value #TASK} elements. */
public final class KernelActivation implements ActivationOp {
  private static final int TASK = 1 << 14; // 64 KB in, 64 KB out: some 5 to 20 us
  private static final long FLOPS_PER_ELEMENT = 10; // what tanh takes, roughly

  private final Activation activation;
  private final ActivationKernels kernels;
  private final FramePool<Forward> forwards = new FramePool<>(Forward::new);
  private final FramePool<Backward> backwards = new FramePool<>(Backward::new);

  /** Plans the activation. */
  public KernelActivation(Activation activation, Target target) {
    this.activation = Objects.requireNonNull(activation, "activation");
    this.kernels = target.kernels().activations();
  }

  @Override
  public Activation activation() {
    return activation;
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(y, x.shape(), x.layout(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    try (Forward call = forwards.take()) {
      call.x = x;
      call.y = y;
      share(x.size(), par, call.part);
    }
  }

  @Override
  public void backward(Tensor saved, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, saved.shape(), saved.layout(), "dy");
    requireShape(dx, saved.shape(), saved.layout(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", saved, activation.needsInput() ? "x" : "y");
    try (Backward call = backwards.take()) {
      call.saved = saved;
      call.dy = dy;
      call.dx = dx;
      share(saved.size(), par, call.part);
    }
  }

  private static void share(int size, Parallel par, TaskBody part) {
    par.forWork(size * FLOPS_PER_ELEMENT).forEach(Math.ceilDiv(size, TASK), part);
  }

  private final class Forward extends CallFrame {
    private Tensor x;
    private Tensor y;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int at = task * TASK;
      int n = Math.min(TASK, x.size() - at);
      int src = x.offset() + at;
      int dst = y.offset() + at;
      ActivationLoops.forward(activation, kernels, x.array(), src, y.array(), dst, n);
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
    }
  }

  private final class Backward extends CallFrame {
    private Tensor saved;
    private Tensor dy;
    private Tensor dx;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int at = task * TASK;
      int n = Math.min(TASK, saved.size() - at);
      int from = saved.offset() + at;
      int src = dy.offset() + at;
      int dst = dx.offset() + at;
      ActivationLoops.backward(
          activation, kernels, saved.array(), from, dy.array(), src, dx.array(), dst, n);
    }

    @Override
    protected void clear() {
      saved = null;
      dy = null;
      dx = null;
    }
  }
}
