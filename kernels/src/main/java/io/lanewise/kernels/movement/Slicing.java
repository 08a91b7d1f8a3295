package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * A slice as ONNX's Slice and NumPy's {@code x[start:end:step]} understand it, with all axes
 * resolved. Immutable.
 */
public final class Slicing {
  private final Shape x;
  private final Shape y;
  private final int[] starts;
  private final int[] steps;

  private Slicing(Shape x, Shape y, int[] starts, int[] steps) {
    this.x = x;
    this.y = y;
    this.starts = starts;
    this.steps = steps;
  }

  /**
   * Resolves a slice. Starts and ends below 0 count from the axis' end; what then lies outside the
   * axis is moved to its border, so an end of -2^31 + 1 means up to the first element when the step
   * is negative, and one of 2^31 - 1 up to the last when it is positive.
   *
   * @param axes which axes are cut, each from 0 or from -1 backwards
   * @param starts first element of each, inclusive
   * @param ends where each ends, exclusive
   * @param steps distance between the elements taken, not 0; below 0 backwards
   * @throws IllegalArgumentException if an axis does not exist or comes twice, a step is 0, or the
   *     arrays have different lengths
   */
  public static Slicing of(Shape x, int[] axes, int[] starts, int[] ends, int[] steps) {
    if (starts.length != axes.length || ends.length != axes.length || steps.length != axes.length) {
      throw new IllegalArgumentException(
          "a slice needs a start, an end and a step for each of its axes, got "
              + axes.length
              + " axes, "
              + starts.length
              + " starts, "
              + ends.length
              + " ends, "
              + steps.length
              + " steps");
    }
    int[] at = Axes.of(x, axes);
    int[] dims = x.toArray();
    int[] first = new int[dims.length];
    int[] step = new int[dims.length];
    Arrays.fill(step, 1);
    for (int i = 0; i < at.length; i++) {
      int size = dims[at[i]];
      if (steps[i] == 0) {
        throw new IllegalArgumentException(
            "a slice's step must not be 0, got 0 for axis " + at[i] + " of shape " + x);
      }
      boolean forward = steps[i] > 0;
      long from = resolve(starts[i], size, forward);
      long to = resolve(ends[i], size, forward);
      long span = forward ? to - from : from - to;
      long pace = Math.abs((long) steps[i]);
      dims[at[i]] = (int) Math.max(0, Math.ceilDiv(span, pace));
      first[at[i]] = dims[at[i]] == 0 ? 0 : (int) from;
      step[at[i]] = dims[at[i]] <= 1 ? 1 : steps[i];
    }
    return new Slicing(x, Shape.of(dims), first, step);
  }

  private static long resolve(int at, int size, boolean forward) {
    long from0 = at < 0 ? (long) at + size : at;
    return forward ? Math.clamp(from0, 0L, (long) size) : Math.clamp(from0, -1L, size - 1L);
  }

  /** What is cut. */
  public Shape x() {
    return x;
  }

  /** What comes out. */
  public Shape y() {
    return y;
  }

  /** First element of an axis. */
  public int start(int axis) {
    return starts[axis];
  }

  /** Distance between the elements of an axis, not 0; 1 if there is at most one. */
  public int step(int axis) {
    return steps[axis];
  }
}
