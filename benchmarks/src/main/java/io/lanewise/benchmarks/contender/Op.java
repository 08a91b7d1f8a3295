package io.lanewise.benchmarks.contender;

import java.util.Locale;

/** The operations that can be measured, with the operands that a contender makes and returns. */
public enum Op {
  /** {@code C = A·B}: returns C. */
  GEMM,
  /** Convolution without bias, weights packed beforehand: returns y. */
  CONV,
  /** Convolution's input gradient, weights packed beforehand: returns dx. */
  CONV_BACKWARD_DATA,
  /** Convolution's weight gradient, overwritten or added to zeros: returns dw. */
  CONV_BACKWARD_WEIGHTS,
  /** Fully connected layer without bias, weights packed beforehand: returns y. */
  LINEAR,
  /** Max pooling: returns y. */
  MAX_POOL,
  /** Average pooling, padding not counted: returns y. */
  AVG_POOL,
  /** Returns max(x, 0). */
  RELU,
  /** Returns tanh(x). */
  TANH,
  /** Softmax over rows: returns y. */
  SOFTMAX;

  /** Its name on the command line, such as {@code conv-backward-data}. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
