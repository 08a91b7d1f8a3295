package io.lanewise.layers.weights;

import java.io.IOException;

/** A safetensors file that cannot be read; the message names the file, the place and the reason. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1;

  /** An exception with a message for people. */
  public SafetensorsException(String message) {
    super(message);
  }

  /** An exception with a message for people and what led to it. */
  public SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
