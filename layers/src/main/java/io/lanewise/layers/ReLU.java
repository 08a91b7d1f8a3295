package io.lanewise.layers;

import io.lanewise.kernels.activation.Activation;

/** {@code max(x, 0)}, element by element. */
public final class ReLU extends ActivationLayer {
  ReLU() {
    super(Activation.relu());
  }
}
