package io.lanewise.kernels.quantised;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * How quantising walks a tensor: as rows of elements. Where the channel changes with each element a
 * row has a table of scales and zero points beside it, of all channels, several times over;
 * elsewhere it is of one channel, with one scale and one zero point.
 */
final class CodeWalk {
  private static final int TABLE = 1024;
  private static final int TASK = 1 << 14;

  private final int size;
  private final int channels;
  private final int row;
  private final int step; // 1 with tables, or 0
  private final float[] scales;
  private final float[] zeros;
  private final int rowsOfTask;
  private final int tasks;

  /** What is done with a row. */
  interface Row {
    /**
     * Does it.
     *
     * @param at the first element, counted from the tensor's first
     * @param table where the scale and the zero point of the first element lie
     * @param step from one element's to the next one's: 1 or 0
     */
    void run(int at, int n, float[] scales, float[] zeros, int table, int step);
  }

  CodeWalk(Shape shape, Layout layout, Quantisation q) {
    q.requireFits(shape);
    int[] stored = shape.toArray();
    int axis = q.axis();
    if (layout == Layout.CHANNELS_LAST) {
      System.arraycopy(shape.toArray(), 2, stored, 1, stored.length - 2);
      stored[stored.length - 1] = shape.dim(1);
      axis = axis == 1 ? stored.length - 1 : axis > 1 ? axis - 1 : axis;
    }
    this.size = shape.size();
    this.channels = q.channels();
    int below = 1; // elements of a channel that lie together
    for (int i = axis + 1; q.isPerChannel() && i < stored.length && size > 0; i++) {
      below *= stored[i];
    }
    boolean tables = q.isPerChannel() && below == 1;
    int table = tables ? channels * Math.ceilDiv(TABLE, channels) : channels;
    this.step = tables ? 1 : 0;
    this.scales = new float[table];
    this.zeros = new float[table];
    for (int i = 0; i < table; i++) {
      scales[i] = q.scale(i % channels);
      zeros[i] = q.zeroPoint(i % channels);
    }
    this.row = tables ? table : q.isPerChannel() ? below : TASK;
    this.rowsOfTask = Math.max(1, TASK / row);
    this.tasks = Math.ceilDiv(Math.ceilDiv(size, row), rowsOfTask);
  }

  int tasks() {
    return tasks;
  }

  void task(int task, Row body) {
    int from = task * rowsOfTask * row;
    int end = (int) Math.min(size, from + (long) rowsOfTask * row);
    for (int at = from; at < end; at += row) {
      int table = step == 1 ? 0 : at / row % channels;
      body.run(at, Math.min(row, end - at), scales, zeros, table, step);
    }
  }
}
