package io.lanewise.benchmarks.compare;

/**
 * A ratio of times, new over old, with its interval.
 *
 * @param what a row, or the rows that it is the geometric mean of
 * @param contender whose time it is
 * @param rows how many these are
 * @param ratio below 1 if the new one is faster
 * @param low end of the interval
 * @param high other end of the interval
 */
public record Change(
    String what, String contender, int rows, double ratio, double low, double high) {
  /**
   * A smaller change is not reported: a machine's conditions differ by as much from one run to the
   * next, which no number of forks and rounds inside the runs can tell.
   */
  public static final double MARGIN = 1.01;

  /** What a verdict of "no change" rules out. */
  public static final double RELEVANT = 1.05;

  /** What the interval says. */
  public Verdict verdict() {
    if (low > MARGIN) {
      return Verdict.SLOWER;
    }
    if (high < 1 / MARGIN) {
      return Verdict.FASTER;
    }
    return low > 1 / RELEVANT && high < RELEVANT ? Verdict.SAME : Verdict.UNCLEAR;
  }
}
