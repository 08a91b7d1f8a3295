package io.lanewise.kernels.pool;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** {@link AvgPool} row by row of each plane; a task is one channel of one image. */
public final class RowAvgPool implements AvgPool {
  private final PoolShape shape;
  private final boolean countsPadding;
  private final PoolKernels kernels;
  private final PaddedPlane padded;
  private final int oh;
  private final int ow;
  private final float[] divisors; // [oh][ow]

  /** Plans the pooling. */
  public RowAvgPool(PoolShape shape, boolean countsPadding, Target target) {
    this.shape = shape;
    this.countsPadding = countsPadding;
    this.kernels = target.kernels().pool();
    this.padded = new PaddedPlane(shape);
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.divisors = divisors();
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
    return new WorkspaceSpec(0, padded.scratchFloats());
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape.x(), "x");
    requireShape(y, shape.y(), "y");
    requireDisjoint(y, "y", x, "x");
    ws.require(workspace(), par.workers());
    par.forWork((long) y.size() * shape.kh() * shape.kw())
        .forEach(
            shape.n() * shape.c(),
            (plane, worker) -> plane(x, y, plane, ws.array(), ws.workerOffset(worker)));
  }

  private void plane(Tensor x, Tensor y, int plane, float[] scratch, int scratchOff) {
    int xOff = x.offset() + plane * shape.ih() * shape.iw();
    float[] src = x.array();
    int srcOff = xOff;
    if (padded.isNeeded()) {
      padded.copy(x.array(), xOff, 0f, scratch, scratchOff);
      src = scratch;
      srcOff = scratchOff;
    }
    int rowFloats = padded.rowFloats();
    for (int oy = 0; oy < oh; oy++) {
      int out = y.offset() + (plane * oh + oy) * ow;
      kernels.sumRow(
          src,
          srcOff + oy * shape.strideH() * rowFloats,
          shape.dilationH() * rowFloats,
          shape.kh(),
          shape.kw(),
          shape.dilationW(),
          shape.strideW(),
          y.array(),
          out,
          ow);
      for (int ox = 0; ox < ow; ox++) {
        y.array()[out + ox] /= divisors[oy * ow + ox];
      }
    }
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, shape.y(), "dy");
    requireShape(dx, shape.x(), "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    int in = shape.ih() * shape.iw();
    par.forWork((long) dy.size() * shape.kh() * shape.kw())
        .forEach(
            shape.n() * shape.c(),
            (plane, worker) -> {
              int dxOff = dx.offset() + plane * in;
              Arrays.fill(dx.array(), dxOff, dxOff + in, 0f);
              for (int oy = 0; oy < oh; oy++) {
                int from = dy.offset() + (plane * oh + oy) * ow;
                scatterRow(dy.array(), from, oy, dx.array(), dxOff);
              }
            });
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
