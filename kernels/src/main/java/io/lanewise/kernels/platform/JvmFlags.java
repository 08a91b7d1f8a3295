package io.lanewise.kernels.platform;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Values of HotSpot's flags, or nothing where they cannot be asked for. */
final class JvmFlags {
  private JvmFlags() {}

  static Optional<Boolean> isOn(String flag) {
    return value(flag).map(Boolean::parseBoolean);
  }

  static Optional<Long> number(String flag) {
    return value(flag).map(Long::parseLong);
  }

  static Optional<String> value(String flag) {
    if (ModuleLayer.boot().findModule("jdk.management").isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption(flag)
              .getValue());
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // another JVM, or another version that has no such flag
    }
  }
}
