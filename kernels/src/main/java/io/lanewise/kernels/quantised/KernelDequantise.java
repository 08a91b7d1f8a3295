package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Dequantise} row by row. */
public final class KernelDequantise implements Dequantise {
  private static final long FLOPS_PER_ELEMENT = 2;

  private final Shape shape;
  private final Layout layout;
  private final Quantisation q;
  private final CodeWalk walk;
  private final QuantisedKernels kernels;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans it. */
  public KernelDequantise(Shape shape, Layout layout, Quantisation q, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.q = q;
    this.walk = new CodeWalk(shape, layout, q);
    this.kernels = target.kernels().quantised();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Quantisation quantisation() {
    return q;
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(ByteTensor x, Tensor y, Workspace ws, Parallel par) {
    ByteTensor.requireShape(x, shape, layout, "x");
    Tensor.requireShape(y, shape, layout, "y");
    try (Call call = calls.take()) {
      call.x = x;
      call.y = y;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(walk.tasks(), call.task);
    }
  }

  private final class Call extends CallFrame {
    private ByteTensor x;
    private Tensor y;
    private final CodeWalk.Row row = this::row;
    private final TaskBody task = this::task;

    private void task(int index, int worker) {
      walk.task(index, row);
    }

    private void row(int at, int n, float[] scales, float[] zeros, int table, int step) {
      kernels.dequantise(
          n,
          x.array(),
          x.offset() + at,
          q.type().signed(),
          scales,
          zeros,
          table,
          step,
          y.array(),
          y.offset() + at);
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
    }
  }
}
