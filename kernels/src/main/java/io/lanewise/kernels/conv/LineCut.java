package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.shape.ConvShape;

/**
 * How a team shares a convolution whose tasks copy what they read into {@link PaddedLines}: a task
 * takes some lines of a plane of outputs, or the same part of each.
 */
final class LineCut {
  private static final int MOST_WIDTH = 256;
  private static final int MORE_PARTS = 4; // times as many as a line needs
  private static final double PART_COST = 0.02;
  private static final int MOST_LINES = 16; // of a task

  private final ConvShape shape;
  private final int pixel;
  private final int mr;
  private final int blocks;
  private final int planes; // of outputs, of the whole batch
  private final int leastParts; // of a line
  private final int mostLines;
  private volatile Cut cut;

  /** Parts of a line, of so many outputs, and a grid of lines by blocks of channels. */
  record Cut(int workers, int parts, int width, TaskGrid grid) {}

  /**
   * Plans it.
   *
   * @param pixel floats of a copied pixel
   * @param mr outputs of a tile
   * @param blocks of channels, each of which may be a task of its own
   * @param floats that a task's copies should not exceed
   */
  LineCut(ConvShape shape, int pixel, int mr, int blocks, long floats) {
    this.shape = shape;
    this.pixel = pixel;
    this.mr = mr;
    this.blocks = blocks;
    this.planes = Math.multiplyExact(shape.n(), shape.od());
    this.leastParts = leastParts(floats);
    this.mostLines = mostLines(floats);
    this.cut = cut(1);
  }

  /** As few parts of a line as leave no long one, and none of which one line is too large. */
  private int leastParts(long floats) {
    int parts = Math.max(1, Math.ceilDiv(shape.ow(), MOST_WIDTH));
    while (width(parts) > mr && floats(1, width(parts)) > floats && parts < shape.ow()) {
      parts++;
    }
    return parts;
  }

  private long floats(int lines, int width) {
    return PaddedLines.floats(shape, lines, width, pixel);
  }

  /** Outputs of each of so many parts of a line but the last. */
  private int width(int parts) {
    int even = Math.ceilDiv(shape.ow(), parts);
    return parts == 1 ? even : GemmBlocking.roundUp(even, mr);
  }

  private int mostLines(long floats) {
    int lines = Math.clamp(shape.oh(), 1, MOST_LINES);
    while (lines > 1 && floats(lines, mostOutputs()) > floats) {
      lines--;
    }
    return lines;
  }

  /** The most lines of a task. */
  int mostLines() {
    return mostLines;
  }

  /** The most outputs of a part of a line. */
  int mostOutputs() {
    return width(leastParts);
  }

  /** The cut for a team of so many. */
  Cut of(int workers) {
    Cut now = cut;
    if (now.workers() != workers) {
      now = cut(workers);
      cut = now;
    }
    return now;
  }

  /** The cheapest cut; more parts than needed only where workers would wait otherwise. */
  private Cut cut(int workers) {
    Cut best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int wanted = leastParts; wanted <= MORE_PARTS * leastParts; wanted++) {
      int width = width(wanted);
      int parts = Math.ceilDiv(shape.ow(), width);
      TaskGrid grid = TaskGrid.of(shape.oh(), mostLines, 1, 1, planes * parts * blocks, workers);
      Cut next = new Cut(workers, parts, width, grid);
      double uneven = TaskGrid.imbalance(tasks(next), workers);
      double cost = uneven * (1 + PART_COST * (parts - leastParts));
      if (cost < least) {
        least = cost;
        best = next;
      }
    }
    return best;
  }

  /** Into how many tasks a cut divides the work. */
  int tasks(Cut c) {
    return planes * blocks * c.parts() * c.grid().tasks();
  }
}
