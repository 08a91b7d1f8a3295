package io.lanewise.onnx.model;

/** A model that asks for what is not there; the message names everything that is missing. */
public final class OnnxUnsupportedException extends OnnxException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public OnnxUnsupportedException(String message) {
    super(message);
  }
}
