package io.lanewise.benchmarks.compare;

/** What an interval of the ratio of times, new over old, says. */
public enum Verdict {
  /** All of it is above {@link Change#MARGIN}. */
  SLOWER("slower"),
  /** All of it is below. */
  FASTER("faster"),
  /** All of it is near 1: a change of {@link Change#RELEVANT} would have shown. */
  SAME("no change"),
  /** It holds 1 and ratios far from it: measure more forks. */
  UNCLEAR("cannot tell");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** Such as {@code "no change"}. */
  public String words() {
    return words;
  }
}
