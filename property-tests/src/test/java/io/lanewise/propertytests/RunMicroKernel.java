package io.lanewise.propertytests;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.micro.MicroKernel;
import java.util.Arrays;

/**
 * Calls the matrix product's micro-kernel until it is compiled, for {@link MicroKernelCodeTest}.
 */
final class RunMicroKernel {
  private RunMicroKernel() {}

  public static void main(String[] args) {
    MicroKernel kernel = CpuBackend.best().target().kernels().gemm();
    int k = 64;
    float[] a = new float[k * kernel.mr()];
    float[] b = new float[k * kernel.nr()];
    float[] c = new float[kernel.mr() * kernel.nr()];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
    long end = System.nanoTime() + 1_500_000_000L;
    do {
      for (int i = 0; i < 1000; i++) {
        kernel.run(k, a, 0, b, 0, c, 0, kernel.nr());
      }
    } while (System.nanoTime() < end);
    System.out.println("kernel " + kernel.getClass().getName());
  }
}
