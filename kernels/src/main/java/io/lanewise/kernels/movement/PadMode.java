package io.lanewise.kernels.movement;

/** What lies around a tensor: the modes of ONNX's Pad and of NumPy. */
public enum PadMode {
  /** The element at the border, again and again: {@code a a | a b c | c c}. */
  EDGE,

  /**
   * A mirror on the border's element: {@code c b | a b c | b a}; beyond the far border the image
   * turns again, and an axis of one element repeats it.
   */
  REFLECT,

  /** From the other side: {@code b c | a b c | a b}. */
  WRAP;

  /**
   * Which element of an axis lies at a position.
   *
   * @param at the position, before 0 or past the end in the padding
   * @param size of the axis, at least 1
   */
  public int source(int at, int size) {
    return switch (this) {
      case EDGE -> Math.clamp(at, 0, size - 1);
      case REFLECT -> mirrored(at, size);
      case WRAP -> Math.floorMod(at, size);
    };
  }

  private static int mirrored(int at, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int phase = Math.floorMod(at, period);
    return phase < size ? phase : period - phase;
  }
}
