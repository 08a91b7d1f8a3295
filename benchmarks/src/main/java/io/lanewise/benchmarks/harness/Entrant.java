package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.result.ContenderInfo;
import java.util.Objects;

/**
 * A contender that takes part.
 *
 * @param home where it is
 */
public record Entrant(ContenderInfo info, Home home) {
  /** Checks that both are there. */
  public Entrant {
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(home, "home");
  }

  /** Its name. */
  public String name() {
    return info.name();
  }
}
