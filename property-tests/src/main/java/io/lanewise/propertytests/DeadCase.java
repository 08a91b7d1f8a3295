package io.lanewise.propertytests;

/** A case that proves nothing, such as outputs nearly all zero: the data are drawn again. */
final class DeadCase extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeadCase(String message) {
    super(message);
  }
}
