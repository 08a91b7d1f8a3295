package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.PoolMistake.*;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** Average pooling window by window; a task is a plane. Right, unless it is told a mistake. */
final class SeededAvgPool implements AvgPool {
  private final PoolShape s;
  private final boolean countsPadding;
  private final Mistake mistake;
  private final Contract contract;
  private final Axis rows;
  private final Axis columns;

  SeededAvgPool(PoolShape shape, boolean countsPadding, Mistake mistake) {
    this.s = shape;
    this.countsPadding = countsPadding;
    this.mistake = mistake;
    this.contract = new Contract(mistake);
    this.rows = Axis.rows(Planes.window(shape), mistake);
    this.columns = Axis.columns(Planes.window(shape), mistake);
  }

  @Override
  public PoolShape shape() {
    return s;
  }

  @Override
  public boolean countsPadding() {
    return countsPadding;
  }

  @Override
  public WorkspaceSpec workspace() {
    return contract.workspace(WorkspaceSpec.NONE);
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    Tensor in = contract.input(x, s.x(), "x");
    contract.output(y, s.y(), "y", x, "x");
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), y, ws);
    par.forEach(
        Planes.count(s, mistake),
        (plane, worker) -> {
          int from = in.offset() + plane * s.ih() * s.iw();
          for (int oy = 0; oy < s.oh(); oy++) {
            for (int ox = 0; ox < Planes.columns(s, mistake); ox++) {
              int at = y.offset() + (plane * s.oh() + oy) * s.ow() + ox;
              y.array()[at] = RoundingMistake.apply(mistake, average(in.array(), from, oy, ox));
            }
          }
        });
    contract.end(x, y, par, before);
  }

  private float average(float[] x, int from, int oy, int ox) {
    float sum = 0f;
    for (int tap = 0; tap < s.kh() * s.kw(); tap++) {
      int iy = rows.at(oy, tap / s.kw());
      int ix = columns.at(ox, tap % s.kw());
      if (rows.holds(iy) && columns.holds(ix)) {
        sum += x[from + iy * s.iw() + ix];
      }
    }
    int count = count(oy, ox);
    return count == 0 && mistake != EMPTY_GIVES_NAN ? 0f : sum / count;
  }

  private int count(int oy, int ox) {
    int all = s.kh() * s.kw();
    int inside = s.rowsInside(oy) * s.columnsInside(ox);
    if (mistake == PADDING_COUNTS_ALWAYS || mistake == PADDING_COUNTS_NEVER) {
      return mistake == PADDING_COUNTS_ALWAYS ? all : inside;
    }
    boolean right = mistake == RIGHT_BORDER_WHOLE && columns.at(ox, s.kw() - 1) >= s.iw();
    return countsPadding || right ? all : inside;
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    Tensor in = contract.input(dy, s.y(), "dy");
    contract.output(dx, s.x(), "dx", dy, "dy");
    int area = s.ih() * s.iw();
    par.forEach(
        Planes.count(s, mistake),
        (plane, worker) -> {
          int to = dx.offset() + (mistake == PLANE_OF_IMAGE_0 ? plane % s.c() : plane) * area;
          if (mistake != NOT_CLEARED) {
            Arrays.fill(dx.array(), to, to + area, 0f);
          }
          for (int i = 0; i < s.oh() * s.ow(); i++) {
            float share = in.array()[in.offset() + plane * s.oh() * s.ow() + i];
            spread(share, i / s.ow(), i % s.ow(), dx.array(), to);
          }
        });
  }

  private void spread(float dy, int oy, int ox, float[] dx, int to) {
    float share = dy / (mistake == GRADIENT_BY_WINDOW ? s.kh() * s.kw() : count(oy, ox));
    for (int tap = 0; tap < s.kh() * s.kw(); tap++) {
      int iy = rows.at(oy, tap / s.kw());
      int ix = columns.at(ox, tap % s.kw());
      if (rows.holds(iy) && columns.holds(ix)) {
        int at = to + iy * s.iw() + ix;
        dx[at] = (mistake == OVERLAP_OVERWRITTEN ? 0f : dx[at]) + share;
      }
    }
  }
}
