package io.lanewise.rivals.dl4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tells ND4J's OpenBLAS, of 2021, which processor to take the machine for. It takes one that is
 * newer than itself for one with SSE3 (its {@code OPENBLAS_VERBOSE=2} shows "Prescott"), and a
 * product then runs at a tenth of the speed. A user would set the same variable of the environment.
 */
@SuppressWarnings("restricted") // Native access is what this is for; the JVM is started with it.
final class OpenBlasCore {
  private static final String VARIABLE = "OPENBLAS_CORETYPE";
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Set<String> SKYLAKE = Set.of("avx512f", "avx512dq", "avx512bw", "avx512vl");
  private static final Set<String> HASWELL = Set.of("avx2", "fma");

  private OpenBlasCore() {}

  /** Has an effect until OpenBLAS is loaded, on Linux on x86-64, unless the variable is set. */
  static void choose() {
    if (System.getenv(VARIABLE) != null || !Files.exists(CPU)) {
      return;
    }
    Set<String> flags = flags();
    if (flags.containsAll(SKYLAKE)) {
      setVariable("SkylakeX");
    } else if (flags.containsAll(HASWELL)) {
      setVariable("Haswell");
    }
  }

  private static Set<String> flags() {
    try {
      List<String> lines = Files.readAllLines(CPU);
      return lines.stream()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(Arrays.asList(line.split("\\W+", -1))))
          .orElse(Set.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the C library's environment, which Java's own copy does not show. */
  private static void setVariable(String value) {
    Linker linker = Linker.nativeLinker();
    var type =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    MemorySegment setenv = linker.defaultLookup().find("setenv").orElseThrow();
    try (Arena arena = Arena.ofConfined()) {
      int status =
          (int)
              linker
                  .downcallHandle(setenv, type)
                  .invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom(value), 1);
      if (status != 0) {
        throw new IllegalStateException("setenv of " + VARIABLE + " gave " + status);
      }
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
