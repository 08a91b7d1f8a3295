package io.lanewise.benchmarks.harness;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Whether this JVM's compilers have something to do. What they finish shows in a counter; what they
 * are at, and on a busy machine may be at for seconds, shows on Linux only, where their threads
 * have names and states.
 */
final class Compilers {
  private static final Path THREADS = Path.of("/proc/self/task");

  // "123 (C2 CompilerThre) R 1 ...": names are cut after 15 letters; S is a thread that waits.
  private static final Pattern AT_WORK =
      Pattern.compile("\\d+ \\(C[12] Compiler\\w*\\) [^S].*", Pattern.DOTALL);

  private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
  private long last = total();

  /** True if one is at work, or was since the last question. */
  boolean busy() {
    long before = last;
    last = total();
    return last != before || atWork();
  }

  private long total() {
    boolean counts = compilation != null && compilation.isCompilationTimeMonitoringSupported();
    return counts ? compilation.getTotalCompilationTime() : 0;
  }

  private static boolean atWork() {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        if (AT_WORK.matcher(stat(thread)).matches()) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false; // not Linux
    }
  }

  private static String stat(Path thread) throws IOException {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (NoSuchFileException e) {
      return ""; // it ended meanwhile
    }
  }
}
