package io.lanewise.kernels.movement;

/** Moves the innermost two axes of a box, whose strides it knows. */
@FunctionalInterface
interface Tile {
  /**
   * Moves {@code rows · columns} elements, fewer than the box has where a task takes a part.
   *
   * @param src read from {@code srcOff}
   * @param dst written from {@code dstOff}, or added to
   */
  void run(float[] src, int srcOff, float[] dst, int dstOff, int rows, int columns);
}
