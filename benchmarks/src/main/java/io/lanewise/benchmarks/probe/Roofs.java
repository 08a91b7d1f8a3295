package io.lanewise.benchmarks.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Both probes on a number of threads at once. Call from one thread. */
public final class Roofs implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;
  private List<CopyBandwidth> copies = List.of();

  /** Warms both probes up, which takes about a second, and starts the threads. */
  public Roofs(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    FmaPeak.warmUp();
    CopyBandwidth.warmUp();
  }

  /** Rate of the multiply-add loop in 10^9 operations a second, all threads together. */
  public double peakGflops(long nanos) {
    return sum(thread -> FmaPeak.gflops(nanos));
  }

  /**
   * Rate of the copy loop in 10^9 bytes a second, all threads together.
   *
   * @param bytes working set, split evenly over the threads; its memory is kept for the next call
   */
  public double copyGigabytes(long bytes, long nanos) {
    long share = Math.max(CopyBandwidth.LEAST_BYTES, bytes / threads);
    if (copies.isEmpty() || Math.abs(copies.getFirst().bytes() - share) > 2 * Float.BYTES * 64) {
      copies = List.of(); // so that both are never there at once
      List<CopyBandwidth> next = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        next.add(new CopyBandwidth(share));
      }
      copies = next;
    }
    return sum(thread -> copies.get(thread).gigabytes(nanos));
  }

  /** What one thread measures. */
  @FunctionalInterface
  private interface Probe {
    double measure(int thread);
  }

  /** Runs the probe on all threads, which start together, and adds up what they measure. */
  private double sum(Probe probe) {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<Double>> calls = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      calls.add(
          () -> {
            start.await();
            return probe.measure(thread);
          });
    }
    try {
      double sum = 0;
      for (Future<Double> rate : pool.invokeAll(calls)) {
        sum += rate.get();
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while probing", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe failed: " + e.getCause(), e);
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
