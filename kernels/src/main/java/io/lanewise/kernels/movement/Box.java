package io.lanewise.kernels.movement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A box of elements in two tensors, with a first element and strides in either: element {@code (i0,
 * i1, ...)} of {@code dst} is that of {@code src}. A stride 0 reads an element again and again, or
 * adds to it. Immutable.
 */
final class Box {
  final int[] dims;
  final int src;
  final int[] srcSteps;
  final int dst;
  final int[] dstSteps;

  Box(int[] dims, int src, int[] srcSteps, int dst, int[] dstSteps) {
    this.dims = dims;
    this.src = src;
    this.srcSteps = srcSteps;
    this.dst = dst;
    this.dstSteps = dstSteps;
  }

  /** Elements. */
  int size() {
    int size = 1;
    for (int d : dims) {
      size *= d;
    }
    return size;
  }

  /** The way back. */
  Box reversed() {
    return new Box(dims, dst, dstSteps, src, srcSteps);
  }

  /**
   * The same elements with as few axes as possible: none of one element, neighbours that follow on
   * each other in both tensors made one, axes that step farther through one tensor before those
   * that step less far.
   *
   * @param bySource which tensor orders the axes: src, or else dst
   */
  Box compact(boolean bySource) {
    return forwards(bySource).ordered(bySource);
  }

  /** Axes along which one tensor steps backwards begin at their other end. */
  private Box forwards(boolean inSource) {
    int[] s = srcSteps.clone();
    int[] d = dstSteps.clone();
    int src0 = src;
    int dst0 = dst;
    for (int i = 0; i < dims.length; i++) {
      if ((inSource ? s[i] : d[i]) < 0) {
        src0 += (dims[i] - 1) * s[i];
        dst0 += (dims[i] - 1) * d[i];
        s[i] = -s[i];
        d[i] = -d[i];
      }
    }
    return new Box(dims, src0, s, dst0, d);
  }

  private Box ordered(boolean bySource) {
    int[] order = new int[dims.length];
    int count = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != 1) {
        int at = count++;
        while (at > 0 && stepsFarther(i, order[at - 1], bySource)) {
          order[at] = order[at - 1];
          at--;
        }
        order[at] = i;
      }
    }
    return arranged(Arrays.copyOf(order, count)).merged();
  }

  private boolean stepsFarther(int a, int b, boolean bySource) {
    int first = Integer.compare(Math.abs(dstSteps[a]), Math.abs(dstSteps[b]));
    int second = Integer.compare(Math.abs(srcSteps[a]), Math.abs(srcSteps[b]));
    int decisive = bySource ? second : first;
    return (decisive != 0 ? decisive : bySource ? first : second) > 0;
  }

  /** The axes of {@code order}, in that order. */
  Box arranged(int[] order) {
    return new Box(picked(dims, order), src, picked(srcSteps, order), dst, picked(dstSteps, order));
  }

  private static int[] picked(int[] values, int[] order) {
    int[] p = new int[order.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = values[order[i]];
    }
    return p;
  }

  private Box merged() {
    int[] d = new int[dims.length];
    int[] s = new int[dims.length];
    int[] t = new int[dims.length];
    int count = 0;
    for (int i = 0; i < dims.length; i++) {
      boolean follows =
          count > 0
              && s[count - 1] == srcSteps[i] * dims[i]
              && t[count - 1] == dstSteps[i] * dims[i];
      if (follows) {
        count--;
        d[count] *= dims[i];
      } else {
        d[count] = dims[i];
      }
      s[count] = srcSteps[i];
      t[count] = dstSteps[i];
      count++;
    }
    return new Box(
        Arrays.copyOf(d, count), src, Arrays.copyOf(s, count), dst, Arrays.copyOf(t, count));
  }

  /** The first {@code axes} axes, as few as they can be in their order. */
  Box outer(int axes) {
    int[] order = new int[axes];
    int count = 0;
    for (int i = 0; i < axes; i++) {
      if (dims[i] != 1) {
        order[count++] = i;
      }
    }
    return arranged(Arrays.copyOf(order, count)).merged();
  }

  /** Whether the first {@code axes} axes are one, or none, that steps over all others in dst. */
  boolean isOutermost(int axes) {
    Box first = outer(axes);
    boolean outermost = first.dims.length <= 1;
    for (int i = axes; outermost && i < dims.length; i++) {
      outermost = first.dims.length == 0 || Math.abs(dstSteps[i]) <= Math.abs(first.dstSteps[0]);
    }
    return outermost;
  }

  /** The axes from {@code axes} on. */
  Box inner(int axes) {
    return new Box(
        Arrays.copyOfRange(dims, axes, dims.length),
        src,
        Arrays.copyOfRange(srcSteps, axes, dims.length),
        dst,
        Arrays.copyOfRange(dstSteps, axes, dims.length));
  }

  /** A box that is only written, with {@code dst}'s strides for both. */
  static Box written(int[] dims, int[] first, int[] steps) {
    return new Box(dims, 0, steps, Strides.dot(first, steps), steps);
  }

  /** The same box of another place of dst. */
  Box shifted(int distance) {
    return new Box(dims, src, srcSteps, dst + distance, dstSteps);
  }

  /**
   * What a box leaves free of a tensor, in boxes that are only written.
   *
   * @param full the tensor's sizes
   * @param first the box' first element along each axis
   * @param size the box' sizes
   * @param steps the tensor's strides
   */
  static List<Box> around(int[] full, int[] first, int[] size, int[] steps) {
    List<Box> boxes = new ArrayList<>();
    int[] at = new int[full.length];
    int[] dims = full.clone();
    for (int i = 0; i < full.length; i++) {
      dims[i] = first[i];
      boxes.add(written(dims.clone(), at, steps));
      at[i] = first[i] + size[i];
      dims[i] = full[i] - at[i];
      boxes.add(written(dims.clone(), at, steps));
      at[i] = first[i];
      dims[i] = size[i];
    }
    boxes.removeIf(b -> b.size() == 0);
    return boxes;
  }
}
