package io.lanewise.benchmarks.probe;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The other roof: how fast one core copies an array over and over, from whatever memory holds it.
 * Plain vector loads and stores, because {@code System.arraycopy} writes large arrays past the
 * caches, which a kernel does not. For one thread.
 */
public final class CopyBandwidth {
  /** Less than this is not worth a loop. */
  public static final long LEAST_BYTES = 4 << 10;

  private static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 9;
  private static final int PAGE = 4096 / Float.BYTES;
  private static final int CLOCK_FLOATS = 1 << 16; // copied between two looks at the clock: 2-20 us
  private static final int WARM_BYTES = 16 << 10;
  private static final long WARM_NANOS = 50_000_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final float[] array;
  private final int length;
  private final int dst;

  /**
   * Takes the memory.
   *
   * @param bytes source and destination together; at least {@link #LEAST_BYTES} are taken
   * @throws IllegalArgumentException if that is more than one array can hold
   */
  public CopyBandwidth(long bytes) {
    long floats = Math.max(LEAST_BYTES, bytes) / 2 / Float.BYTES;
    if (2 * floats + 2L * PAGE > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("copies up to 8 GB are measured, got " + bytes + " bytes");
    }
    length = V.loopBound((int) floats);
    // Both parts in one array, half a page apart: where their addresses agree in the last 12 bits,
    // loads wait for stores that they have nothing to do with.
    dst = (length + PAGE - 1) / PAGE * PAGE + PAGE / 2;
    array = new float[dst + length];
  }

  /** Source and destination together. */
  public long bytes() {
    return 2L * Float.BYTES * length;
  }

  /**
   * Brings the loop to full speed; once a JVM, before the first {@link #gigabytes}.
   *
   * @throws IllegalStateException if it is not compiled after 30 seconds
   */
  public static void warmUp() {
    CopyBandwidth small = new CopyBandwidth(WARM_BYTES);
    long start = System.nanoTime();
    // No core copies within L1 below 5 GB/s, and no interpreter above.
    while (small.gigabytes(WARM_NANOS) < 5) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("the JVM did not compile the copy probe in 30 seconds");
      }
    }
  }

  /**
   * Measures the calling thread for about {@code nanos}, at least one copy: the median of up to
   * nine rounds.
   *
   * @return 10^9 bytes a second, read plus written
   */
  public double gigabytes(long nanos) {
    copy(array, dst, length); // the caches hold what they can
    double[] rates = new double[ROUNDS];
    int rounds = 0;
    long start = System.nanoTime();
    do {
      rates[rounds++] = round(nanos / ROUNDS);
    } while (rounds < ROUNDS && System.nanoTime() - start < nanos);
    Arrays.sort(rates, 0, rounds);
    return rates[rounds / 2];
  }

  private double round(long nanos) {
    int copiesAtOnce = Math.max(1, CLOCK_FLOATS / length);
    long copies = 0;
    long start = System.nanoTime();
    long now = start;
    do {
      for (int i = 0; i < copiesAtOnce; i++) {
        copy(array, dst, length);
      }
      copies += copiesAtOnce;
      now = System.nanoTime();
    } while (now - start < nanos);
    return (double) bytes() * copies / (now - start);
  }

  private static void copy(float[] array, int dst, int length) {
    for (int i = 0; i < length; i += V.length()) {
      FloatVector.fromArray(V, array, i).intoArray(array, dst + i);
    }
  }
}
