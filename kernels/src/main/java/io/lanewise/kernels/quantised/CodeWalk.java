package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * How quantising walks a tensor: as rows of elements with a scale and a zero point for each, which
 * kernels read as they read the elements. Where the channel changes with each element the rows are
 * tables of all channels, several times over; where it stays for a while they are filled with one.
 */
final class CodeWalk {
  private static final int ROW = 1024;
  private static final int TASK = 1 << 14;

  private final int size;
  private final int channels;
  private final int inner; // elements of a channel that lie together
  private final boolean tables;
  private final float[] scales;
  private final float[] zeros;
  private final int row;
  private final int rowsOfTask;
  private final int tasks;
  private final WorkspaceSpec workspace;

  /** What is done with a row. */
  interface Row {
    /**
     * Does it.
     *
     * @param at the first element, counted from the tensor's first
     * @param scales of the elements, from {@code table}
     * @param zeros of the elements, from {@code table}
     */
    void run(int at, int n, float[] scales, int scaleOff, float[] zeros, int zeroOff);
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
    int below = 1;
    for (int i = axis + 1; q.isPerChannel() && i < stored.length && size > 0; i++) {
      below *= stored[i];
    }
    this.inner = below;
    this.tables = below == 1;
    int table = tables ? channels * Math.ceilDiv(ROW, channels) : channels;
    this.scales = new float[table];
    this.zeros = new float[table];
    for (int i = 0; i < table; i++) {
      scales[i] = q.scale(i % channels);
      zeros[i] = q.zeroPoint(i % channels);
    }
    this.row = tables ? table : Math.min(ROW, inner);
    int rows = tables ? Math.ceilDiv(size, row) : size / inner; // else a row is a channel's run
    this.rowsOfTask = Math.max(1, TASK / (tables ? row : inner));
    this.tasks = Math.ceilDiv(rows, rowsOfTask);
    this.workspace = tables ? WorkspaceSpec.NONE : new WorkspaceSpec(0, 2L * row);
  }

  int tasks() {
    return tasks;
  }

  WorkspaceSpec workspace() {
    return workspace;
  }

  void task(int task, int worker, Workspace ws, Row body) {
    int unit = tables ? row : inner;
    int from = task * rowsOfTask * unit;
    int end = (int) Math.min(size, from + (long) rowsOfTask * unit);
    for (int at = from; at < end; at += unit) {
      if (tables) {
        body.run(at, Math.min(row, end - at), scales, 0, zeros, 0);
      } else {
        channel(at, at / inner % channels, ws.array(), ws.workerOffset(worker), body);
      }
    }
  }

  /** A run of one channel. */
  private void channel(int from, int channel, float[] filled, int at, Row body) {
    Arrays.fill(filled, at, at + row, scales[channel]);
    Arrays.fill(filled, at + row, at + 2 * row, zeros[channel]);
    for (int i = 0; i < inner; i += row) {
      body.run(from + i, Math.min(row, inner - i), filled, at, filled, at + row);
    }
  }
}
