package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.PoolKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the JDK's Vector API, at the width that the JVM prefers. Loaded by name, where its
 * module is there.
 */
public final class SimdKernels implements KernelSet {
  /** The one width that all kernels use; {@code -XX:MaxVectorSize} narrows it. */
  static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;

  private final MicroKernel gemm;

  /**
   * Makes the set.
   *
   * @param arch the JVM's name of the architecture
   */
  public SimdKernels(String arch) {
    // 32 vector registers with AVX-512 and NEON, 16 with AVX2 and SSE.
    boolean many = V.vectorBitSize() >= 512 || arch.equals("aarch64");
    this.gemm = many ? new VectorMicroKernel8x2() : new VectorMicroKernel4x2();
  }

  @Override
  public String name() {
    return "SIMD " + V.vectorBitSize() + " bit";
  }

  @Override
  public MicroKernel gemm() {
    return gemm;
  }

  @Override
  public ElementwiseKernels elementwise() {
    return new VectorElementwise();
  }

  @Override
  public PoolKernels pool(int kh, int kw, int dilationW, int strideW, int ow) {
    return new VectorPool(kh, kw, dilationW, strideW, ow);
  }
}
