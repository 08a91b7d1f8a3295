package io.lanewise.propertytests.bits;

import java.util.Optional;

/**
 * One result of one run of a case, as the fingerprint program prints it.
 *
 * @param run in which state, such as {@code "2 threads"}
 * @param op the operation
 * @param name the case and the way it was computed
 * @param value the digest of its bits, or why there is none
 */
record BitLine(String run, String op, String name, String value) {
  private static final String START = "bits";

  /** What the value starts with if the backend threw an exception. */
  static final String THREW = "threw ";

  /** What the value starts with if the backend does not offer the case. */
  static final String NOT_OFFERED = "not offered: ";

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return String.join("\t", START, run, op, name, value);
  }

  /** Nothing if the line is something else. */
  static Optional<BitLine> parse(String line) {
    String[] words = line.split("\t", -1);
    return words.length == 5 && words[0].equals(START)
        ? Optional.of(new BitLine(words[1], words[2], words[3], words[4]))
        : Optional.empty();
  }
}
