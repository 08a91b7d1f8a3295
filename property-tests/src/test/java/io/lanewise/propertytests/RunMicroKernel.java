package io.lanewise.propertytests;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.micro.GroupKernel;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.PackingMicroKernel;
import io.lanewise.kernels.micro.TapKernel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Calls some of the matrix product's tiles, the arguments tell which, in turns until all are
 * compiled, for {@link MicroKernelCodeTest}. Writes {@code kernel ARGUMENT, class::method} to the
 * error stream.
 */
final class RunMicroKernel {
  /** So long after the last is compiled: a first compilation may be thrown away for a better. */
  private static final long MORE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final int CALLS = 20; // of a tile in its turn: an interpreted one takes a second
  private static final int K = 64;
  private static final int OUTPUTS = 24;

  /**
   * A tile at work.
   *
   * @param argument its name here
   * @param owner its class
   * @param method the one with the loop over k
   * @param call runs it once
   */
  private record Tile(String argument, Class<?> owner, String method, Runnable call) {
    @Override
    public String toString() {
      return argument + ", " + owner.getName() + "::" + method;
    }
  }

  private RunMicroKernel() {}

  public static void main(String[] args) throws JMException {
    KernelSet kernels = CpuBackend.best().target().kernels();
    List<Tile> tiles = Arrays.stream(args).map(name -> tile(kernels, name)).toList();
    long start = System.nanoTime();
    untilCompiled(tiles, start);
    long hot = System.nanoTime();
    while (System.nanoTime() - hot < MORE_NANOS) {
      tiles.forEach(t -> t.call().run());
    }
    untilCompiled(tiles, start);
    tiles.forEach(
        t -> System.err.println("kernel " + t)); // the log of the code has the other stream
  }

  private static void untilCompiled(List<Tile> tiles, long start) throws JMException {
    do {
      for (Tile t : tiles) {
        for (int i = 0; i < CALLS; i++) {
          t.call().run();
        }
      }
    } while (!areCompiled(tiles) && System.nanoTime() - start < PATIENCE_NANOS);
  }

  /** True once the JVM's code cache has them; a busy machine's compiler takes its time. */
  private static boolean areCompiled(List<Tile> tiles) throws JMException {
    Object code =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerCodelist",
                new Object[0],
                new String[0]);
    String list = String.valueOf(code);
    return tiles.stream()
        .allMatch(t -> list.contains(t.owner().getName() + "." + t.method() + "("));
  }

  private static Tile tile(KernelSet kernels, String name) {
    return switch (name) {
      case "packing" -> packing(name, kernels.gemmPacking());
      case "packing wide" -> packing(name, kernels.gemmPackingWide());
      case "taps 4", "taps 2", "taps 1" -> taps(name, kernels);
      case "grouped 1", "grouped 2", "grouped 4", "grouped 8" -> grouped(name, kernels);
      case "ahead" -> tile(name, kernels.gemmFromAfar().getFirst(), "run", true);
      case "tail 1", "tail 2", "tail 3" -> {
        int half = kernels.gemm().getFirst().nr() / 4;
        int halves = Integer.parseInt(name.substring("tail ".length()));
        yield tile(name, kernels.gemmTail(halves * half).getFirst(), "run", true);
      }
      case "wide start" -> tile(name, kernels.gemmWide().getFirst(), "start", false);
      case "wide add" -> tile(name, kernels.gemmWide().getFirst(), "add", true);
      default -> tile(name, kernels.gemm().get(Integer.parseInt(name)), "run", true);
    };
  }

  private static Tile tile(String name, MicroKernel kernel, String method, boolean adds) {
    int nr = kernel.nr();
    int lds = adds ? nr : 0; // 0: all rows' chains start from one row
    float[] a = filled(K * kernel.mr());
    float[] b = filled(K * nr);
    float[] c = new float[kernel.mr() * nr];
    float[] sink = new float[K];
    Runnable call = () -> kernel.run(K, a, 0, K, b, 0, c, 0, lds, c, 0, nr, b, 0, sink, 0);
    return new Tile(name, kernel.getClass(), method, call);
  }

  private static Tile taps(String name, KernelSet kernels) {
    int wanted = Integer.parseInt(name.substring("taps ".length()));
    int lanes = kernels.gemm().getFirst().nr() / 2;
    TapKernel kernel =
        kernels.direct().stream()
            .map(List::getFirst)
            .filter(k -> k.nr() == wanted * lanes)
            .findFirst()
            .orElseThrow();
    int nr = kernel.nr();
    int[] at = IntStream.range(0, K).toArray();
    float[] a = filled(K * kernel.mr());
    float[] b = filled(K * nr);
    float[] s = new float[nr];
    float[] c = new float[kernel.mr() * nr];
    Runnable call = () -> kernel.strip(1, K, at, 0, a, 0, K, b, 0, s, 0, c, 0, nr);
    return new Tile(name, kernel.getClass(), "tile", call);
  }

  private static Tile grouped(String name, KernelSet kernels) {
    int n = Integer.parseInt(name.substring("grouped ".length()));
    GroupKernel kernel = kernels.grouped(n);
    int lanes = kernel.lanes();
    int[] at = IntStream.range(0, K).toArray();
    float[] a = filled(K + OUTPUTS * lanes);
    float[] b = filled(K * n * lanes);
    float[] s = new float[lanes];
    float[] c = new float[OUTPUTS * lanes];
    Runnable call = () -> kernel.line(OUTPUTS, K, at, 0, a, 0, lanes, b, 0, s, 0, c, 0, lanes);
    String method = kernel.getClass().getSimpleName().endsWith("1x8") ? "one" : "tile";
    return new Tile(name, kernel.getClass(), method, call);
  }

  private static Tile packing(String name, PackingMicroKernel kernel) {
    int nr = kernel.nr();
    int ldb = nr + 5;
    float[] a = filled(K * kernel.mr());
    float[] b = filled(K * ldb);
    float[] panel = new float[K * nr];
    float[] c = new float[kernel.mr() * nr];
    Runnable call = () -> kernel.run(K, a, 0, K, b, 0, ldb, panel, 0, c, 0, nr, c, 0, nr);
    return new Tile(name, kernel.getClass(), "run", call);
  }

  private static float[] filled(int size) {
    float[] values = new float[size];
    Arrays.fill(values, 0.25f);
    return values;
  }
}
