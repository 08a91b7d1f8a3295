package io.lanewise.benchmarks.ours;

import io.lanewise.kernels.CpuBackend;

/** {@code lanewise}: the SIMD backend. */
public final class SimdContender extends BackendContender {
  /** For the service loader; whether SIMD can run is found out on the first use. */
  public SimdContender() {
    super("lanewise", CpuBackend::simd);
  }
}
