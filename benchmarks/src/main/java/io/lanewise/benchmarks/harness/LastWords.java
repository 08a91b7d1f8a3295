package io.lanewise.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in what a dead process printed the line or two that tell why it died. */
final class LastWords {
  private static final int LINES = 3;
  private static final int MOST_CHARS = 300;

  // What HotSpot prints of a crash: "#  SIGSEGV (0xb) at pc=0x..., pid=1, tid=2" and, after
  // "# Problematic frame:", "# C  [libname.so+0x123]  function+0x45".
  private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+|EXCEPTION_\\w+) \\(.*");
  private static final Pattern FRAME = Pattern.compile("#\\s+(\\w\\s+\\[.*|[vVjJ]\\s.*)");

  private LastWords() {}

  /** The reason in one line; empty if nothing was printed. */
  static String of(List<String> printed) {
    Optional<String> crash = crash(printed);
    if (crash.isPresent()) {
      return crash.get();
    }
    List<String> lines =
        new ArrayList<>(
            printed.stream().map(String::strip).filter(line -> !line.isEmpty()).toList());
    String last =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    return last.length() <= MOST_CHARS ? last : "..." + last.substring(last.length() - MOST_CHARS);
  }

  private static Optional<String> crash(List<String> printed) {
    String signal = null;
    for (int i = 0; i < printed.size(); i++) {
      Matcher m = SIGNAL.matcher(printed.get(i));
      if (m.matches() && signal == null) {
        signal = m.group(1);
      }
      if (signal != null
          && printed.get(i).contains("Problematic frame:")
          && i + 1 < printed.size()) {
        Matcher frame = FRAME.matcher(printed.get(i + 1));
        if (frame.matches()) {
          return Optional.of(signal + " in " + frame.group(1).strip());
        }
      }
    }
    return Optional.ofNullable(signal);
  }
}
