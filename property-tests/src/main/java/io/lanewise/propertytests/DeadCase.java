package io.lanewise.propertytests;

/** A case whose outputs are nearly all zero, which proves nothing: the data are drawn again. */
final class DeadCase extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeadCase(String message) {
    super(message);
  }
}
