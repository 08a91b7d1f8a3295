package io.lanewise.training.data;

import java.io.IOException;

/** An IDX file or folder that cannot be read; the message names the file and the reason. */
public final class IdxException extends IOException {
  private static final long serialVersionUID = 1;

  /** An exception with a message for people. */
  public IdxException(String message) {
    super(message);
  }

  /** An exception with a message for people and what led to it. */
  public IdxException(String message, Throwable cause) {
    super(message, cause);
  }
}
