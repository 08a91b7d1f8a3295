package io.lanewise.benchmarks.result;

import com.fasterxml.jackson.annotation.JsonValue;

/** The nearest memory that holds all that a task reads and writes. */
public enum MemoryLevel {
  /** A core's first-level data cache. */
  L1("L1"),
  /** A core's second-level cache. */
  L2("L2"),
  /** The third-level cache, which cores share. */
  L3("L3"),
  /** None of the caches. */
  MEMORY("memory");

  private final String label;

  MemoryLevel(String label) {
    this.label = label;
  }

  /** Such as {@code "L2"}. */
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * The level for a working set: split evenly over the threads' own caches, or whole in the shared
   * one. Where the host's third level is not known, everything beyond the second is memory.
   */
  public static MemoryLevel of(long bytes, int threads, HostInfo host) {
    long share = Math.ceilDiv(bytes, threads);
    if (share <= host.l1Bytes()) {
      return L1;
    }
    if (share <= host.l2Bytes()) {
      return L2;
    }
    return host.l3Bytes() != null && bytes <= host.l3Bytes() ? L3 : MEMORY;
  }
}
