package io.lanewise.kernels.movement;

/** What an update does to the element that it meets. */
public enum ScatterMode {
  /** Takes its place; of several updates of an element the last one stays. */
  NONE,
  /** Is added, in the order of the indices. */
  ADD,
  /** Is multiplied, in the order of the indices. */
  MUL,
  /** The greater one stays; NaN if either is; +0 is greater than -0. */
  MAX,
  /** The less one stays; NaN if either is; -0 is less than +0. */
  MIN;

  /**
   * The element after the update.
   *
   * @param element what is there
   * @param update what comes
   */
  public float apply(float element, float update) {
    return switch (this) {
      case NONE -> update;
      case ADD -> element + update;
      case MUL -> element * update;
      case MAX -> Math.max(element, update);
      case MIN -> Math.min(element, update);
    };
  }
}
