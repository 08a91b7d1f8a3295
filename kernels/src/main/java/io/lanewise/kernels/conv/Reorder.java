package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;

/**
 * Turns a batch of images from one layout to the other: each image is a matrix [rows][columns] to
 * be transposed, channels by pixels on the way to channels last, pixels by channels on the way
 * back.
 */
final class Reorder {
  private static final int TASK_ELEMENTS = 1 << 15;

  private final int images;
  private final int rows;
  private final int columns;
  private final int taskColumns;
  private final int columnBlocks;
  private final TransposeKernel transpose;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Reorder(int images, int rows, int columns, KernelSet kernels) {
    this.images = images;
    this.rows = rows;
    this.columns = columns;
    this.taskColumns = Math.clamp(TASK_ELEMENTS / rows, 16, Math.max(16, columns));
    this.columnBlocks = Math.ceilDiv(columns, taskColumns);
    this.transpose = kernels.transpose(columns);
  }

  /**
   * Turns all images.
   *
   * @param src [images][rows][columns] from {@code srcOff}, read
   * @param dst [images][columns][rows] from {@code dstOff}, written
   */
  void run(float[] src, int srcOff, float[] dst, int dstOff, Parallel par) {
    try (Call call = calls.take()) {
      call.src = src;
      call.srcOff = srcOff;
      call.dst = dst;
      call.dstOff = dstOff;
      par.forWork(4L * images * rows * columns).forEach(images * columnBlocks, call.block);
    }
  }

  private final class Call extends CallFrame {
    private float[] src;
    private int srcOff;
    private float[] dst;
    private int dstOff;
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int image = task / columnBlocks * rows * columns;
      int j = task % columnBlocks * taskColumns;
      transpose.run(
          src,
          srcOff + image + j,
          rows,
          Math.min(taskColumns, columns - j),
          dst,
          dstOff + image + j * rows,
          rows);
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
    }
  }
}
