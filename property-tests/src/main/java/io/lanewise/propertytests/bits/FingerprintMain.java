package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.BackendName;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Prints a digest of the bits of every case's results: cold on one thread, on teams, and again on
 * one thread once the JIT has seen them for half a second, on a busy machine a few times at least.
 * Arguments: a backend's name, the operations and the teams' numbers of threads, each separated by
 * commas.
 */
final class FingerprintMain {
  /** The line that says which backend ran. */
  static final String BACKEND = "backend";

  /** The line that says whether there is a hardware fused multiply-add. */
  static final String FMA = "fma";

  /** The line that says why this JVM has no such backend. */
  static final String UNSUPPORTED = "unsupported";

  private static final long WARM_NANOS = 500_000_000;
  private static final int LEAST_PASSES = 3;
  private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

  private final Backend backend;
  private final List<BitCase> cases;
  private final int[] teams;
  private final PrintStream out;

  private FingerprintMain(Backend backend, List<BitCase> cases, int[] teams, PrintStream out) {
    this.backend = backend;
    this.cases = cases;
    this.teams = teams;
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println(FMA + " " + Machine.detect().fma());
    try {
      Backend backend = BackendName.of(args[0]).load();
      out.println(BACKEND + " " + backend.describe());
      List<BitCase> cases = BitCases.of(List.of(args[1].split(",", -1)));
      int[] teams = Arrays.stream(args[2].split(",", -1)).mapToInt(Integer::parseInt).toArray();
      new FingerprintMain(backend, cases, teams, out).run();
    } catch (UnsupportedOperationException e) {
      out.println(UNSUPPORTED + " " + e.getMessage());
    }
  }

  private void run() {
    boolean isLong = cases.stream().anyMatch(c -> c.op().equals(BitCases.LONG_OP));
    print("1 thread, cold", Parallel.SEQUENTIAL);
    for (int threads : teams) {
      try (ForkJoinTeam team = ForkJoinTeam.of(threads)) {
        print(threads + " threads", team);
      }
    }
    boolean compiles = !System.getProperty("java.vm.info", "").contains("interpreted");
    if (compiles && !isLong) { // which gets hot by itself
      long end = System.nanoTime() + WARM_NANOS;
      for (int pass = 0; pass < LEAST_PASSES || System.nanoTime() < end; pass++) {
        cases.forEach(this::warm);
      }
      print("1 thread, hot", Parallel.SEQUENTIAL);
    }
  }

  private void warm(BitCase c) {
    try {
      c.body().run(backend, Parallel.SEQUENTIAL, (way, tensors) -> {});
    } catch (RuntimeException | AssertionError | LinkageError e) {
      // Said by the runs that print.
    }
  }

  private void print(String run, Parallel par) {
    for (BitCase c : cases) {
      compute(
          c,
          par,
          (way, value) -> {
            String name = way.isEmpty() ? c.name() : c.name() + " " + way;
            out.println(new BitLine(run, c.op(), name, value));
          });
    }
  }

  /** Takes values one by one. */
  @FunctionalInterface
  private interface Values {
    void add(String way, String value);
  }

  private void compute(BitCase c, Parallel par, Values values) {
    try {
      c.body().run(backend, par, (way, tensors) -> values.add(way, digest(tensors)));
    } catch (UnsupportedOperationException e) {
      values.add("", BitLine.NOT_OFFERED + oneLine(e.getMessage()));
    } catch (RuntimeException | AssertionError | LinkageError e) {
      values.add("", BitLine.THREW + oneLine(e.toString()));
    }
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s+", " ");
  }

  /**
   * Each step is one-to-one in what it has so far: no single difference is lost. Cheap where an
   * interpreter runs it. Sign and payload of a NaN are the processor's choice and do not count.
   */
  private static String digest(Tensor... tensors) {
    long hash = 0;
    for (Tensor t : tensors) {
      float[] array = t.array();
      int end = t.offset() + t.size();
      for (int i = t.offset(); i < end; i++) {
        hash = (Long.rotateLeft(hash, 27) ^ Float.floatToIntBits(array[i])) * ODD;
      }
    }
    return HexFormat.of().toHexDigits(hash);
  }
}
