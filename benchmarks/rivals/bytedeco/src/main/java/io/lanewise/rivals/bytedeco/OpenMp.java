package io.lanewise.rivals.bytedeco;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The OpenMP runtime that oneDNN computes on. It has to be loaded already: then its name alone
 * finds it, wherever its file lies.
 */
@SuppressWarnings("restricted") // Native access is what this is for; the JVM is started with it.
final class OpenMp {
  private static final List<String> NAMES =
      List.of("libgomp.so.1", "libiomp5.so", "libiomp5.dylib", "libomp.dylib", "libiomp5md.dll");

  private OpenMp() {}

  /** Threads of the parallel regions that the calling thread starts from now on. */
  static void setThreads(int threads) {
    MethodHandle set =
        Linker.nativeLinker()
            .downcallHandle(
                find("omp_set_num_threads"), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    try {
      set.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("omp_set_num_threads(" + threads + ") failed", e);
    }
  }

  private static MemorySegment find(String function) {
    List<String> failures = new ArrayList<>();
    for (String name : NAMES) {
      try {
        return SymbolLookup.libraryLookup(name, Arena.global()).find(function).orElseThrow();
      } catch (IllegalArgumentException e) {
        failures.add(e.getMessage());
      }
    }
    throw new IllegalStateException("expected an OpenMP runtime to be loaded, got " + failures);
  }
}
