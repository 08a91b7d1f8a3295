package io.lanewise.benchmarks.contender;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
  /** Transposed convolution without bias, weights packed beforehand: returns y. */
  CONV_TRANSPOSED,
  /**
   * All convolutions of a list one after the other, each as often as a network has it, with weights
   * of its own, its input what the last one wrote, results clamped to [-1, 1]: returns what each of
   * them makes of its usual operands, unclamped.
   */
  CONV_SEQUENCE,
  /** Fully connected layer without bias, weights packed beforehand: returns y. */
  LINEAR,
  /** Fully connected layer's input gradient: returns dx. */
  LINEAR_BACKWARD_DATA,
  /** Fully connected layer's weight gradient, overwritten or added to zeros: returns dw. */
  LINEAR_BACKWARD_WEIGHTS,
  /** Max pooling: returns y. */
  MAX_POOL,
  /** Max pooling's input gradient; where the greatest were is found beforehand: returns dx. */
  MAX_POOL_BACKWARD,
  /** Average pooling, padding not counted: returns y. */
  AVG_POOL,
  /** Average pooling's input gradient: returns dx. */
  AVG_POOL_BACKWARD,
  /** Returns max(x, 0). */
  RELU,
  /** Returns dy where x is above 0, else 0; y is computed beforehand. */
  RELU_BACKWARD,
  /** Returns tanh(x). */
  TANH,
  /** Returns dy·(1 - y²), where y = tanh(x) is computed beforehand. */
  TANH_BACKWARD,
  /** Softmax over rows: returns y. */
  SOFTMAX,
  /** Softmax's input gradient; y is computed beforehand: returns dx. */
  SOFTMAX_BACKWARD,
  /**
   * Softmax, the mean of its cross-entropy with {@link Task#label class numbers}, and the gradient
   * of that mean, in one run: returns the gradient.
   */
  SOFTMAX_CROSS_ENTROPY;

  /** Its name on the command line, such as {@code conv-backward-data}. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The operation of that name. */
  public static Optional<Op> named(String option) {
    return Arrays.stream(values()).filter(op -> op.option().equals(option)).findFirst();
  }

  /** The operation whose shapes these are: the layer that a gradient belongs to, or itself. */
  public Op forward() {
    return switch (this) {
      case CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS -> CONV;
      case LINEAR_BACKWARD_DATA, LINEAR_BACKWARD_WEIGHTS -> LINEAR;
      case MAX_POOL_BACKWARD -> MAX_POOL;
      case AVG_POOL_BACKWARD -> AVG_POOL;
      case RELU_BACKWARD -> RELU;
      case TANH_BACKWARD -> TANH;
      case SOFTMAX_BACKWARD, SOFTMAX_CROSS_ENTROPY -> SOFTMAX;
      case GEMM,
          CONV,
          CONV_TRANSPOSED,
          CONV_SEQUENCE,
          LINEAR,
          MAX_POOL,
          AVG_POOL,
          RELU,
          TANH,
          SOFTMAX ->
          this;
    };
  }
}
