package io.lanewise.kernels.parallel;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * The frames of one entry point of a plan: as many as there ever were calls at one time, made when
 * first needed.
 *
 * @param <F> the plan's class of frames
 */
public final class FramePool<F extends CallFrame> {
  private final Supplier<F> create;
  private final ArrayDeque<F> free = new ArrayDeque<>();

  /** An empty pool that makes its frames by {@code create}. */
  public FramePool(Supplier<F> create) {
    this.create = create;
  }

  /** A frame for one call, until it is closed. */
  public F take() {
    synchronized (free) {
      F frame = free.pollLast();
      if (frame != null) {
        return frame;
      }
    }
    F made = create.get();
    made.giveBack = () -> giveBack(made);
    return made;
  }

  private void giveBack(F frame) {
    synchronized (free) {
      free.addLast(frame);
    }
  }
}
