package io.lanewise.benchmarks.harness;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lanewise.benchmarks.contender.Op;

/** What the controller asks of a worker; each request gets one {@link Reply}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Request.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = Request.Variants.class, name = "variants"),
  @JsonSubTypes.Type(value = Request.Prepare.class, name = "prepare"),
  @JsonSubTypes.Type(value = Request.WarmUp.class, name = "warm-up"),
  @JsonSubTypes.Type(value = Request.Time.class, name = "time"),
  @JsonSubTypes.Type(value = Request.Close.class, name = "close"),
  @JsonSubTypes.Type(value = Request.Peak.class, name = "peak"),
  @JsonSubTypes.Type(value = Request.Copy.class, name = "copy")
})
public sealed interface Request {
  /** Which contenders are there? {@link Reply.Roster}. */
  record Hello() implements Request {}

  /** In which ways can a contender do a task? {@link Reply.Variants}. */
  record Variants(String contender, Op op, String shape) implements Request {}

  /**
   * Make a task ready, run it once and check the result. {@link Reply.Ready}.
   *
   * @param seat number under which it is kept
   * @param expectation file that says what is right
   */
  record Prepare(
      int seat,
      String contender,
      Op op,
      String shape,
      String variant,
      int threads,
      String expectation)
      implements Request {}

  /** Run until it gets no faster, at least so long. {@link Reply.Timed}. */
  record WarmUp(int seat, int millis) implements Request {}

  /** Run for at least so long, and at least once. {@link Reply.Timed}. */
  record Time(int seat, int millis) implements Request {}

  /**
   * See how much memory a run of ours takes, check the result again and free what is held. {@link
   * Reply.Ready}.
   */
  record Close(int seat) implements Request {}

  /** Measure the multiply-add loop. {@link Reply.Rate}. */
  record Peak(int threads, int millis) implements Request {}

  /** Measure the copy loop over so many bytes. {@link Reply.Rate}. */
  record Copy(int threads, long bytes, int millis) implements Request {}
}
