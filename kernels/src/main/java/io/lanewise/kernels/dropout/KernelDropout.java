package io.lanewise.kernels.dropout;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.WorkerInts;
import io.lanewise.kernels.micro.RandomKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/**
 * {@link Dropout} of elements: the words of {@value #CHUNK} elements at a time, which stay in L1,
 * then these elements. A task is {@value #TASK} elements.
 */
final class KernelDropout implements Dropout {
  private static final int CHUNK = 1024;
  private static final int TASK = 16 * CHUNK;
  private static final long FLOPS_PER_ELEMENT = 20;

  private final Shape shape;
  private final Layout layout;
  private final double rate;
  private final DropoutFactors forward;
  private final DropoutFactors backward;
  private final RandomKernels kernels;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelDropout(Shape shape, Layout layout, double rate, DropoutFactors forward, Target target) {
    this.shape = shape;
    this.layout = Objects.requireNonNull(layout, "layout");
    this.rate = rate;
    this.forward = forward;
    this.backward = forward.backward();
    this.kernels = target.kernels().random();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public double rate() {
    return rate;
  }

  @Override
  public void forward(Tensor x, long seed, long step, Tensor y, Parallel par) {
    requireShape(x, shape, layout, "x");
    requireShape(y, shape, layout, "y");
    requireSameOrDisjoint(y, "y", x, "x");
    run(x, seed, step, y, forward, par);
  }

  @Override
  public void backward(Tensor dy, long seed, long step, Tensor dx, Parallel par) {
    requireShape(dy, shape, layout, "dy");
    requireShape(dx, shape, layout, "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    run(dy, seed, step, dx, backward, par);
  }

  private void run(
      Tensor src, long seed, long step, Tensor dst, DropoutFactors factors, Parallel par) {
    try (Call call = calls.take()) {
      call.src = src;
      call.dst = dst;
      call.seed = seed;
      call.step = step;
      call.factors = factors;
      call.words.require(par.workers());
      par.forWork(src.size() * FLOPS_PER_ELEMENT)
          .forEach(Math.ceilDiv(src.size(), TASK), call.body);
    }
  }

  private final class Call extends CallFrame {
    private final WorkerInts words = new WorkerInts(CHUNK);
    private Tensor src;
    private Tensor dst;
    private long seed;
    private long step;
    private DropoutFactors factors;
    private final TaskBody body = this::task;

    private void task(int task, int worker) {
      int from = task * TASK;
      int n = Math.min(TASK, src.size() - from);
      for (int i = 0; i < n; i += CHUNK) {
        chunk(from + i, Math.min(CHUNK, n - i), words.of(worker));
      }
    }

    private void chunk(int i, int n, int[] buffer) {
      int groups = Math.ceilDiv(n, RandomKernels.GROUP);
      kernels.words(seed, step, i / RandomKernels.GROUP, groups, buffer);
      kernels.keep(
          buffer,
          0,
          factors.threshold(),
          src.array(),
          src.offset() + i,
          factors.scale(),
          factors.shift(),
          factors.dropped(),
          dst.array(),
          dst.offset() + i,
          n);
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
      factors = null;
    }
  }
}
