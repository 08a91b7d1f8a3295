package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.PoolMistake.*;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** Max pooling window by window; a task is a plane. Right, unless it is told a mistake. */
final class SeededMaxPool implements MaxPool {
  private final PoolShape s;
  private final Mistake mistake;
  private final Contract contract;
  private final Axis rows;
  private final Axis columns;

  SeededMaxPool(PoolShape shape, Mistake mistake) {
    this.s = shape;
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
  public WorkspaceSpec workspace() {
    return contract.workspace(WorkspaceSpec.NONE);
  }

  @Override
  public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
    Tensor in = contract.input(x, s.x(), "x");
    contract.output(y, s.y(), "y", x, "x");
    requireIndices(indices);
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), y, ws);
    par.forEach(
        Planes.count(s, mistake),
        (plane, worker) -> {
          int from = in.offset() + plane * s.ih() * s.iw();
          for (int oy = 0; oy < s.oh(); oy++) {
            for (int ox = 0; ox < Planes.columns(s, mistake); ox++) {
              int out = (plane * s.oh() + oy) * s.ow() + ox;
              window(in.array(), from, oy, ox, y, indices, out);
            }
          }
        });
    contract.end(x, y, par, before);
  }

  private void window(float[] x, int from, int oy, int ox, Tensor y, int[] indices, int out) {
    float best = Float.NEGATIVE_INFINITY;
    int index = -1;
    for (int tap = 0; tap < s.kh() * s.kw(); tap++) {
      int iy = rows.at(oy, tap / s.kw());
      int ix = columns.at(ox, tap % s.kw());
      if (rows.holds(iy) && columns.holds(ix)) {
        float v = x[from + iy * s.iw() + ix];
        if (index == -1 || isBetter(v, best)) {
          best = v;
          index = index(iy, ix, tap);
        }
      }
    }
    if (index == -1) {
      best = mistake == PADDING_ALONE_GIVES_0 ? 0f : best;
      index = mistake == PADDING_ALONE_INDEX_0 ? 0 : -1;
    }
    y.array()[y.offset() + out] = mistake == STARTS_AT_ZERO ? Math.max(best, 0f) : best;
    indices[out] = index;
  }

  private boolean isBetter(float v, float best) {
    if (mistake == NAN_LOST || !(Float.isNaN(v) || Float.isNaN(best))) {
      return mistake == LAST_OF_EQUALS ? v >= best : v > best;
    }
    return !Float.isNaN(best);
  }

  private int index(int iy, int ix, int tap) {
    if (mistake == INDEX_IN_WINDOW) {
      return tap;
    }
    if (mistake == INDEX_IN_PADDED_PLANE) {
      return iy * (s.iw() + s.padding().left()) + ix;
    }
    return iy * (mistake == INDEX_BY_HEIGHT ? s.ih() : s.iw()) + ix;
  }

  @Override
  public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    Tensor in = contract.input(dy, s.y(), "dy");
    contract.output(dx, s.x(), "dx", dy, "dy");
    requireIndices(indices);
    int area = s.ih() * s.iw();
    int out = s.oh() * s.ow();
    par.forEach(
        Planes.count(s, mistake),
        (plane, worker) -> {
          int to = dx.offset() + (mistake == PLANE_OF_IMAGE_0 ? plane % s.c() : plane) * area;
          if (mistake != NOT_CLEARED) {
            Arrays.fill(dx.array(), to, to + area, 0f);
          }
          for (int i = plane * out; i < (plane + 1) * out; i++) {
            if (indices[i] >= 0) {
              int at = to + indices[i];
              float old = mistake == OVERLAP_OVERWRITTEN ? 0f : dx.array()[at];
              dx.array()[at] = old + in.array()[in.offset() + i];
            }
          }
        });
  }

  private void requireIndices(int[] indices) {
    if (indices.length != s.y().size()) {
      throw new IllegalArgumentException(
          "indices must have " + s.y().size() + " elements, got " + indices.length);
    }
  }
}
