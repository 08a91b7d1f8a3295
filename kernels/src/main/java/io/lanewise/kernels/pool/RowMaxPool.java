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
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** {@link MaxPool} row by row of each plane; a task is one channel of one image. */
public final class RowMaxPool implements MaxPool {
  private final PoolShape shape;
  private final Shape xShape;
  private final Shape yShape;
  private final PoolKernels kernels;
  private final PaddedPlane padded;
  private final int oh;
  private final int ow;
  private final WorkspaceSpec workspace;
  private final FramePool<Forward> forwards = new FramePool<>(Forward::new);
  private final FramePool<Backward> backwards = new FramePool<>(Backward::new);

  /** Plans the pooling. */
  public RowMaxPool(PoolShape shape, Target target) {
    this.shape = shape;
    this.xShape = shape.x();
    this.yShape = shape.y();
    this.padded = new PaddedPlane(shape);
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.kernels =
        target.kernels().pool(shape.kh(), shape.kw(), shape.dilationW(), shape.strideW(), ow);
    this.workspace = new WorkspaceSpec(0, padded.scratchFloats());
  }

  @Override
  public PoolShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    requireIndices(indices);
    ws.require(workspace, par.workers());
    try (Forward call = forwards.take()) {
      call.x = x;
      call.y = y;
      call.indices = indices;
      call.ws = ws;
      long flops = (long) y.size() * shape.kh() * shape.kw();
      par.forWork(flops).forEach(shape.n() * shape.c(), call.plane);
    }
  }

  @Override
  public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    requireShape(dy, yShape, "dy");
    requireShape(dx, xShape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    requireIndices(indices);
    try (Backward call = backwards.take()) {
      call.dy = dy;
      call.indices = indices;
      call.dx = dx;
      long flops = dx.size() + (long) dy.size();
      par.forWork(flops).forEach(shape.n() * shape.c(), call.plane);
    }
  }

  private void requireIndices(int[] indices) {
    if (indices.length != yShape.size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + yShape.size()
              + " elements, one for each of y "
              + yShape
              + ", got "
              + indices.length);
    }
  }

  private final class Forward extends CallFrame {
    private Tensor x;
    private Tensor y;
    private int[] indices;
    private Workspace ws;
    private final TaskBody plane = this::plane;

    private void plane(int plane, int worker) {
      float[] src = x.array();
      int srcOff = x.offset() + plane * shape.ih() * shape.iw();
      if (padded.isNeeded()) {
        int copy = ws.workerOffset(worker);
        padded.copy(src, srcOff, Float.NEGATIVE_INFINITY, ws.array(), copy);
        src = ws.array();
        srcOff = copy;
      }
      int rowFloats = padded.rowFloats();
      for (int oy = 0; oy < oh; oy++) {
        int out = (plane * oh + oy) * ow;
        kernels.maxRow(
            src,
            srcOff + oy * shape.strideH() * rowFloats,
            shape.dilationH() * rowFloats,
            y.array(),
            y.offset() + out,
            indices,
            out);
        for (int ox = 0; ox < ow; ox++) {
          indices[out + ox] = index(indices[out + ox], oy, ox);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      indices = null;
      ws = null;
    }
  }

  /** Position in the plane of a window's tap; of its first tap inside if all were -Infinity. */
  private int index(int tap, int oy, int ox) {
    int iy = oy * shape.strideH() - shape.padding().top();
    int ix = ox * shape.strideW() - shape.padding().left();
    if (tap >= 0) {
      iy += tap / shape.kw() * shape.dilationH();
      ix += tap % shape.kw() * shape.dilationW();
      return iy * shape.iw() + ix;
    }
    if (shape.rowsInside(oy) == 0 || shape.columnsInside(ox) == 0) {
      return -1;
    }
    while (iy < 0) {
      iy += shape.dilationH();
    }
    while (ix < 0) {
      ix += shape.dilationW();
    }
    return iy * shape.iw() + ix;
  }

  private final class Backward extends CallFrame {
    private Tensor dy;
    private int[] indices;
    private Tensor dx;
    private final TaskBody plane = this::plane;

    private void plane(int plane, int worker) {
      int in = shape.ih() * shape.iw();
      int out = oh * ow;
      float[] to = dx.array();
      int toOff = dx.offset() + plane * in;
      Arrays.fill(to, toOff, toOff + in, 0f);
      for (int i = plane * out; i < (plane + 1) * out; i++) {
        if (indices[i] >= 0) {
          to[toOff + indices[i]] += dy.array()[dy.offset() + i];
        }
      }
    }

    @Override
    protected void clear() {
      dy = null;
      indices = null;
      dx = null;
    }
  }
}
