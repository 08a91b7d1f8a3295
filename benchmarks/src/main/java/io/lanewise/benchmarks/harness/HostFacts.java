package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.kernels.platform.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be found out about this machine. */
final class HostFacts {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMG]?)");

  private HostFacts() {}

  static HostInfo detect() {
    Machine machine = Machine.detect();
    return new HostInfo(
        cpu().orElse("unknown processor"),
        machine.arch(),
        machine.cores(),
        machine.l1Bytes(),
        machine.l2Bytes(),
        l3Bytes().orElse(null),
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
  }

  private static Optional<String> cpu() {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // Linux only
    }
  }

  private static Optional<Long> l3Bytes() {
    for (int i = 0; i < 8; i++) {
      Path index = CACHES.resolve("index" + i);
      try {
        if (Files.readString(index.resolve("level")).strip().equals("3")) {
          return bytes(Files.readString(index.resolve("size")).strip());
        }
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Reads {@code 48K}, {@code 260M} or {@code 1G}. */
  static Optional<Long> bytes(String text) {
    Matcher m = SIZE.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    int shift =
        switch (m.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    return Optional.of(Long.parseLong(m.group(1)) << shift);
  }
}
