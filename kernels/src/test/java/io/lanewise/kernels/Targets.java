package io.lanewise.kernels;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What the tests plan for: every set of kernels that this JVM can run. */
public final class Targets {
  private Targets() {}

  /** True in JVMs that run the tests again for a narrower vector: what has none is not repeated. */
  private static final boolean NARROW = Boolean.getBoolean("lanewise.test.narrow");

  /** SIMD if this JVM has it, scalar, and scalar without fused multiply-add. */
  public static List<Target> all() {
    List<Target> targets = new ArrayList<>();
    if (hasSimd()) {
      targets.add(CpuBackend.simd().target());
    }
    targets.add(CpuBackend.scalar().target());
    if (!NARROW) {
      targets.add(unfused());
    }
    return targets;
  }

  /** The fastest. */
  public static Target best() {
    return CpuBackend.best().target();
  }

  /** Products rounded before they are added, as on a machine without the fused instruction. */
  public static Target unfused() {
    return new Target(Machine.detect(), new ScalarKernels(false));
  }

  /** SIMD; the test is skipped where there is none. */
  public static Target simdOrSkip() {
    Assumptions.assumeTrue(
        hasSimd(), () -> "no SIMD to compare with: " + Machine.detect().noSimd().orElseThrow());
    return CpuBackend.simd().target();
  }

  private static boolean hasSimd() {
    return Machine.detect().noSimd().isEmpty();
  }
}
