package io.lanewise.cli.profile;

import io.lanewise.benchmarks.probe.Roofs;
import java.util.HashMap;
import java.util.Map;

/** What copies of some sizes reach: one measurement for all sizes between two powers of two. */
public final class CopyRates {
  private static final long LEAST = 1 << 14; // in a first-level cache whatever the machine
  private static final long MOST = 1 << 28; // in none of its caches
  private static final long NANOS = 10_000_000;

  private final Roofs roofs;
  private final Map<Long, Double> rates = new HashMap<>();

  /** On the threads of these probes. */
  public CopyRates(Roofs roofs) {
    this.roofs = roofs;
  }

  /** For a node that reads and writes so many bytes, in 10^9 bytes a second. */
  public double of(long bytes) {
    long size = Long.highestOneBit(Math.clamp(bytes, LEAST, MOST));
    return rates.computeIfAbsent(size, s -> roofs.copyGigabytes(s, NANOS));
  }
}
