package io.lanewise.kernels;

/** A small run that is repeated until its code is compiled, and how it went. */
final class Rehearsal {
  /** What gets faster by less has not changed its code. */
  private static final double FASTER = 0.75;

  /** A call of a plan costs so much at any size. */
  private static final long CALL_NANOS = 2_000;

  /** By how much faster than its limit a run is, usually, once all of its code is compiled. */
  private static final int ALL_COMPILED = 8;

  private final String name;
  private final long work;
  private final Runnable run;
  private long first;
  private long best = Long.MAX_VALUE;
  private long level = Long.MAX_VALUE;
  private long nanos;
  private int runs;

  /**
   * A run on memory of its own.
   *
   * @param work nanoseconds that it takes at most once it is compiled
   */
  Rehearsal(String name, long work, Runnable run) {
    this.name = name;
    this.work = work;
    this.run = run;
  }

  /** Runs once; true if it is a good deal faster than when this was last true. */
  boolean play() {
    long from = System.nanoTime();
    run.run();
    long took = System.nanoTime() - from;
    first = runs == 0 ? took : first;
    best = Math.min(best, took);
    nanos += took;
    runs++;
    boolean faster = best < FASTER * level;
    level = faster ? best : level;
    return faster;
  }

  int runs() {
    return runs;
  }

  /** Time of all runs. */
  long nanos() {
    return nanos;
  }

  /** True if it is faster than code that is not compiled for good can be. */
  private boolean isCompiled() {
    return best <= CALL_NANOS + work;
  }

  /**
   * True if no part of it can be waiting for the compiler: it is that fast, or was compiled before
   * its first run.
   */
  boolean isDone() {
    return best <= CALL_NANOS + work / ALL_COMPILED || (isCompiled() && first < 4 * best);
  }

  WarmUpResult.Plan result() {
    return new WarmUpResult.Plan(name, runs, best, isCompiled());
  }
}
