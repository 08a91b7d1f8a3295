package io.lanewise.propertytests.bits;

import io.lanewise.kernels.platform.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to start a JVM.
 *
 * @param name lower case, such as {@code "avx2"}
 * @param meaning in words
 * @param flags the JVM's
 * @param vectorModule true if it gets the module jdk.incubator.vector
 * @param x86 true if the flags mean something on x86 only
 */
record Setting(String name, String meaning, List<String> flags, boolean vectorModule, boolean x86) {
  /** What all others are compared with. */
  static final Setting PLAIN = anywhere("plain", "the JVM's defaults");

  /** All of them, {@link #PLAIN} first. */
  static final List<Setting> ALL =
      List.of(
          PLAIN,
          onX86("avx512", "vectors of up to 512 bits", "-XX:UseAVX=3"),
          onX86("avx2", "vectors of up to 256 bits", "-XX:UseAVX=2"),
          onX86("avx1", "vectors of up to 256 bits, integers 128", "-XX:UseAVX=1"),
          anywhere("128-bit", "vectors of up to 128 bits", "-XX:MaxVectorSize=16"),
          new Setting("no-module", "no module jdk.incubator.vector", List.of(), false, false),
          anywhere("eager", "compiles ten times sooner", "-XX:CompileThresholdScaling=0.1"),
          anywhere("c2", "no compiler but C2", "-XX:-TieredCompilation"),
          anywhere("c1", "no compiler but C1", "-XX:TieredStopAtLevel=1"),
          anywhere("interpreter", "no compiler", "-Xint"));

  private static Setting anywhere(String name, String meaning, String... flags) {
    return new Setting(name, meaning, List.of(flags), true, false);
  }

  private static Setting onX86(String name, String meaning, String... flags) {
    return new Setting(name, meaning, List.of(flags), true, true);
  }

  /** The flags as one types them. */
  String typed() {
    return flags.isEmpty() ? meaning : String.join(" ", flags);
  }

  /** All options of the JVM, the module and the backend asked for included. */
  List<String> options() {
    List<String> all = new ArrayList<>(List.of("-Djava.awt.headless=true"));
    all.add("-D" + Machine.BACKEND_PROPERTY + "=" + Machine.requestedBackend());
    if (vectorModule) {
      all.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    all.addAll(flags);
    return all;
  }

  /** Why it means nothing here; empty if it does. */
  Optional<String> skipped() {
    String arch = Machine.detect().arch();
    if (x86 && !arch.equals("amd64") && !arch.equals("x86_64")) {
      return Optional.of("a flag for x86, and this is " + arch);
    }
    String jvm = Machine.jvm();
    if (!flags.isEmpty() && !jvm.contains("HotSpot") && !jvm.contains("OpenJDK")) {
      return Optional.of("a flag of HotSpot, and this is " + jvm);
    }
    return Optional.empty();
  }
}
