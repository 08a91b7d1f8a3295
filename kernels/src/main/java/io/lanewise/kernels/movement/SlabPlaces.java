package io.lanewise.kernels.movement;

import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * Units that are slabs of x, named by tuples of indices: x is [batches][axes of the
 * tuple...][unit], y [batches][tuples][unit].
 */
final class SlabPlaces implements Places {
  private static final int TASK_ELEMENTS = 1 << 13;
  private static final int LINE = 16;
  private static final int ENOUGH_BATCHES = 8;

  private final int batches;
  private final int tuples;
  private final int batchTuples; // 0 if all batches share the indices
  private final int batchElements; // of x
  private final int[] sizes;
  private final int[] steps;
  private final int unit;
  private final int gatherChunk;
  private final int scatterBatches;
  private final int scatterUnit; // a part of the unit that a task adds
  private final CopyKernel copy;
  private final ElementwiseKernels elements;

  private SlabPlaces(
      int batches, int tuples, boolean shared, int[] sizes, int unit, KernelSet kernels) {
    this.batches = batches;
    this.tuples = tuples;
    this.batchTuples = shared ? 0 : tuples;
    this.sizes = sizes;
    this.steps = new int[sizes.length];
    int step = unit;
    for (int i = sizes.length - 1; i >= 0; i--) {
      steps[i] = step;
      step *= sizes[i];
    }
    this.batchElements = step;
    this.unit = unit;
    this.gatherChunk = Math.max(1, TASK_ELEMENTS / Math.max(1, unit));
    long batch = Math.max(1, (long) tuples * unit);
    this.scatterBatches = (int) Math.max(1, TASK_ELEMENTS / batch);
    int part = Math.ceilDiv(Math.ceilDiv(unit, ENOUGH_BATCHES), LINE) * LINE;
    this.scatterUnit = Math.max(1, batches >= ENOUGH_BATCHES ? unit : part);
    this.copy = kernels.copy();
    this.elements = kernels.elementwise();
  }

  /** Along an axis, from 0; all batches share the indices. */
  static SlabPlaces along(Shape x, int axis, int indices, KernelSet kernels) {
    int[] size = {x.dim(axis)};
    int batches = Axes.product(x, 0, axis);
    return new SlabPlaces(
        batches, indices, true, size, Axes.product(x, axis + 1, x.rank()), kernels);
  }

  /** By tuples of as many indices as the last axis of {@code indices} is long. */
  static SlabPlaces nd(Shape x, Shape indices, int batchAxes, KernelSet kernels) {
    int length = indices.dim(-1);
    int[] sizes = Arrays.copyOfRange(x.toArray(), batchAxes, batchAxes + length);
    int unit = Axes.product(x, batchAxes + length, x.rank());
    int batches = Axes.product(x, 0, batchAxes);
    int tuples = batches == 0 ? 0 : indices.size() / length / batches;
    return new SlabPlaces(batches, tuples, false, sizes, unit, kernels);
  }

  @Override
  public int[] sizes() {
    return sizes;
  }

  @Override
  public int gatherTasks() {
    return unit == 0 ? 0 : Math.ceilDiv(batches * tuples, gatherChunk);
  }

  @Override
  public int scatterTasks() {
    return unit == 0 ? 0 : Math.ceilDiv(batches, scatterBatches) * Math.ceilDiv(unit, scatterUnit);
  }

  private int place(int batch, int tuple, Indices indices) {
    int at = batch * batchElements;
    int first = (batch * batchTuples + tuple) * sizes.length;
    for (int i = 0; i < sizes.length; i++) {
      at += indices.get(first + i, sizes[i]) * steps[i];
    }
    return at;
  }

  @Override
  public void gather(int task, Indices indices, float[] x, int xOff, float[] y, int yOff) {
    int from = task * gatherChunk;
    int end = Math.min(batches * tuples, from + gatherChunk);
    int batch = from / tuples;
    int tuple = from % tuples;
    for (int u = from; u < end; u++) {
      int at = xOff + place(batch, tuple, indices);
      if (unit == 1) {
        y[yOff + u] = x[at];
      } else {
        copy.run(x, at, unit, 1, unit, y, yOff + u * unit, unit);
      }
      tuple++;
      if (tuple == tuples) {
        tuple = 0;
        batch++;
      }
    }
  }

  @Override
  public void scatter(
      int task, Indices indices, ScatterMode mode, float[] y, int yOff, float[] x, int xOff) {
    int parts = Math.ceilDiv(unit, scatterUnit);
    int part = task % parts * scatterUnit;
    int n = Math.min(scatterUnit, unit - part);
    int from = task / parts * scatterBatches;
    int end = Math.min(batches, from + scatterBatches);
    for (int batch = from; batch < end; batch++) {
      for (int tuple = 0; tuple < tuples; tuple++) {
        int at = xOff + place(batch, tuple, indices) + part;
        update(mode, y, yOff + (batch * tuples + tuple) * unit + part, x, at, n);
      }
    }
  }

  private void update(ScatterMode mode, float[] y, int yAt, float[] x, int xAt, int n) {
    if (mode == ScatterMode.ADD && n > 1) {
      elements.add(y, yAt, x, xAt, n);
    } else if (mode == ScatterMode.NONE && n > 1) {
      copy.run(y, yAt, n, 1, n, x, xAt, n);
    } else {
      for (int i = 0; i < n; i++) {
        x[xAt + i] = mode.apply(x[xAt + i], y[yAt + i]);
      }
    }
  }

  @Override
  public void take(int task, Indices indices, float[] x, int xOff, float[] y, int yOff) {
    int parts = Math.ceilDiv(unit, scatterUnit);
    int part = task % parts * scatterUnit;
    int n = Math.min(scatterUnit, unit - part);
    int from = task / parts * scatterBatches;
    int end = Math.min(batches, from + scatterBatches);
    for (int batch = from; batch < end; batch++) {
      for (int tuple = tuples - 1; tuple >= 0; tuple--) {
        int at = xOff + place(batch, tuple, indices) + part;
        copy.run(x, at, n, 1, n, y, yOff + (batch * tuples + tuple) * unit + part, n);
        Arrays.fill(x, at, at + n, 0f);
      }
    }
  }
}
