package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One task as one contender computes it in one of its ways. {@link Derived} has the numbers that
 * follow from it.
 *
 * @param op the operation
 * @param shape its shape in text form, such as {@code "n1 ic64 ih56 oc64 kh3 p1"}
 * @param uses the networks that have such layers; at least one
 * @param flops floating-point operations of the direct algorithm
 * @param bytes that must move at least: inputs, weights and outputs once each
 * @param level the memory that holds them
 * @param contender whose code ran
 * @param variant which of its ways: an algorithm or a memory layout
 * @param threads that the run could use
 * @param worstError the greatest difference from the reference that was found, as a part of the
 *     greatest magnitude in the reference, or null if nothing was computed
 * @param rmsError the differences' root mean square, as a part of that of the reference, or null if
 *     nothing was computed; in results of version 1, too
 * @param allocatedBytes of the Java heap that a run takes, on all threads, once all is compiled;
 *     null for rivals, where it is not known, and in results of version 1
 * @param samples one a fork and round; empty if it failed
 * @param failure why there are no samples, or fewer: it crashed, was refused or computed something
 *     else; null if all went well
 */
public record Row(
    Op op,
    String shape,
    List<Use> uses,
    long flops,
    long bytes,
    MemoryLevel level,
    String contender,
    String variant,
    int threads,
    Double worstError,
    Double rmsError,
    Long allocatedBytes,
    List<Sample> samples,
    String failure) {

  /** Validates; see the messages. */
  public Row {
    Require.present("op", op);
    Require.text("shape", shape);
    uses = Require.list("uses", uses);
    if (uses.isEmpty()) {
      throw new IllegalArgumentException("uses must name a file, got none");
    }
    Require.atLeast("flops", 0, flops);
    Require.atLeast("bytes", 1, bytes);
    Require.present("level", level);
    Require.text("contender", contender);
    Require.text("variant", variant);
    Require.atLeast("threads", 1, threads);
    Require.error("worstError", worstError);
    Require.error("rmsError", rmsError);
    if (allocatedBytes != null) {
      Require.atLeast("allocatedBytes", 0, allocatedBytes);
    }
    samples = Require.list("samples", samples);
    Set<String> seen = new HashSet<>();
    for (Sample s : samples) {
      if (!seen.add(s.fork() + "/" + s.round())) {
        throw new IllegalArgumentException(
            "fork " + s.fork() + ", round " + s.round() + " comes twice");
      }
    }
    if (samples.isEmpty() && failure == null) {
      throw new IllegalArgumentException("a row has samples or a failure, got neither");
    }
    if (failure != null) {
      Require.text("failure", failure);
    }
  }

  /** True if there is something to show. */
  public boolean measured() {
    return !samples.isEmpty();
  }

  /** What is computed, such as {@code "conv n1 ic64 ih56 oc64 kh3 p1"}. */
  public String task() {
    return op.option() + " " + shape;
  }

  /** How many layers of a network are like this; 0 if it has none. */
  public int count(String file) {
    return uses.stream().filter(u -> u.file().equals(file)).mapToInt(Use::count).sum();
  }

  /** What tells this row from the others of a run. */
  public Key key() {
    return new Key(op, shape, contender, variant, threads);
  }

  /**
   * A row's name.
   *
   * @param op as in {@link Row}
   * @param shape as in {@link Row}
   * @param contender as in {@link Row}
   * @param variant as in {@link Row}
   * @param threads as in {@link Row}
   */
  public record Key(Op op, String shape, String contender, String variant, int threads) {
    /** Such as {@code "conv n1 ic64 ih56 oc64 kh3 p1, lanewise im2col, 1 thread"}. */
    @Override
    public String toString() {
      return op.option()
          + " "
          + shape
          + ", "
          + contender
          + " "
          + variant
          + ", "
          + threads
          + (threads == 1 ? " thread" : " threads");
    }
  }
}
