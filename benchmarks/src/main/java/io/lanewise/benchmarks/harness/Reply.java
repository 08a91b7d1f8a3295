package io.lanewise.benchmarks.harness;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lanewise.benchmarks.result.ContenderInfo;
import java.util.List;

/** What a worker answers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Roster.class, name = "roster"),
  @JsonSubTypes.Type(value = Reply.Variants.class, name = "variants"),
  @JsonSubTypes.Type(value = Reply.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Reply.Timed.class, name = "timed"),
  @JsonSubTypes.Type(value = Reply.Rate.class, name = "rate"),
  @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused")
})
public sealed interface Reply {
  /**
   * The contenders on the worker's class path.
   *
   * @param problems of those that could not be loaded
   */
  record Roster(List<ContenderInfo> contenders, List<String> problems) implements Reply {}

  /** The ways to do a task, the contender's own choice first; none if it cannot. */
  record Variants(List<String> variants) implements Reply {}

  /**
   * The result is right.
   *
   * @param worstError the greatest difference, as a part of the greatest magnitude expected
   * @param rmsError the differences' root mean square, as a part of that of what is expected
   * @param allocatedBytes of the heap that a run takes; null where that was not asked or is not
   *     known
   */
  record Ready(double worstError, double rmsError, Long allocatedBytes) implements Reply {}

  /**
   * It ran.
   *
   * @param nanos time of one run
   * @param runs how many were timed
   */
  record Timed(double nanos, long runs) implements Reply {}

  /** What a probe measured, in 10^9 operations or bytes a second. */
  record Rate(double giga) implements Reply {}

  /** It did not go; why, in words. */
  record Refused(String why) implements Reply {}
}
