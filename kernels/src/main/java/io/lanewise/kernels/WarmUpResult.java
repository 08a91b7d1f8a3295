package io.lanewise.kernels;

import java.time.Duration;
import java.util.List;

/**
 * What a {@link WarmUp} did.
 *
 * @param took time from its start to its end
 * @param plans each different small run, in the order in which they were added
 */
public record WarmUpResult(Duration took, List<Plan> plans) {
  /** Copies the list. */
  public WarmUpResult {
    plans = List.copyOf(plans);
  }

  /**
   * One small run.
   *
   * @param name operation, algorithm and shape
   * @param runs how often it ran
   * @param bestNanos its fastest run
   * @param compiled true if that is as fast as compiled code
   */
  public record Plan(String name, int runs, long bestNanos, boolean compiled) {}

  /** True if every plan runs as fast as compiled code. */
  public boolean complete() {
    return plans.stream().allMatch(Plan::compiled);
  }

  /** For example {@code "22 plans warm after 640 ms"}. */
  @Override
  public String toString() {
    long left = plans.stream().filter(p -> !p.compiled).count();
    return (left == 0
            ? plans.size() + " plans warm"
            : left + " of " + plans.size() + " plans not warm")
        + " after "
        + took.toMillis()
        + " ms";
  }
}
