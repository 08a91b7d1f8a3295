package io.lanewise.benchmarks;

import io.lanewise.kernels.platform.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The other roof: how fast one core copies arrays that stay in L1, in L2, in L3 and nowhere. Plain
 * vector loads and stores, because {@code System.arraycopy} writes large arrays past the caches,
 * which a kernel does not.
 *
 * @param where the cache that both arrays fit
 * @param bytes source and destination together
 * @param gigabytes 10^9 bytes a second, read plus written
 */
public record CopyBandwidth(String where, long bytes, double gigabytes) {
  private static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 9;
  private static final long ROUND_NANOS = 5_000_000;
  private static final int PAGE = 4096 / Float.BYTES;
  private static final int CLOCK_FLOATS = 1 << 18; // copied between two looks at the clock
  private static final long MEMORY_BYTES = 512L << 20; // beyond any core's share of a shared L3

  /** Measures all four; the last is left out where the heap is too small for it. */
  public static List<CopyBandwidth> measure(Machine machine) {
    warmUp(machine.l1Bytes() / 2);
    List<CopyBandwidth> all = new ArrayList<>();
    all.add(measure("L1", machine.l1Bytes() / 2));
    all.add(measure("L2", machine.l2Bytes() / 2));
    all.add(measure("L3", machine.l2Bytes() * 4L));
    if (Runtime.getRuntime().maxMemory() > 3 * MEMORY_BYTES) {
      all.add(measure("memory", MEMORY_BYTES));
    }
    return all;
  }

  /** Until the copy is compiled, at most ten seconds: no core copies within L1 below 5 GB/s. */
  static void warmUp(long bytes) {
    int rounds = 0;
    while (measure("L1", bytes).gigabytes() < 5 && rounds < 200) {
      rounds++;
    }
  }

  /** Measures one size: the median of nine rounds. */
  static CopyBandwidth measure(String where, long bytes) {
    int length = V.loopBound((int) (bytes / 2 / Float.BYTES));
    // Both parts in one array, half a page apart: where their addresses agree in the last 12 bits,
    // loads wait for stores that they have nothing to do with.
    int dst = (length + PAGE - 1) / PAGE * PAGE + PAGE / 2;
    float[] array = new float[dst + length];
    round(array, dst, length, ROUND_NANOS); // every page is there, the caches are full
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rates[round] = round(array, dst, length, ROUND_NANOS);
    }
    Arrays.sort(rates);
    return new CopyBandwidth(where, 2L * Float.BYTES * length, rates[ROUNDS / 2]);
  }

  private static double round(float[] array, int dst, int length, long nanos) {
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
    return 2.0 * Float.BYTES * length * copies / (now - start);
  }

  private static void copy(float[] array, int dst, int length) {
    for (int i = 0; i < length; i += V.length()) {
      FloatVector.fromArray(V, array, i).intoArray(array, dst + i);
    }
  }

  /** Such as {@code "L2 60 GB/s (1024 KiB)"}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.0f GB/s (%d KiB)", where, gigabytes, bytes >> 10);
  }
}
