package io.lanewise.onnx.model;

/** A model, or data for one, that is not what ONNX says; the message tells where. */
public class OnnxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public OnnxException(String message) {
    super(message);
  }

  /** With a message and its cause. */
  public OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
