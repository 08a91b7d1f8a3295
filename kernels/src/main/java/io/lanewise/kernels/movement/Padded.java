package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A padded shape, and the runs of elements of which each of its axes is made. */
public final class Padded {
  private final Shape x;
  private final int[] before;
  private final Shape y;

  /**
   * Pads.
   *
   * @param before elements before each axis, below 0 to take some away
   * @param after elements after each axis
   * @throws IllegalArgumentException if there is not a number for each axis, or more is taken away
   *     than there is
   */
  public Padded(Shape x, int[] before, int[] after) {
    Axes.requireEach(x, before, "before");
    Axes.requireEach(x, after, "after");
    int[] dims = new int[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      long size = (long) x.dim(i) + before[i] + after[i];
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "padding "
                + Arrays.toString(before)
                + " and "
                + Arrays.toString(after)
                + " makes axis "
                + i
                + " of "
                + x
                + " "
                + size
                + " long");
      }
      dims[i] = (int) size;
    }
    this.x = x;
    this.before = before.clone();
    this.y = Shape.of(dims);
  }

  /** The shape that comes out. */
  public Shape y() {
    return y;
  }

  /**
   * Checks that an axis which is padded has something to repeat.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public void requireElements() {
    for (int i = 0; i < x.rank(); i++) {
      if (x.dim(i) == 0 && y.dim(i) > 0) {
        throw new IllegalArgumentException(
            "axis " + i + " of " + x + " has no element to pad it with to " + y);
      }
    }
  }

  /** How many axes, from the first, stay what they are. */
  int free() {
    int free = 0;
    while (free < x.rank() && before[free] == 0 && x.dim(free) == y.dim(free)) {
      free++;
    }
    return free;
  }

  /** Neighbours of y along an axis that are neighbours, or one element, of x. */
  private record Run(int at, int length, int source, int step) {}

  private List<Run> runs(int axis, PadMode mode) {
    List<Run> runs = new ArrayList<>();
    int in = x.dim(axis);
    int out = y.dim(axis);
    int at = 0;
    while (at < out) {
      int first = mode.source(at - before[axis], in);
      int step = at + 1 < out ? mode.source(at + 1 - before[axis], in) - first : 1;
      int length = 1;
      while (at + length < out
          && Math.abs(step) <= 1
          && mode.source(at + length - before[axis], in) == first + length * step) {
        length++;
      }
      runs.add(new Run(at, length, first, step));
      at += length;
    }
    return runs;
  }

  /** Adds a box for each combination of runs. */
  void addRuns(PadMode mode, KernelMovement.Builder b) {
    int rank = x.rank();
    List<Box> boxes = new ArrayList<>();
    boxes.add(new Box(new int[rank], 0, new int[rank], 0, new int[rank]));
    for (int i = 0; i < rank; i++) {
      List<Box> more = new ArrayList<>();
      for (Box box : boxes) {
        for (Run run : runs(i, mode)) {
          more.add(along(box, i, run, b.xSteps()[i], b.ySteps()[i]));
        }
      }
      boxes = more;
    }
    for (Box box : boxes) {
      b.add(box.dims, box.src, box.srcSteps, box.dst, box.dstSteps);
    }
  }

  private static Box along(Box box, int axis, Run run, int xStep, int yStep) {
    int[] dims = box.dims.clone();
    int[] src = box.srcSteps.clone();
    int[] dst = box.dstSteps.clone();
    dims[axis] = run.length();
    src[axis] = run.step() * xStep;
    dst[axis] = yStep;
    return new Box(dims, box.src + run.source() * xStep, src, box.dst + run.at() * yStep, dst);
  }
}
