package io.lanewise.benchmarks.harness;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Waits until a process uses no processor time: the threads of native libraries go on spinning
 * after a run, for up to some tenths of a second, and would slow whoever is measured next.
 */
final class Idle {
  private static final long LOOK_MILLIS = 10; // the kernel counts at its ticks, 1 to 4 ms apart
  private static final double BUSY = 0.05; // of one processor
  private static final long LONGEST_NANOS = 1_000_000_000;
  private static final long BLIND_MILLIS = 250; // Intel's OpenMP spins for 200 ms unless told else

  private Idle() {}

  /** Waits, at most a second. */
  static void await(ProcessHandle process) throws InterruptedException {
    Optional<Long> before = processorNanos(process);
    if (before.isEmpty()) {
      Thread.sleep(BLIND_MILLIS);
      return;
    }
    long start = System.nanoTime();
    long last = start;
    long used = before.get();
    while (last - start < LONGEST_NANOS) {
      Thread.sleep(LOOK_MILLIS);
      long now = System.nanoTime();
      long usedNow = processorNanos(process).orElse(used);
      if (Math.abs(usedNow - used) < BUSY * (now - last)) {
        return;
      }
      last = now;
      used = usedNow;
    }
  }

  /** Time on a processor of all threads so far; empty where the system does not tell it finely. */
  static Optional<Long> processorNanos(ProcessHandle process) {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    long sum = 0;
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        sum += nanos(thread.resolve("schedstat"));
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return Optional.empty(); // not Linux
    }
    return Optional.of(sum);
  }

  private static long nanos(Path schedstat) throws IOException {
    try {
      return Long.parseLong(Files.readString(schedstat).split(" ", 2)[0]);
    } catch (NoSuchFileException e) {
      return 0; // a thread that ended meanwhile
    }
  }
}
