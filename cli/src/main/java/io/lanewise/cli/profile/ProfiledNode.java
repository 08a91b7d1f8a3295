package io.lanewise.cli.profile;

import java.util.OptionalDouble;

/**
 * A node of the compiled graph.
 *
 * @param name the model's name of it
 * @param operation what it computes, with what was fused into it
 * @param algorithm how; empty if there is one way
 * @param nanos the median of several runs
 * @param flops floating-point operations, two a multiply-add
 * @param bytes of its inputs, constants and outputs, each once
 * @param copyGBs what a copy of as many bytes reaches on as many threads, in 10^9 bytes a second
 * @param rivalNanos of the rival's nodes of that name; empty if it has none
 */
public record ProfiledNode(
    String name,
    String operation,
    String algorithm,
    double nanos,
    long flops,
    long bytes,
    double copyGBs,
    OptionalDouble rivalNanos) {
  /**
   * Billions of operations a second; those of the direct algorithm, so that Winograd's has more.
   */
  public double gigaflops() {
    return nanos == 0 ? 0 : flops / nanos;
  }

  /** Billions of bytes a second. */
  public double gigabytes() {
    return nanos == 0 ? 0 : bytes / nanos;
  }

  /** Part of what a copy reaches. */
  public double copyShare() {
    return gigabytes() / copyGBs;
  }

  /** Part of the peak of multiply-adds. */
  public double peakShare(double peakGflops) {
    return gigaflops() / peakGflops;
  }

  /** Operations a byte. */
  public double intensity() {
    return bytes == 0 ? 0 : (double) flops / bytes;
  }

  /** True if at the machine's limits its operations would take longer than its bytes. */
  public boolean isBoundByArithmetic(double peakGflops) {
    return flops / peakGflops > bytes / copyGBs;
  }
}
