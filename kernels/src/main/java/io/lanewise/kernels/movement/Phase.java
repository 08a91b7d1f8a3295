package io.lanewise.kernels.movement;

import io.lanewise.kernels.micro.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pieces whose tasks may run at one time. Where all of them repeat along the same outermost axes
 * (images and channels, mostly), a task takes a few of those repetitions and runs every piece, in
 * order, while what they read and write stays in the cache. Otherwise each piece has tasks of its
 * own; unless pieces add to the same elements, which one task then does in order.
 */
final class Phase {
  private static final int TASK_ELEMENTS = 1 << 13;

  private final Piece[] pieces;
  private final int[] parts;
  private final int[] srcSteps;
  private final int[] dstSteps;
  private final int[] ends; // of each piece's tasks
  private final int outer;
  private final int chunk;
  private final int tasks;
  private final long elements;

  /** Boxes of one part: source and destination are one tensor each. */
  static Phase copy(List<Box> boxes, int free, KernelSet kernels) {
    return new Phase(boxes, List.of(), 0, free, false, true, kernels);
  }

  /** Boxes of which number i reads from, or writes to, the i-th of several tensors. */
  static Phase copyParts(List<Box> boxes, int free, KernelSet kernels) {
    return new Phase(boxes, List.of(), 0, free, false, false, kernels);
  }

  /** As {@link #copy}, and boxes to be filled, all disjoint. */
  static Phase copy(List<Box> boxes, List<Box> fills, float value, int free, KernelSet kernels) {
    return new Phase(boxes, fills, value, free, false, true, kernels);
  }

  /** Boxes that add to dst, in this order. */
  static Phase add(List<Box> boxes, int free, KernelSet kernels) {
    return new Phase(boxes, List.of(), 0, free, true, true, kernels);
  }

  /**
   * Plans it; empty boxes count as parts but move nothing.
   *
   * @param free of how many axes, from the first, no box takes a part
   */
  private Phase(
      List<Box> boxes,
      List<Box> fills,
      float value,
      int free,
      boolean adds,
      boolean onePart,
      KernelSet kernels) {
    List<Box> all = new ArrayList<>(boxes);
    all.addAll(fills);
    int axes = all.size() > 1 ? shared(all, free) : 0;
    int repetitions = 1;
    for (int i = 0; i < axes; i++) {
      repetitions *= all.get(0).dims[i];
    }
    if (repetitions < 2) {
      axes = 0;
      repetitions = 1;
    }
    List<Piece> made = new ArrayList<>();
    int[] part = new int[all.size()];
    int[] s = new int[all.size()];
    int[] d = new int[all.size()];
    int[] end = new int[all.size()];
    long sum = 0;
    int count = 0;
    for (int i = 0; i < all.size(); i++) {
      Box box = all.get(i);
      if (box.size() > 0) {
        int at = made.size();
        Box inner = box.inner(axes);
        boolean fill = i >= boxes.size();
        made.add(
            fill
                ? Piece.fill(inner, value)
                : adds ? Piece.add(inner, kernels) : Piece.copy(inner, kernels));
        part[at] = onePart ? 0 : i;
        if (axes > 0) {
          Box outermost = box.outer(axes);
          s[at] = fill ? 0 : outermost.srcSteps[0];
          d[at] = outermost.dstSteps[0];
        }
        count += made.get(at).tasks();
        end[at] = count;
        sum += box.size();
      }
    }
    this.pieces = made.toArray(new Piece[0]);
    this.parts = part;
    this.srcSteps = s;
    this.dstSteps = d;
    this.ends = Arrays.copyOf(end, made.size());
    this.elements = sum;
    this.outer = repetitions;
    boolean inOrder = adds && pieces.length > 1;
    boolean repeats = repetitions > 1 || inOrder;
    this.chunk = repeats ? (int) Math.max(1, TASK_ELEMENTS / Math.max(1, sum / repetitions)) : 0;
    this.tasks = sum == 0 ? 0 : repeats ? Math.ceilDiv(repetitions, chunk) : count;
  }

  /** How many axes, from the first, are one axis in every box, and its outermost one. */
  private static int shared(List<Box> boxes, int free) {
    int axes = free;
    for (Box box : boxes) {
      while (axes > 0 && !box.isOutermost(axes)) {
        axes--;
      }
    }
    return axes;
  }

  int tasks() {
    return tasks;
  }

  /** Elements that it moves. */
  long elements() {
    return elements;
  }

  /** Does one task between the tensors of {@code call}. */
  void run(int task, Moves.Call call) {
    if (chunk == 0) {
      int found = Arrays.binarySearch(ends, task);
      int at = found < 0 ? -found - 1 : found + 1;
      int first = at == 0 ? 0 : ends[at - 1];
      pieces[at].run(
          task - first,
          call.srcArray(parts[at]),
          call.srcOffset(parts[at]),
          call.dstArray(parts[at]),
          call.dstOffset(parts[at]));
      return;
    }
    int end = Math.min(outer, (task + 1) * chunk);
    for (int i = task * chunk; i < end; i++) {
      for (int at = 0; at < pieces.length; at++) {
        pieces[at].run(
            call.srcArray(parts[at]),
            call.srcOffset(parts[at]) + i * srcSteps[at],
            call.dstArray(parts[at]),
            call.dstOffset(parts[at]) + i * dstSteps[at]);
      }
    }
  }
}
