package io.lanewise.layers;

import io.lanewise.kernels.activation.Activation;

/** {@code tanh(x)}, element by element. */
public final class Tanh extends ActivationLayer {
  Tanh() {
    super(Activation.tanh());
  }
}
