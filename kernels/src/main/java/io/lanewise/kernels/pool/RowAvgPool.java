package io.lanewise.kernels.pool;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** {@link AvgPool} row by row of each plane; a task is one channel of one image. */
public final class RowAvgPool implements AvgPool {
  private final PoolShape shape;
  private final Shape xShape;
  private final Shape yShape;
  private final boolean countsPadding;
  private final PoolKernels kernels;
  private final PaddedPlane padded;
  private final int oh;
  private final int ow;
  private final float[] divisors; // [oh][ow]
  private final WorkspaceSpec workspace;
  private final FramePool<Forward> forwards = new FramePool<>(Forward::new);
  private final FramePool<Backward> backwards = new FramePool<>(Backward::new);

  /** Plans the pooling. */
  public RowAvgPool(PoolShape shape, boolean countsPadding, Target target) {
    this.shape = shape;
    this.xShape = shape.x();
    this.yShape = shape.y();
    this.countsPadding = countsPadding;
    this.padded = new PaddedPlane(shape);
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.kernels =
        target.kernels().pool(shape.kh(), shape.kw(), shape.dilationW(), shape.strideW(), ow);
    this.divisors = divisors();
    this.workspace = new WorkspaceSpec(0, padded.scratchFloats());
  }

  private float[] divisors() {
    float[] d = new float[oh * ow];
    Arrays.fill(d, (float) shape.kh() * shape.kw());
    if (!countsPadding) {
      for (int oy = 0; oy < oh; oy++) {
        int rows = shape.rowsInside(oy);
        for (int ox = 0; ox < ow; ox++) {
          // A sum of padding alone is 0 and stays 0 over 1.
          d[oy * ow + ox] = Math.max(1, rows * shape.columnsInside(ox));
        }
      }
    }
    return d;
  }

  @Override
  public PoolShape shape() {
    return shape;
  }

  @Override
  public boolean countsPadding() {
    return countsPadding;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    ws.require(workspace, par.workers());
    try (Forward call = forwards.take()) {
      call.x = x;
      call.y = y;
      call.ws = ws;
      share(par, call.plane);
    }
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, yShape, "dy");
    requireShape(dx, xShape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    try (Backward call = backwards.take()) {
      call.dy = dy;
      call.dx = dx;
      share(par, call.plane);
    }
  }

  private void share(Parallel par, TaskBody plane) {
    long flops = (long) yShape.size() * shape.kh() * shape.kw();
    par.forWork(flops).forEach(shape.n() * shape.c(), plane);
  }

  private final class Forward extends CallFrame {
    private Tensor x;
    private Tensor y;
    private Workspace ws;
    private final TaskBody plane = this::plane;

    private void plane(int plane, int worker) {
      float[] src = x.array();
      int srcOff = x.offset() + plane * shape.ih() * shape.iw();
      if (padded.isNeeded()) {
        int copy = ws.workerOffset(worker);
        padded.copy(src, srcOff, 0f, ws.array(), copy);
        src = ws.array();
        srcOff = copy;
      }
      int rowFloats = padded.rowFloats();
      for (int oy = 0; oy < oh; oy++) {
        int out = y.offset() + (plane * oh + oy) * ow;
        kernels.sumRow(
            src,
            srcOff + oy * shape.strideH() * rowFloats,
            shape.dilationH() * rowFloats,
            y.array(),
            out);
        for (int ox = 0; ox < ow; ox++) {
          y.array()[out + ox] /= divisors[oy * ow + ox];
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      ws = null;
    }
  }

  private final class Backward extends CallFrame {
    private Tensor dy;
    private Tensor dx;
    private final TaskBody plane = this::plane;

    private void plane(int plane, int worker) {
      int in = shape.ih() * shape.iw();
      int dxOff = dx.offset() + plane * in;
      Arrays.fill(dx.array(), dxOff, dxOff + in, 0f);
      for (int oy = 0; oy < oh; oy++) {
        int from = dy.offset() + (plane * oh + oy) * ow;
        scatterRow(dy.array(), from, oy, dx.array(), dxOff);
      }
    }

    @Override
    protected void clear() {
      dy = null;
      dx = null;
    }
  }

  private void scatterRow(float[] dy, int from, int oy, float[] dx, int dxOff) {
    int stride = shape.strideW();
    for (int ky = 0; ky < shape.kh(); ky++) {
      int iy = oy * shape.strideH() + ky * shape.dilationH() - shape.padding().top();
      if (iy < 0 || iy >= shape.ih()) {
        continue;
      }
      for (int kx = 0; kx < shape.kw(); kx++) {
        int left = kx * shape.dilationW() - shape.padding().left();
        int end = Window.endInside(left, stride, shape.iw(), ow);
        int dst = dxOff + iy * shape.iw() + left;
        for (int ox = Window.firstInside(left, stride, ow); ox < end; ox++) {
          dx[dst + ox * stride] += dy[from + ox] / divisors[oy * ow + ox];
        }
      }
    }
  }
}
