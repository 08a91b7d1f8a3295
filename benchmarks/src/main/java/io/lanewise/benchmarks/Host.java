package io.lanewise.benchmarks;

import io.lanewise.kernels.platform.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Machine, JVM, flags and roofs, without which a number means nothing. */
final class Host {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Host() {}

  /** The header of a report, one fact a line; measures the roofs, which takes about a second. */
  static List<String> describe(BenchOptions options) {
    Machine machine = Machine.detect();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "machine: %s, %s, %d cores, L1 %d KiB, L2 %d KiB",
            cpu(),
            machine.arch(),
            machine.cores(),
            machine.l1Bytes() >> 10,
            machine.l2Bytes() >> 10));
    lines.add("JDK: " + Machine.jvm());
    lines.add("flags of the forks: " + String.join(" ", flags()));
    for (String backend : options.backends()) {
      lines.add("backend " + backend + ": " + Inputs.backend(backend).describe());
    }
    FmaPeak.warmUp();
    lines.add(
        String.format(
            Locale.ROOT, "FMA peak of one thread now: %.1f GFLOP/s", FmaPeak.gflops(100_000_000)));
    lines.add(
        "copy, read plus written: "
            + CopyBandwidth.measure(machine).stream()
                .map(CopyBandwidth::toString)
                .collect(Collectors.joining(", ")));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d thread(s); %d fork(s) of %d iterations of %d ms after %d to warm up; ms and share are"
                + " medians over iterations, each share against the FMA peak of the same threads"
                + " right before and after that iteration; flops as of the direct algorithm",
            options.threads(),
            options.forks(),
            options.iterations(),
            options.iterationMillis(),
            options.warmups()));
    return lines;
  }

  /** The forks inherit this JVM's flags. */
  private static Set<String> flags() {
    Set<String> flags =
        new LinkedHashSet<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    flags.addAll(JmhRun.FORK_FLAGS);
    return flags;
  }

  private static String cpu() {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor"; // Linux only
    }
  }
}
