package io.lanewise.kernels.parallel;

/**
 * What the tasks of one call need, in an object that is used again: so a call allocates nothing,
 * where a lambda for each call would be a new object with all that it captures.
 *
 * <p>A plan has a class of frames for each of its entry points, with a field for each argument and
 * for how far the call is, and its task bodies, method references that are made with the frame. It
 * keeps a {@link FramePool} of them, and a call goes
 *
 * <pre>{@code
 * try (Call call = calls.take()) {
 *   call.x = x;
 *   call.y = y;
 *   par.forEach(tasks, call.body);
 * }
 * }</pre>
 *
 * <p>A frame belongs to one call at a time, so any number of threads may run one plan.
 */
public abstract class CallFrame implements AutoCloseable {
  Runnable giveBack; // set by the pool

  /** For the plan's class of frames. */
  protected CallFrame() {}

  /** Forgets the call's arguments, or the plan would keep alive what only the caller should. */
  protected abstract void clear();

  /** Ends the call: none of its tasks runs any more. */
  @Override
  public final void close() {
    clear();
    giveBack.run();
  }
}
