package io.lanewise.cli.page;

import java.util.Objects;

/** One line of the run's description, such as "Batch size" and "64". Plain text, no markup. */
public record Fact(String label, String value) {

  /** Neither may be null. */
  public Fact {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(value, "value");
  }
}
