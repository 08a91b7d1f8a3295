package io.lanewise.kernels.platform;

import java.util.Optional;

/**
 * What the machine and its JVM offer. The only reader of system properties, of the JVM's flags and
 * of the cache sizes, so that everything else is a function of this record.
 *
 * @param arch the JVM's name of the architecture, such as {@code amd64} or {@code aarch64}
 * @param cores processors that the JVM may use
 * @param l1Bytes size of a core's first-level data cache
 * @param l2Bytes size of a core's second-level cache
 * @param fma true if a fused multiply-add is one instruction (otherwise {@code Math.fma} runs on
 *     BigDecimal)
 * @param noSimd why vectors cannot be used, empty if they can
 */
public record Machine(
    String arch, int cores, int l1Bytes, int l2Bytes, boolean fma, Optional<String> noSimd) {

  /**
   * System property that picks a backend: {@code auto} (default), {@code simd} or {@code scalar}.
   */
  public static final String BACKEND_PROPERTY = "lanewise.backend";

  /** Looks at the running machine. */
  public static Machine detect() {
    boolean fma = JvmFlags.isOn("UseFMA").orElseGet(FmaProbe::isFast);
    return new Machine(
        System.getProperty("os.arch", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        CacheSizes.dataCache(1).orElse(32 << 10),
        CacheSizes.dataCache(2).orElse(512 << 10),
        fma,
        reasonAgainstSimd(fma));
  }

  /** The backend asked for with {@link #BACKEND_PROPERTY}. */
  public static String requestedBackend() {
    return System.getProperty(BACKEND_PROPERTY, "auto");
  }

  /** Name and version of the JVM. */
  public static String jvm() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  private static Optional<String> reasonAgainstSimd(boolean fma) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.of(
          "the module jdk.incubator.vector is not there (start java with --add-modules jdk.incubator.vector)");
    }
    if (!System.getProperty("java.vm.name", "").contains("HotSpot")
        && !System.getProperty("java.vm.name", "").contains("OpenJDK")) {
      return Optional.of("this JVM is not HotSpot, the only one known to compile vectors");
    }
    if (System.getProperty("java.vm.info", "").contains("interpreted")) {
      return Optional.of("the JVM only interprets (-Xint)");
    }
    if (JvmFlags.number("TieredStopAtLevel").orElse(4L) < 4) {
      return Optional.of("the JVM's optimising compiler C2 is off (TieredStopAtLevel below 4)");
    }
    if (JvmFlags.value("CompilationMode").orElse("default").equals("quick-only")) {
      return Optional.of("the JVM's optimising compiler C2 is off (CompilationMode=quick-only)");
    }
    if (!JvmFlags.isOn("EnableVectorSupport").orElse(true)) {
      return Optional.of("the JVM's vector support is off (-XX:-EnableVectorSupport)");
    }
    if (!fma) {
      return Optional.of("there is no hardware fused multiply-add");
    }
    return Optional.empty();
  }
}
