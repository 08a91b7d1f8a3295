package io.lanewise.onnx;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.Precision;
import io.lanewise.onnx.file.OnnxLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How a session computes.
 *
 * @param threads of the session, the calling one included; callers at once share them
 * @param backend what plans the kernels
 * @param precision whether accuracy may be given for speed: {@link Precision#STRICT} does without
 *     Winograd's convolutions
 * @param optimised false to compute every node as it is in the file: to compare with
 * @param warmUp how long kernels may be called before the first run of a set of shapes, so that
 *     HotSpot compiles them; a nanosecond for each floating-point operation of a run at most, so
 *     small models start at once
 * @param keptShapes for how many sets of input shapes a compiled model is kept; beyond that the one
 *     not used for the longest time goes
 * @param limits on what a file may ask for
 */
public record SessionOptions(
    int threads,
    Backend backend,
    Precision precision,
    boolean optimised,
    Duration warmUp,
    int keptShapes,
    OnnxLimits limits) {
  private static final int USUAL_SHAPES = 16;
  private static final int MOST_THREADS = 1024;
  private static final Duration USUAL_WARM_UP = Duration.ofMillis(1200);

  /** Checks the numbers. */
  public SessionOptions {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(warmUp, "warmUp");
    Objects.requireNonNull(limits, "limits");
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be 1 to " + MOST_THREADS + ", got " + threads);
    }
    if (keptShapes < 1) {
      throw new IllegalArgumentException("keptShapes must be at least 1, got " + keptShapes);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("a warm-up takes at least no time, got " + warmUp);
    }
  }

  /**
   * The best backend, a thread for each processor, 16 sets of shapes, a warm-up of at most 1.2 s.
   */
  public static SessionOptions defaults() {
    return new SessionOptions(
        Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()),
        Backend.best(),
        Precision.FAST,
        true,
        USUAL_WARM_UP,
        USUAL_SHAPES,
        OnnxLimits.DEFAULT);
  }

  /** These, with so many threads. */
  public SessionOptions threads(int count) {
    return new SessionOptions(count, backend, precision, optimised, warmUp, keptShapes, limits);
  }

  /** These, on another backend. */
  public SessionOptions backend(Backend other) {
    return new SessionOptions(threads, other, precision, optimised, warmUp, keptShapes, limits);
  }

  /** These, without algorithms that lose accuracy. */
  public SessionOptions strict() {
    return new SessionOptions(
        threads, backend, Precision.STRICT, optimised, warmUp, keptShapes, limits);
  }

  /** These, computing every node as it is in the file. */
  public SessionOptions plain() {
    return new SessionOptions(threads, backend, precision, false, warmUp, keptShapes, limits);
  }

  /** These, with kernels warmed for at most so long. */
  public SessionOptions warmUp(Duration budget) {
    return new SessionOptions(threads, backend, precision, optimised, budget, keptShapes, limits);
  }

  /** These, keeping so many sets of shapes. */
  public SessionOptions keptShapes(int count) {
    return new SessionOptions(threads, backend, precision, optimised, warmUp, count, limits);
  }

  /** These, with other limits. */
  public SessionOptions limits(OnnxLimits other) {
    return new SessionOptions(threads, backend, precision, optimised, warmUp, keptShapes, other);
  }
}
