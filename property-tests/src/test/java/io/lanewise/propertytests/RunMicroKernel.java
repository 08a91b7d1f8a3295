package io.lanewise.propertytests;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.PackingMicroKernel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Calls one of the matrix product's tiles, the argument tells which, until it is compiled, for
 * {@link MicroKernelCodeTest}.
 */
final class RunMicroKernel {
  /** So long at least: the first compilation may be thrown away for a better one. */
  private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private RunMicroKernel() {}

  public static void main(String[] args) throws JMException {
    KernelSet kernels = CpuBackend.best().target().kernels();
    if (args[0].startsWith("packing")) {
      boolean wide = args[0].equals("packing wide");
      runPacking(wide ? kernels.gemmPackingWide() : kernels.gemmPacking());
      return;
    }
    MicroKernel kernel = kernel(kernels, args[0]);
    String method = "run";
    boolean starts = args[0].equals("wide start");
    if (args[0].startsWith("wide")) {
      method = starts ? "start" : "add";
    }
    int k = 64;
    float[] a = new float[k * kernel.mr()];
    float[] b = new float[k * kernel.nr()];
    float[] sink = new float[k];
    float[] c = new float[kernel.mr() * kernel.nr()];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
    untilCompiled(
        kernel.getClass().getName(),
        method,
        () ->
            kernel.run(
                k,
                a,
                0,
                k,
                b,
                0,
                c,
                0,
                starts ? 0 : kernel.nr(),
                c,
                0,
                kernel.nr(),
                b,
                0,
                sink,
                0));
  }

  private static MicroKernel kernel(KernelSet kernels, String tile) {
    if (tile.equals("ahead")) {
      return kernels.gemmFromAfar().getFirst();
    }
    if (tile.startsWith("wide")) {
      return kernels.gemmWide().getFirst();
    }
    List<MicroKernel> tiles = kernels.gemm();
    return tiles.get(Math.min(Integer.parseInt(tile), tiles.size() - 1));
  }

  private static void runPacking(PackingMicroKernel kernel) throws JMException {
    int k = 64;
    int nr = kernel.nr();
    float[] a = new float[k * kernel.mr()];
    float[] b = new float[k * (nr + 5)];
    float[] panel = new float[k * nr];
    float[] c = new float[kernel.mr() * nr];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
    untilCompiled(
        kernel.getClass().getName(),
        "run",
        () -> kernel.run(k, a, 0, k, b, 0, nr + 5, panel, 0, c, 0, nr, c, 0, nr));
  }

  private static void untilCompiled(String name, String method, Runnable kernel)
      throws JMException {
    long start = System.nanoTime();
    long spent;
    do {
      long end = System.nanoTime() + WARM_NANOS;
      do {
        for (int i = 0; i < 1000; i++) {
          kernel.run();
        }
      } while (System.nanoTime() < end);
      spent = System.nanoTime() - start;
    } while (!isCompiled(name + "." + method + "(") && spent < PATIENCE_NANOS);
    System.out.println("kernel " + name);
  }

  /** True once the JVM's code cache has the kernel; a busy machine's compiler takes its time. */
  private static boolean isCompiled(String method) throws JMException {
    Object code =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerCodelist",
                new Object[0],
                new String[0]);
    return String.valueOf(code).contains(method);
  }
}
