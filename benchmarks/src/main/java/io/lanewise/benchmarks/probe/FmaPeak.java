package io.lanewise.benchmarks.probe;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The roof of every kernel: how many float32 operations a second one core does when nothing but
 * fused multiply-adds on registers runs, two operations a lane.
 *
 * <p>Twelve independent chains hide the latency of two units of four or five cycles, and with two
 * operands fit the 16 registers of AVX2. The multiply-add sums into its own register as a matrix
 * product does, so cores that forward accumulators do so here too.
 */
public final class FmaPeak {
  private static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 2_048; // a call takes about 6 us: 250 times what the clock does
  private static final int WARM_STEPS = 64; // short calls are compiled as a whole, not on the stack
  private static final int ROUNDS = 15;
  private static final int WARM_CALLS = 20;
  private static final long WARM_NANOS = 400_000_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private FmaPeak() {}

  /**
   * Brings the probe to full speed; once a JVM, before the first {@link #gflops}. Waits for the
   * optimising compiler, which on a busy machine comes late: a probe before it would make every
   * share of the peak look better than it is.
   *
   * @throws IllegalStateException if the probe is not compiled after 30 seconds
   */
  public static void warmUp() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_NANOS || !isCompiled()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("the JVM did not compile the FMA probe in 30 seconds");
      }
    }
  }

  /** Interpreted or half compiled, a vector operation takes more than 20 ns; compiled, below 2. */
  private static boolean isCompiled() {
    long start = System.nanoTime();
    float sum = 0;
    for (int call = 0; call < WARM_CALLS; call++) {
      sum += chains(WARM_STEPS);
    }
    long nanos = System.nanoTime() - start;
    requireUsed(sum);
    return nanos < 5L * CHAINS * WARM_STEPS * WARM_CALLS;
  }

  /**
   * Measures the calling thread for about {@code nanos}: the median of 15 rounds, so that a round
   * in which the thread lost its core does not count.
   *
   * @return 10^9 floating-point operations a second
   */
  public static double gflops(long nanos) {
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rates[round] = round(nanos / ROUNDS);
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }

  private static double round(long nanos) {
    long calls = 0;
    float sum = 0;
    long start = System.nanoTime();
    long now = start;
    do {
      sum += chains(STEPS);
      calls++;
      now = System.nanoTime();
    } while (now - start < nanos);
    requireUsed(sum);
    return 2.0 * CHAINS * V.length() * STEPS * calls / (now - start);
  }

  private static void requireUsed(float sum) {
    if (!(sum > 0)) {
      throw new AssertionError("the chains' sum must be positive, got " + sum);
    }
  }

  // 12 accumulators + 2 operands = 14 registers. They start apart, so that none can stand for
  // another. Two steps an iteration make it too large for C2 to inline (325 bytes of bytecode):
  // inlined into its caller's loop it ran at two thirds of the speed.
  private static float chains(int steps) {
    FloatVector a = FloatVector.broadcast(V, 0.5f);
    FloatVector b = FloatVector.broadcast(V, 0.25f);
    FloatVector c0 = FloatVector.broadcast(V, 1f);
    FloatVector c1 = FloatVector.broadcast(V, 2f);
    FloatVector c2 = FloatVector.broadcast(V, 3f);
    FloatVector c3 = FloatVector.broadcast(V, 4f);
    FloatVector c4 = FloatVector.broadcast(V, 5f);
    FloatVector c5 = FloatVector.broadcast(V, 6f);
    FloatVector c6 = FloatVector.broadcast(V, 7f);
    FloatVector c7 = FloatVector.broadcast(V, 8f);
    FloatVector c8 = FloatVector.broadcast(V, 9f);
    FloatVector c9 = FloatVector.broadcast(V, 10f);
    FloatVector c10 = FloatVector.broadcast(V, 11f);
    FloatVector c11 = FloatVector.broadcast(V, 12f);
    for (int step = 0; step < steps; step += 2) {
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    return sum.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).reduceLanes(VectorOperators.ADD);
  }
}
