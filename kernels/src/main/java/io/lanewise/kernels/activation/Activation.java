package io.lanewise.kernels.activation;

/** Elementwise nonlinearities. */
public enum Activation {
  /** {@code max(x, 0)}; its slope at 0 is 0. */
  RELU,
  /** {@code tanh(x)}. */
  TANH
}
