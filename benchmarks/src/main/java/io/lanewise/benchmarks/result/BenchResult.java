package io.lanewise.benchmarks.result;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one run measured, and what must be known to read it.
 *
 * @param version of this form, {@link #VERSION}
 * @param date when the run began: ISO 8601, in UTC, such as {@code "2026-11-22T05:30:00Z"}
 * @param host the machine
 * @param jvm the JVM of our own workers
 * @param commit of the code that was measured, or null where it is not known
 * @param settings what was asked for
 * @param contenders what was measured, in the order of the rows
 * @param rows one for each task, contender, variant and number of threads
 */
public record BenchResult(
    int version,
    String date,
    HostInfo host,
    JvmInfo jvm,
    String commit,
    Settings settings,
    List<ContenderInfo> contenders,
    List<Row> rows) {

  /** The form that this class reads and writes. */
  public static final int VERSION = 2;

  /** Validates; see the messages. */
  public BenchResult {
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", got " + version);
    }
    try {
      Instant.parse(Require.text("date", date));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "date must be like 2026-11-22T05:30:00Z, got '" + date + "'", e);
    }
    Require.present("host", host);
    Require.present("jvm", jvm);
    Require.present("settings", settings);
    contenders = Require.list("contenders", contenders);
    rows = Require.list("rows", rows);
  }

  /** When the run began. */
  public Instant instant() {
    return Instant.parse(date);
  }

  /** The version of a contender of this run. */
  public Optional<String> contenderVersion(String contender) {
    return contenders.stream()
        .filter(c -> c.name().equals(contender))
        .map(ContenderInfo::version)
        .findFirst();
  }
}
