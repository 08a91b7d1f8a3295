package io.lanewise.benchmarks.ours;

import io.lanewise.kernels.CpuBackend;

/** {@code lanewise-scalar}: the fallback, as the baseline beside every speed-up. */
public final class ScalarContender extends BackendContender {
  /** For the service loader. */
  public ScalarContender() {
    super("lanewise-scalar", CpuBackend::scalar);
  }
}
