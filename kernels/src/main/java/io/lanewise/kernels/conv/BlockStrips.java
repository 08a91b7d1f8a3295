package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;

/**
 * How the rows of a depthwise convolution are cut: an image into parts, one a task, and a part into
 * strips, whose expanded rows and whose results a worker's memory holds. A strip has the rows of
 * the one before that its windows still read; a part computes them again. Rows whose windows reach
 * over the top belong to the first strip, so that the others begin where {@link DepthwisePass}
 * computes several together.
 *
 * @param s the depthwise convolution
 * @param lead rows of the first strip above the first with all taps
 * @param each further rows of a strip
 */
record BlockStrips(ConvShape s, int lead, int each) {
  /**
   * Strips that fit.
   *
   * @param expanded whether a strip's inputs take room
   * @param floats that inputs and results of a strip may take, where one group of rows does not
   *     take more
   */
  static BlockStrips of(ConvShape s, boolean expanded, long floats) {
    int oh = s.oh();
    int above = Window.firstInside(-s.padding().top(), s.strideH(), oh);
    int lead = above < DepthwisePass.ROWS ? above : 0;
    int each = Math.min(oh, DepthwisePass.ROWS);
    BlockStrips best = new BlockStrips(s, lead, each);
    while (each < oh) {
      each += DepthwisePass.ROWS;
      BlockStrips more = new BlockStrips(s, lead, Math.min(oh, each));
      if ((expanded ? more.inFloats() : 0) + more.outFloats() > floats) {
        return best;
      }
      best = more;
    }
    return best;
  }

  /** The most rows of outputs that a strip has. */
  int outRows() {
    return Math.min(s.oh(), lead + each);
  }

  /** The most rows of inputs that a strip reads. */
  int inRows() {
    return (int) Math.min(s.ih(), (outRows() - 1L) * s.strideH() + reach());
  }

  private int reach() {
    return Window.extent(s.kh(), s.dilationH());
  }

  long outFloats() {
    return (long) outRows() * s.ow() * s.oc();
  }

  long inFloats() {
    return (long) inRows() * s.iw() * s.ic();
  }

  /** One past the last row of the strip that begins with row {@code oy}. */
  int end(int oy) {
    return oy < lead ? lead + each : oy + each;
  }

  /** The first row of inputs that outputs from {@code oy} on read. */
  int top(int oy) {
    return Math.clamp((long) oy * s.strideH() - s.padding().top(), 0, s.ih());
  }

  /** One past the last row of inputs that outputs before {@code oy} read. */
  int bottom(int oy) {
    return Math.clamp((oy - 1L) * s.strideH() - s.padding().top() + reach(), 0, s.ih());
  }

  /** The first row of a part; that of {@code parts} is one past the last. */
  int from(int part, int parts) {
    return (int) ((long) s.oh() * part / parts);
  }

  /**
   * Parts of an image for so many workers: more only where workers would wait otherwise for longer
   * than it takes to compute rows again.
   *
   * @param again what share of the work expanding a whole image is
   */
  int parts(int workers, double again) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int parts = 1; parts <= Math.min(workers, s.oh()); parts++) {
      double cost = TaskGrid.imbalance((long) s.n() * parts, workers) * (1 + again * twice(parts));
      if (cost < least) {
        least = cost;
        best = parts;
      }
    }
    return best;
  }

  /** Rows of inputs that parts compute again, over all rows. */
  private double twice(int parts) {
    long rows = 0;
    for (int part = 1; part < parts; part++) {
      int border = from(part, parts);
      rows += Math.max(0, bottom(border) - top(border));
    }
    return (double) rows / s.ih();
  }
}
