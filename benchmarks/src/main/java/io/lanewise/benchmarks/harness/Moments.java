package io.lanewise.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a process says of itself. */
public final class Moments {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Moments() {}

  /** Now, in microseconds of the epoch. */
  public static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** Milliseconds since a moment that another process took. */
  public static double millisSince(long micros) {
    return (micros() - micros) / 1e3;
  }

  /** The most memory that this process ever held, in bytes; 0 where the system does not tell. */
  public static long peakResidentBytes() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }
}
