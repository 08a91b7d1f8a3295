/**
 * The laboratory: what is measured ({@link io.lanewise.benchmarks.ShapeFile}, {@link
 * io.lanewise.benchmarks.Workload}), by whom ({@code contender}, {@code ours}), how ({@code
 * harness}, with the roofs of {@code probe} beside it and the reference of {@code check} before
 * it), and what comes out of it ({@code result}, {@code compare}). {@code jmh} looks inside one
 * kernel.
 */
package io.lanewise.benchmarks;
