package io.lanewise.propertytests;

/** A law does not hold for a case. The message says what was expected, what came and where. */
public final class LawViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the message. */
  public LawViolation(String message) {
    super(message);
  }
}
