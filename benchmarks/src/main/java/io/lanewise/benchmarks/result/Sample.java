package io.lanewise.benchmarks.result;

/**
 * What one visit measured, with the roofs that the same round measured beside it, on as many
 * threads.
 *
 * @param fork which process, from 1
 * @param round which visit in that process, from 1; all rows of a task share a fork's rounds
 * @param nanos mean time of one run
 * @param peakGflops rate of a loop of nothing but fused multiply-adds, all threads together, in
 *     10^9 floating-point operations a second
 * @param copyGBs rate of a copy loop over as many bytes as the task reads and writes, in 10^9 bytes
 *     a second, read plus written
 */
public record Sample(int fork, int round, double nanos, double peakGflops, double copyGBs) {
  /** Validates; see the messages. */
  public Sample {
    Require.atLeast("fork", 1, fork);
    Require.atLeast("round", 1, round);
    Require.positive("nanos", nanos);
    Require.positive("peakGflops", peakGflops);
    Require.positive("copyGBs", copyGBs);
  }
}
