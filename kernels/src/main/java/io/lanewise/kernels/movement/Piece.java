package io.lanewise.kernels.movement;

import io.lanewise.kernels.micro.KernelSet;

/**
 * A {@link Box} ready to be moved: axes merged and ordered, the innermost two given to a {@link
 * Tile}, and one axis of dst cut into tasks. How it is cut follows from the box alone.
 */
final class Piece {
  private static final int TASK_ELEMENTS = 1 << 13;
  private static final int MOST_TASKS = 64;
  private static final int ENOUGH = 16;
  private static final int WHOLE_LINES = 64;

  private final Box box;
  private final int last;
  private final Tile tile;
  private final int cut; // the axis that tasks share, -1 if they cannot
  private final int chunk;
  private final int tasks;

  private Piece(Box box, Tile tile) {
    this.box = box;
    this.last = box.dims.length - 1;
    this.tile = tile;
    int size = box.size();
    this.cut = size < 2 * TASK_ELEMENTS ? -1 : cut(box);
    if (cut < 0) {
      this.chunk = 0;
      this.tasks = 1;
    } else {
      int n = box.dims[cut];
      int wanted = Math.min(MOST_TASKS, size / TASK_ELEMENTS);
      int most = Math.ceilDiv(n, wanted);
      // Along cache lines tasks take whole ones, or they would read and write parts of the same.
      this.chunk = Math.ceilDiv(most, lines(box, cut)) * lines(box, cut);
      this.tasks = Math.ceilDiv(n, chunk);
    }
  }

  /** The first axis with something to share, else the longest; of those that step through dst. */
  private static int cut(Box box) {
    int longest = -1;
    for (int i = 0; i < box.dims.length; i++) {
      if (box.dstSteps[i] != 0) {
        if (box.dims[i] >= ENOUGH) {
          return i;
        }
        longest = longest < 0 || box.dims[i] > box.dims[longest] ? i : longest;
      }
    }
    return longest;
  }

  /** What a task's part of an axis is a multiple of. */
  private static int lines(Box box, int axis) {
    boolean shared = sharesLines(box.srcSteps, axis) || sharesLines(box.dstSteps, axis);
    return shared ? WHOLE_LINES : 1;
  }

  /** Whether neighbours along an axis lie in one cache line, and those along another do not. */
  private static boolean sharesLines(int[] steps, int axis) {
    boolean farther = false;
    for (int step : steps) {
      farther |= Math.abs(step) > 1;
    }
    return steps[axis] == 1 && farther;
  }

  /** Copies a box that is not empty. */
  static Piece copy(Box raw, KernelSet kernels) {
    Box box = besideEachOther(scalarAsRow(raw.compact(false)));
    int n = box.dims.length - 1;
    int s1 = n == 0 ? 0 : box.srcSteps[n - 1];
    int d1 = n == 0 ? 0 : box.dstSteps[n - 1];
    return new Piece(
        box, Tiles.copy(s1, box.srcSteps[n], d1, box.dstSteps[n], box.dims[n], kernels));
  }

  /** Adds a box that is not empty to dst, in the order in which src lies. */
  static Piece add(Box raw, KernelSet kernels) {
    Box box = scalarAsRow(raw.compact(true));
    int n = box.dims.length - 1;
    int s1 = n == 0 ? 0 : box.srcSteps[n - 1];
    int d1 = n == 0 ? 0 : box.dstSteps[n - 1];
    return new Piece(box, Tiles.add(s1, box.srcSteps[n], d1, box.dstSteps[n], kernels));
  }

  /** Fills a box of dst that is not empty. */
  static Piece fill(Box raw, float value) {
    Box box = scalarAsRow(raw.compact(false));
    int n = box.dims.length - 1;
    return new Piece(box, Tiles.fill(n == 0 ? 0 : box.dstSteps[n - 1], box.dstSteps[n], value));
  }

  private static Box scalarAsRow(Box box) {
    int[] one = {1};
    return box.dims.length > 0 ? box : new Box(one, box.src, one, box.dst, one);
  }

  /** The axis along which src is contiguous next to that along which dst is: a transpose. */
  private static Box besideEachOther(Box box) {
    int n = box.dims.length - 1;
    if (box.dstSteps[n] != 1 || box.srcSteps[n] == 1 || box.srcSteps[n] == 0) {
      return box;
    }
    int[] order = new int[n + 1];
    int at = 0;
    int contiguous = -1;
    for (int i = 0; i < n; i++) {
      if (box.srcSteps[i] == 1) {
        contiguous = i;
      } else {
        order[at++] = i;
      }
    }
    if (contiguous >= 0) {
      order[at++] = contiguous;
    }
    order[at] = n;
    return box.arranged(order);
  }

  /** How many tasks it is cut into. */
  int tasks() {
    return tasks;
  }

  /** Does one task; offsets are those of the tensors. */
  void run(int task, float[] src, int srcOff, float[] dst, int dstOff) {
    int s = srcOff + box.src;
    int d = dstOff + box.dst;
    int count = 0;
    if (cut >= 0) {
      int from = task * chunk;
      count = Math.min(chunk, box.dims[cut] - from);
      s += from * box.srcSteps[cut];
      d += from * box.dstSteps[cut];
    }
    walk(0, count, src, s, dst, d);
  }

  /** All of it. */
  void run(float[] src, int srcOff, float[] dst, int dstOff) {
    int count = cut < 0 ? 0 : box.dims[cut];
    walk(0, count, src, srcOff + box.src, dst, dstOff + box.dst);
  }

  /** The axes from {@code axis} on, {@code cutCount} elements along the one that tasks share. */
  private void walk(int axis, int cutCount, float[] src, int s, float[] dst, int d) {
    int n = axis == cut ? cutCount : box.dims[axis];
    if (axis == last) {
      tile.run(src, s, dst, d, 1, n);
    } else if (axis == last - 1) {
      tile.run(src, s, dst, d, n, last == cut ? cutCount : box.dims[last]);
    } else {
      int srcStep = box.srcSteps[axis];
      int dstStep = box.dstSteps[axis];
      for (int i = 0; i < n; i++) {
        walk(axis + 1, cutCount, src, s + i * srcStep, dst, d + i * dstStep);
      }
    }
  }
}
