package io.lanewise.kernels.arithmetic;

import java.util.Arrays;

/**
 * A dense result cut into blocks of contiguous elements, and where each block's operands lie. Axes
 * of size 1 are left out and neighbours that every operand runs through alike are made one, so that
 * equal shapes are a single row. A long row is cut into blocks; several short ones make a block,
 * and operands of which some elements count for many are then spread out in scratch memory, so that
 * loops stay long.
 */
final class Blocks {
  /** The most elements of a block: some of them fit in the first-level cache. */
  static final int MOST = 2048;

  private static final int SHORT_ROW = 256; // shorter rows share a block
  private static final int TASK = 1 << 14;

  /** How an operand lies under a block. */
  enum Lie {
    /** Element by element. */
    DENSE,
    /** One element for all. */
    NUMBER,
    /** One row for all rows. */
    ROW,
    /** One element a row. */
    COLUMN
  }

  private final int size;
  private final int rowLength;
  private final int unit; // elements of the result a step along the axis that is cut
  private final int units; // of that axis
  private final int unitsPerBlock;
  private final int groups; // blocks along that axis
  private final int[] outer; // sizes of the axes before it
  private final int[][] outerSteps; // [operand][axis]
  private final int[] unitSteps; // [operand]
  private final Lie[] lies;
  private final int count;
  private final int perTask;

  /**
   * Cuts.
   *
   * @param dims the result's sizes, outermost first
   * @param operands each one's steps along these
   */
  Blocks(int[] dims, int[]... operands) {
    this.size = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    int[] sizes = new int[dims.length + 1];
    int[][] steps = new int[operands.length][dims.length + 1];
    int rank = merge(dims, operands, sizes, steps);
    this.rowLength = sizes[rank - 1];
    boolean together = rank > 1 && rowLength < SHORT_ROW;
    int cut = together ? rank - 2 : rank - 1;
    this.unit = together ? Math.max(1, rowLength) : 1;
    this.units = sizes[cut];
    this.unitsPerBlock = Math.max(1, MOST / 2 / unit) * (together ? 1 : 2);
    this.groups = Math.ceilDiv(units, unitsPerBlock);
    this.outer = Arrays.copyOf(sizes, cut);
    this.outerSteps = new int[operands.length][];
    this.unitSteps = new int[operands.length];
    this.lies = new Lie[operands.length];
    for (int i = 0; i < operands.length; i++) {
      outerSteps[i] = Arrays.copyOf(steps[i], cut);
      unitSteps[i] = steps[i][cut];
      boolean along = steps[i][rank - 1] != 0;
      boolean across = steps[i][cut] != 0;
      lies[i] =
          along ? (across ? Lie.DENSE : Lie.ROW) : together && across ? Lie.COLUMN : Lie.NUMBER;
    }
    long outerCount = 1;
    for (int d : outer) {
      outerCount *= d;
    }
    this.count = size == 0 ? 0 : Math.toIntExact(outerCount * groups);
    this.perTask = Math.max(1, TASK / Math.min(MOST, Math.max(1, unit * units)));
  }

  /** Leaves out axes of size 1 and merges what can be; returns how many remain, at least 1. */
  private static int merge(int[] dims, int[][] operands, int[] sizes, int[][] steps) {
    int rank = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 1) {
        continue;
      }
      if (rank > 0 && continues(operands, steps, rank - 1, axis, dims[axis])) {
        sizes[rank - 1] *= dims[axis];
      } else {
        sizes[rank++] = dims[axis];
      }
      for (int i = 0; i < operands.length; i++) {
        steps[i][rank - 1] = operands[i][axis];
      }
    }
    if (rank == 0) { // one element, dense in every operand
      sizes[0] = 1;
      for (int[] s : steps) {
        s[0] = 1;
      }
      return 1;
    }
    return rank;
  }

  private static boolean continues(
      int[][] operands, int[][] steps, int before, int axis, int length) {
    for (int i = 0; i < operands.length; i++) {
      if (steps[i][before] != operands[i][axis] * length) {
        return false;
      }
    }
    return true;
  }

  /** Elements of the result. */
  int size() {
    return size;
  }

  /** Tasks, each some blocks in a row. */
  int tasks() {
    return Math.ceilDiv(count, perTask);
  }

  /** A task's first block. */
  int first(int task) {
    return task * perTask;
  }

  /** The block after a task's last. */
  int end(int task) {
    return Math.min(count, (task + 1) * perTask);
  }

  /** How many elements a block has. */
  int length(int block) {
    return unit * Math.min(unitsPerBlock, units - block % groups * unitsPerBlock);
  }

  /**
   * Whether the blocks follow each other in one row, of which each operand has all or one number.
   */
  boolean isRow() {
    return outer.length == 0 && unit == 1;
  }

  /** How many elements the blocks of a row have, from one up to another. */
  int length(int first, int end) {
    int from = first * unitsPerBlock;
    return end == count ? size - from : end * unitsPerBlock - from;
  }

  /** How an operand lies under every block. */
  Lie lie(int operand) {
    return lies[operand];
  }

  /** Index of an operand's first element under a block. */
  int offset(int operand, int block) {
    int rest = block / groups;
    int at = block % groups * unitsPerBlock * unitSteps[operand];
    int[] steps = outerSteps[operand];
    for (int axis = outer.length - 1; axis >= 0; axis--) {
      at += rest % outer[axis] * steps[axis];
      rest /= outer[axis];
    }
    return at;
  }

  /**
   * Writes an operand's elements under a block one after the other.
   *
   * @param src the operand, its first element under the block at {@code srcOff}
   * @param dst n elements from {@code dstOff}, written
   */
  void spread(int operand, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    switch (lies[operand]) {
      case DENSE -> System.arraycopy(src, srcOff, dst, dstOff, n);
      case NUMBER -> Arrays.fill(dst, dstOff, dstOff + n, src[srcOff]);
      case ROW -> {
        int filled = Math.min(rowLength, n);
        System.arraycopy(src, srcOff, dst, dstOff, filled);
        while (filled < n) {
          int more = Math.min(filled, n - filled);
          System.arraycopy(dst, dstOff, dst, dstOff + filled, more);
          filled += more;
        }
      }
      case COLUMN -> {
        for (int i = 0; i < n; i += rowLength) {
          Arrays.fill(dst, dstOff + i, dstOff + i + rowLength, src[srcOff + i / rowLength]);
        }
      }
    }
  }
}
