package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * Units that are single elements, whose index replaces one coordinate of their place in y: the box
 * of y's elements lies in x with stride 0 along that axis.
 */
final class ElementPlaces implements Places {
  private static final int TASK_ELEMENTS = 1 << 12;

  private final Box box;
  private final int[] sizes;
  private final int step; // of x along the axis
  private final int cut; // the axis that tasks share, not the indexed one; -1 if there is none
  private final int chunk;
  private final int tasks;

  /**
   * Plans it.
   *
   * @param axis from 0
   */
  ElementPlaces(Shape x, int axis, Shape indices) {
    int[] xSteps = Strides.of(x, Layout.CHANNELS_FIRST);
    this.step = xSteps[axis];
    this.sizes = new int[] {x.dim(axis)};
    xSteps[axis] = 0;
    int[] ySteps = Strides.of(indices, Layout.CHANNELS_FIRST);
    this.box = new Box(indices.toArray(), 0, xSteps, 0, ySteps).compact(false);
    int longest = -1;
    for (int i = 0; i < box.dims.length; i++) {
      boolean longer = longest < 0 || box.dims[i] > box.dims[longest];
      longest = box.srcSteps[i] != 0 && longer ? i : longest;
    }
    this.cut = longest;
    if (cut < 0 || box.size() == 0) {
      this.chunk = 0;
      this.tasks = box.size() == 0 ? 0 : 1;
    } else {
      this.chunk = (int) Math.max(1, (long) TASK_ELEMENTS * box.dims[cut] / box.size());
      this.tasks = Math.ceilDiv(box.dims[cut], chunk);
    }
  }

  @Override
  public int[] sizes() {
    return sizes;
  }

  @Override
  public int gatherTasks() {
    return tasks;
  }

  @Override
  public int scatterTasks() {
    return tasks;
  }

  /** What is done with each element; {@code mode} only for updates. */
  private enum Deed {
    GATHER,
    SCATTER,
    TAKE
  }

  @Override
  public void gather(int task, Indices indices, float[] x, int xOff, float[] y, int yOff) {
    start(Deed.GATHER, task, indices, ScatterMode.NONE, x, xOff, y, yOff);
  }

  @Override
  public void scatter(
      int task, Indices indices, ScatterMode mode, float[] y, int yOff, float[] x, int xOff) {
    start(Deed.SCATTER, task, indices, mode, x, xOff, y, yOff);
  }

  @Override
  public void take(int task, Indices indices, float[] x, int xOff, float[] y, int yOff) {
    start(Deed.TAKE, task, indices, ScatterMode.NONE, x, xOff, y, yOff);
  }

  private void start(
      Deed deed,
      int task,
      Indices indices,
      ScatterMode mode,
      float[] x,
      int xOff,
      float[] y,
      int yOff) {
    int from = task * chunk;
    int count = cut < 0 ? 0 : Math.min(chunk, box.dims[cut] - from);
    int s = cut < 0 ? 0 : from * box.srcSteps[cut];
    int d = cut < 0 ? 0 : from * box.dstSteps[cut];
    walk(deed, 0, count, indices, mode, x, xOff + s, y, yOff, d);
  }

  /** The axes from {@code axis} on; {@code u} is the first element's number. */
  private void walk(
      Deed deed,
      int axis,
      int count,
      Indices indices,
      ScatterMode mode,
      float[] x,
      int xAt,
      float[] y,
      int yOff,
      int u) {
    if (axis == box.dims.length) { // a single element
      row(deed, 1, 0, 0, indices, mode, x, xAt, y, yOff, u);
      return;
    }
    int n = axis == cut ? count : box.dims[axis];
    int s = box.srcSteps[axis];
    int d = box.dstSteps[axis];
    if (axis == box.dims.length - 1) {
      row(deed, n, s, d, indices, mode, x, xAt, y, yOff, u);
      return;
    }
    for (int i = 0; i < n; i++) {
      int j = deed == Deed.TAKE ? n - 1 - i : i;
      walk(deed, axis + 1, count, indices, mode, x, xAt + j * s, y, yOff, u + j * d);
    }
  }

  private void row(
      Deed deed,
      int n,
      int s,
      int d,
      Indices indices,
      ScatterMode mode,
      float[] x,
      int xAt,
      float[] y,
      int yOff,
      int u) {
    int size = sizes[0];
    switch (deed) {
      case GATHER -> {
        for (int j = 0; j < n; j++) {
          int to = u + j * d;
          y[yOff + to] = x[xAt + j * s + indices.get(to, size) * step];
        }
      }
      case SCATTER -> {
        for (int j = 0; j < n; j++) {
          int from = u + j * d;
          int to = xAt + j * s + indices.get(from, size) * step;
          x[to] = mode.apply(x[to], y[yOff + from]);
        }
      }
      case TAKE -> {
        for (int j = n - 1; j >= 0; j--) {
          int to = u + j * d;
          int from = xAt + j * s + indices.get(to, size) * step;
          y[yOff + to] = x[from];
          x[from] = 0;
        }
      }
    }
  }
}
