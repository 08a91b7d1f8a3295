package io.lanewise.kernels.resample;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ResampleKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@link Resize} axis by axis, from tables made once; its gradient by the transposed tables. Both
 * layouts run the same loops: channels last is channels first with one plane whose pixels are lines
 * of c floats. A task is a block of rows of a plane.
 */
final class KernelResize implements Resize {
  private static final long FLOPS_PER_OUTPUT = 8;

  private final ResizeShape shape;
  private final Layout layout;
  private final int planes;
  private final int planeIn;
  private final int planeOut;
  private final AxisChain forward;
  private final AxisChain backward;
  private final Outside outside; // null where every output lies inside
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelResize(ResizeShape shape, Layout layout, Target target) {
    this.shape = shape;
    this.layout = Objects.requireNonNull(layout, "layout");
    boolean last = layout == Layout.CHANNELS_LAST;
    int c = shape.x().dim(1);
    int inner = last ? Math.max(1, c) : 1;
    this.planes = last ? shape.x().dim(0) : shape.x().dim(0) * c;
    List<AxisTable> tables = new ArrayList<>();
    List<AxisTable> transposed = new ArrayList<>();
    for (int axis = 0; axis < shape.axes(); axis++) {
      AxisTable table = AxisTable.of(shape, axis);
      tables.add(table);
      transposed.add(table.transposed());
    }
    this.planeIn = planes == 0 ? 0 : shape.x().size() / planes;
    this.planeOut = planes == 0 ? 0 : shape.y().size() / planes;
    ResampleKernels kernels = target.kernels().resample();
    this.forward = new AxisChain(tables, inner, kernels);
    this.backward = new AxisChain(transposed, inner, kernels);
    this.outside =
        shape.coordinates() == ResizeCoordinates.TF_CROP_AND_RESIZE
            ? new Outside(shape, inner)
            : null;
    this.workspace =
        new WorkspaceSpec(0, Math.max(forward.scratchFloats(), backward.scratchFloats()));
  }

  @Override
  public ResizeShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape.x(), layout, "x");
    requireShape(y, shape.y(), layout, "y");
    requireDisjoint(y, "y", x, "x");
    run(x, y, ws, par, true);
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(dy, shape.y(), layout, "dy");
    requireShape(dx, shape.x(), layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    run(dy, dx, ws, par, false);
  }

  private void run(Tensor src, Tensor dst, Workspace ws, Parallel par, boolean onward) {
    ws.require(workspace, par.workers());
    if (dst.size() == 0) {
      return;
    }
    long floats = (long) shape.x().size() + shape.y().size();
    try (Call call = calls.take()) {
      call.src = src;
      call.dst = dst;
      call.ws = ws;
      int tasks = planes * (onward ? forward : backward).blocks();
      par.forWork(floats * FLOPS_PER_OUTPUT).forEach(tasks, onward ? call.onward : call.back);
    }
  }

  private final class Call extends CallFrame {
    private Tensor src;
    private Tensor dst;
    private Workspace ws;
    private final TaskBody onward = this::onward;
    private final TaskBody back = this::back;

    private void onward(int task, int worker) {
      int plane = task / forward.blocks();
      int block = task % forward.blocks();
      int to = dst.offset() + plane * planeOut;
      block(forward, block, plane * planeIn, to, worker);
      if (outside != null) {
        int from = block * forward.blockRows();
        int end = Math.min(shape.out(0), from + forward.blockRows());
        outside.fill(dst.array(), to, from, end);
      }
    }

    private void back(int task, int worker) {
      int plane = task / backward.blocks();
      int to = dst.offset() + plane * planeIn;
      block(backward, task % backward.blocks(), plane * planeOut, to, worker);
    }

    private void block(AxisChain chain, int block, int from, int to, int worker) {
      int scratch = ws.workerOffset(worker);
      chain.run(block, src.array(), src.offset() + from, dst.array(), to, ws.array(), scratch);
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
      ws = null;
    }
  }
}
