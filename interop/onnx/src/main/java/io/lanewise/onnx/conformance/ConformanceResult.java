package io.lanewise.onnx.conformance;

/**
 * What came of one case.
 *
 * @param name the case's folder, seen from where cases were looked for
 * @param outcome how it went
 * @param reason why it did not pass; empty if it did
 */
public record ConformanceResult(String name, Outcome outcome, String reason) {
  /** How a case can go. */
  public enum Outcome {
    /** All outputs are as expected. */
    PASSED,
    /** An output differs, or something broke. */
    FAILED,
    /** The model asks for what is not offered, which was said. */
    UNSUPPORTED
  }
}
