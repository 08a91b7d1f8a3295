package io.lanewise.kernels.resample;

import io.lanewise.kernels.micro.ResampleKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables applied along all axes of [in0][in1]...[inner], the last axis first, so that each pass
 * reads whole rows of what the one before has written. Outputs along the first axis are cut into
 * blocks whose intermediate rows stay in cache; the rows that two blocks need are computed twice.
 */
final class AxisChain {
  private static final int BLOCK_FLOATS = 16_384;
  private static final int LEAST_ROWS = 8;

  private final AxisTable first;
  private final AxisPass firstPass;
  private final List<AxisPass> others = new ArrayList<>(); // those that change something
  private final List<Integer> slices = new ArrayList<>(); // of each, in one row of the first axis
  private final int rowIn;
  private final int rowOut;
  private final int blockRows;
  private long widest; // floats of an intermediate row

  AxisChain(List<AxisTable> tables, int inner, ResampleKernels kernels) {
    this.first = tables.get(0);
    int before = 1;
    for (AxisTable t : tables.subList(1, tables.size())) {
      before *= t.in();
    }
    this.rowIn = before * inner;
    int after = inner;
    for (int axis = tables.size() - 1; axis > 0; axis--) {
      AxisTable t = tables.get(axis);
      before /= t.in();
      if (!t.isIdentity()) {
        others.add(new AxisPass(t, after, kernels));
        slices.add(before);
      }
      after *= t.out();
      widest = Math.max(widest, (long) before * after);
    }
    this.rowOut = after;
    this.firstPass = new AxisPass(first, after, kernels);
    boolean whole = firstPass.isByElement();
    this.blockRows = whole ? first.out() : Math.max(LEAST_ROWS, BLOCK_FLOATS / Math.max(1, rowOut));
  }

  int blocks() {
    return Math.ceilDiv(first.out(), blockRows);
  }

  private int buffers() {
    return Math.min(2, firstPass.isIdentity() ? others.size() - 1 : others.size());
  }

  private long bufferFloats() {
    int rows = 0;
    for (int block = 0; block < blocks(); block++) {
      rows = Math.max(rows, end(block) - begin(block));
    }
    return rows * widest;
  }

  long scratchFloats() {
    return buffers() > 0 ? buffers() * bufferFloats() : 0;
  }

  /** First input row of a block. */
  private int begin(int block) {
    int from = block * blockRows;
    int to = Math.min(first.out(), from + blockRows);
    return firstPass.isByElement() ? 0 : Math.min(first.first(from, to), first.end(from, to));
  }

  /** One past a block's last input row. */
  private int end(int block) {
    int from = block * blockRows;
    int to = Math.min(first.out(), from + blockRows);
    return firstPass.isByElement() ? first.in() : first.end(from, to);
  }

  /**
   * A block of outputs.
   *
   * @param src [in0][in1]...[inner] from {@code srcOff}, read
   * @param dst [out0][out1]...[inner] from {@code dstOff}, of which the block's rows are written
   * @param scratch {@link #scratchFloats} from {@code scratchOff}
   */
  void run(
      int block,
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      float[] scratch,
      int scratchOff) {
    int from = block * blockRows;
    int to = Math.min(first.out(), from + blockRows);
    int low = begin(block);
    int rows = end(block) - low;
    int second = scratchOff + (buffers() > 1 ? (int) bufferFloats() : 0);
    float[] now = src;
    int at = srcOff + low * rowIn;
    for (int i = 0; i < others.size(); i++) {
      boolean last = firstPass.isIdentity() && i == others.size() - 1;
      float[] next = last ? dst : scratch;
      int nextAt = last ? dstOff + from * rowOut : i % 2 == 0 ? scratchOff : second;
      others.get(i).run(rows * slices.get(i), now, at, next, nextAt);
      now = next;
      at = nextAt;
    }
    if (firstPass.isByElement() && !firstPass.isIdentity()) {
      firstPass.run(1, now, at, dst, dstOff);
    } else if (!firstPass.isIdentity()) {
      firstPass.rows(from, to, now, at - low * rowOut, dst, dstOff + from * rowOut);
    } else if (others.isEmpty()) {
      System.arraycopy(now, at, dst, dstOff + from * rowOut, (to - from) * rowOut);
    }
  }

  /** Floats of an output's rows in a block, for callers that finish it. */
  int rowOut() {
    return rowOut;
  }

  int blockRows() {
    return blockRows;
  }
}
