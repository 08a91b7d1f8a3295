package io.lanewise.kernels.pool;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** {@link MaxPool} row by row of each plane; a task is one channel of one image. */
public final class RowMaxPool implements MaxPool {
  private final PoolShape shape;
  private final PoolKernels kernels;
  private final PaddedPlane padded;
  private final int oh;
  private final int ow;

  /** Plans the pooling. */
  public RowMaxPool(PoolShape shape, Target target) {
    this.shape = shape;
    this.kernels = target.kernels().pool();
    this.padded = new PaddedPlane(shape);
    this.oh = shape.oh();
    this.ow = shape.ow();
  }

  @Override
  public PoolShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return new WorkspaceSpec(0, padded.scratchFloats());
  }

  @Override
  public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
    requireShape(x, shape.x(), "x");
    requireShape(y, shape.y(), "y");
    requireDisjoint(y, "y", x, "x");
    requireIndices(shape, indices);
    ws.require(workspace(), par.workers());
    par.forWork((long) y.size() * shape.kh() * shape.kw())
        .forEach(
            shape.n() * shape.c(),
            (plane, worker) -> plane(x, y, indices, plane, ws.array(), ws.workerOffset(worker)));
  }

  private void plane(
      Tensor x, Tensor y, int[] indices, int plane, float[] scratch, int scratchOff) {
    int xOff = x.offset() + plane * shape.ih() * shape.iw();
    float[] src = x.array();
    int srcOff = xOff;
    if (padded.isNeeded()) {
      padded.copy(x.array(), xOff, Float.NEGATIVE_INFINITY, scratch, scratchOff);
      src = scratch;
      srcOff = scratchOff;
    }
    int rowFloats = padded.rowFloats();
    for (int oy = 0; oy < oh; oy++) {
      int out = (plane * oh + oy) * ow;
      kernels.maxRow(
          src,
          srcOff + oy * shape.strideH() * rowFloats,
          shape.dilationH() * rowFloats,
          shape.kh(),
          shape.kw(),
          shape.dilationW(),
          shape.strideW(),
          y.array(),
          y.offset() + out,
          indices,
          out,
          ow);
      for (int ox = 0; ox < ow; ox++) {
        indices[out + ox] = index(indices[out + ox], oy, ox);
      }
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

  @Override
  public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    requireShape(dy, shape.y(), "dy");
    requireShape(dx, shape.x(), "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    requireIndices(shape, indices);
    int in = shape.ih() * shape.iw();
    int out = oh * ow;
    par.forWork(dx.size() + (long) dy.size())
        .forEach(
            shape.n() * shape.c(),
            (plane, worker) -> {
              float[] to = dx.array();
              int toOff = dx.offset() + plane * in;
              Arrays.fill(to, toOff, toOff + in, 0f);
              for (int i = plane * out; i < (plane + 1) * out; i++) {
                if (indices[i] >= 0) {
                  to[toOff + indices[i]] += dy.array()[dy.offset() + i];
                }
              }
            });
  }

  private static void requireIndices(PoolShape shape, int[] indices) {
    if (indices.length != shape.y().size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + shape.y().size()
              + " elements, one for each of y "
              + shape.y()
              + ", got "
              + indices.length);
    }
  }
}
