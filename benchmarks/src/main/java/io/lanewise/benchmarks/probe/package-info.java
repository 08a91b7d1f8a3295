/**
 * The roofs that a kernel is measured against, by loops of our own: {@link
 * io.lanewise.benchmarks.probe.FmaPeak} for arithmetic, {@link
 * io.lanewise.benchmarks.probe.CopyBandwidth} for memory, both on any number of threads by {@link
 * io.lanewise.benchmarks.probe.Roofs}.
 */
package io.lanewise.benchmarks.probe;
