package io.lanewise.propertytests;

import java.util.Optional;

/**
 * What one trial came to, and all that is needed to repeat it.
 *
 * @param law the law's name
 * @param shape the shape in its text form
 * @param seed of the data
 * @param verdict what came out
 * @param worst greatest error as a share of its bound; 0 where only equality was checked
 * @param detail why it failed or was not offered; empty if it held
 */
public record Case(
    String law, String shape, long seed, Verdict verdict, double worst, Optional<String> detail) {

  /** {@code verify}'s options that repeat the case. */
  public String options() {
    return "--law " + law + " --case \"" + shape + "\" --seed " + seed;
  }

  /** One line that repeats the case and says what went wrong. */
  public String line() {
    return options() + detail.map(d -> "  # " + d).orElse("");
  }
}
